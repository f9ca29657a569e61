"""Enters: an XML document in the encoding that it declares. Leaves: UTF-8, with references to characters alone.

libxml2 knows fewer labels than the web, and no vendors' signs under those that it knows (shift_jis is cp932 there).
"""

import codecs
import re
from collections.abc import Callable, Iterator

from copydesk.transforms.charsets.decode import CODECS, charset_of, decode

DECLARED = re.compile(rb"(<\?xml\b[^>]{0,200}?)\s+encoding\s*=\s*[\"']([^\"']{0,40})[\"']", re.IGNORECASE)
_LEFT_TO_XML = frozenset(
    {None, "utf-8", "utf-16le", "utf-16be", "replacement", "iso-2022-jp", "x-user-defined"}
)
"""What libxml2 reads as browsers do, and what is refused or so rare that it may stay as it is."""
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?")
_MAX_DIGITS = 12
_NO_CHARACTER = b"&#xFFFD;"


def as_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces in UTF-8, without the declaration of another encoding; what is UTF-8 is believed to be."""
    first = next(pieces, b"")
    charset = declared_charset(first)
    if charset is None or charset in _LEFT_TO_XML:
        yield first
        yield from pieces
        return
    first = DECLARED.sub(rb"\1", first, count=1)
    decoded = _same if _is_utf8(first) else _decoder(charset)
    yield decoded(first)
    for piece in pieces:
        yield decoded(piece)
    yield decoded(None)


def declared_charset(start: bytes) -> str | None:
    """Return the encoding that the beginning of an XML document declares, as the WHATWG standard names it."""
    declared = DECLARED.search(start[:1_000])
    return charset_of(declared[2].decode("ascii", "replace")) if declared else None


def _same(piece: bytes | None) -> bytes:
    return piece or b""


def _is_utf8(piece: bytes) -> bool:
    """Return whether more than ASCII stands in a piece, and all of it in whole sequences but for the cut end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(piece)
    except UnicodeDecodeError:
        return False
    return not piece.isascii()


def _decoder(charset: str) -> Callable[[bytes | None], bytes]:
    """Return what gives each piece in UTF-8, and for null, at the end, what is left."""
    if charset == "euc-jp":
        return _between_elements(charset)
    decoder = codecs.getincrementaldecoder(CODECS.get(charset, charset))("replace")
    return lambda piece: decoder.decode(piece or b"", final=piece is None).encode()


def _between_elements(charset: str) -> Callable[[bytes | None], bytes]:
    """Decode up to the last sign of an element's end, which no character of such an encoding holds."""
    rest = b""

    def decoded(piece: bytes | None) -> bytes:
        nonlocal rest
        whole = rest + (piece or b"")
        end = len(whole) if piece is None else whole.rfind(b">") + 1
        rest = whole[end:]
        return decode(whole[:end], charset, "replace").encode()

    return decoded


def mend_references(raw: bytes) -> bytes:
    """Put U+FFFD for references to half a character, to NUL and beyond Unicode, as HTML (13.2.5.80) asks.

    feedparser and lxml fail on them as a whole: one such in a title would cost the feed.
    """
    return _REFERENCE.sub(_character, raw) if b"&#" in raw else raw


def _character(match: re.Match[bytes]) -> bytes:
    digits = (match[1] or match[2]).lstrip(b"0")
    if len(digits) > _MAX_DIGITS:
        return _NO_CHARACTER
    number = int(digits or b"0", 16 if match[1] else 10)
    is_character = 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF
    return match[0] if is_character else _NO_CHARACTER
