"""Fold text for matching, character by character, so that offsets in the folded text are offsets in the text."""

import re
import unicodedata

_SIGNS = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u2032": "'",
    "\u00b4": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u201f": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2039": "<",
    "\u203a": ">",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2022": "|",
    "\u00b7": "|",
    "\u2502": "|",
    "\uff5c": "|",
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\t": " ",
    "\r": " ",
    "\n": " ",
}


def _bare(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[0]
    return base.lower() if base.isascii() and base.isalpha() else sign


_TABLE = {
    **{chr(code): _bare(chr(code)) for code in (*range(0xC0, 0x180), *range(0x218, 0x21C), 0x212B)},
    **_SIGNS,
}
_TABLE = {sign: plain for sign, plain in _TABLE.items() if sign != plain}
_FOREIGN = re.compile("[" + "".join(re.escape(sign) for sign in _TABLE) + "]")


def fold(text: str) -> str:
    """Return `text` in lower case, with plain letters, quotes, dashes and spaces; its length is unchanged."""
    if text.isascii():
        return text.lower().replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return _FOREIGN.sub(lambda found: _TABLE[found[0]], text).lower()
