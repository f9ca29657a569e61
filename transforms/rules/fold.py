"""Fold text for matching, character by character, so that offsets in it are offsets in the text; and its words."""

import re
import unicodedata

_SIGNS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"),
    **dict.fromkeys("\u2022\u00b7\u2502\uff5c", "|"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\t\r\n", " "),
    "\u2039": "<",
    "\u203a": ">",
}

_TOKEN = re.compile(r"\w+")
_GAPS = bytes(code if code < 128 and _TOKEN.match(chr(code)) else ord(" ") for code in range(256))

_QUOTED = re.compile(
    r"[\"'](?:(?<=\")[^\"]*(?:\"|\Z)"
    r"|(?<![\w\"']')(?<=')(?=\w)(?:[^'\"]|'(?=\w))*(?:'(?!\w)|\Z))"
)
"""The mark comes first: the search runs over all other characters in C."""

_CUE_WORD = re.compile(r"(?:\w\.){2,}\w?|\w+(?:'(?:t|re|ve|ll|d|m)\b)?")
"""Initials with their stops, or a word with what English ties to it. An elision ("l'info") is a word of its own."""


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


def find_tokens(folded: str) -> tuple[str, ...]:
    """Return the words of a folded text, in order."""
    if folded.isascii():  # as bytes: a tenth of what translating letters takes
        return tuple(folded.encode().translate(_GAPS).decode().split())
    return tuple(_TOKEN.findall(folded))


def blank_quotations(folded: str) -> str:
    """Return a folded line of the same length with its quotations as spaces; an open one runs to the end.

    What others say is never the outlet's own appeal.
    """
    if '"' not in folded and "'" not in folded:
        return folded
    return _QUOTED.sub(lambda found: " " * len(found[0]), folded)


def find_cue_words(folded: str, text: str | None = None) -> tuple[str, ...]:
    """Return the words of a folded text for weighing, in order: "don't" is not "don", "U.S." not "u", "US" not "us".

    `text` is what was folded, of the same length: a word in capitals among others keeps them, without it none does.
    """
    if text is None or text.isupper():
        return tuple(_CUE_WORD.findall(folded))
    return tuple(_written(found, text) for found in _CUE_WORD.finditer(folded))


def _written(found: re.Match[str], text: str) -> str:
    written = text[found.start() : found.end()]
    return written if len(written) > 1 and written.isupper() else found[0]
