"""Turn the bytes of a payload into text, or say why they are none."""

import codecs
import re
from dataclasses import dataclass

from copydesk.schemas.reasons import Reason
from copydesk.transforms.charsets.decode import charset_of, decode
from copydesk.transforms.charsets.detect_charset import detect_charset
from copydesk.transforms.refuse import Unextractable

MAGIC_NUMBERS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "gzip data",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xd0\xcf\x11\xe0": "an old office document",
}

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
PASSES_FOR_UTF_8 = frozenset({"utf-16le", "utf-16be", "iso-2022-jp"})
IN_META = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}
"""What a <meta> cannot mean, since it could be read; the standard reads these instead."""
UNSURE = "its encoding is not sure: name it with --encoding"

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
META_WINDOW_BYTES = 4_096

# One bad byte in a page of a thousand is a slip of its author; one in fifty is the wrong encoding.
BROKEN_RATIO = 0.02
# Letters of another encoding are broken UTF-8 nearly always; a slip or a cut in UTF-8 is one of many.
NEARLY_RATIO = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a payload, and the encoding that they were read in, as the WHATWG standard names it."""

    text: str
    charset: str


def decode_plain_text(content: bytes | str, charset: str | None = None) -> Decoded:
    """Give the characters of a text file, unchanged: offsets into it count these.

    Order: byte order mark (a signature, no character), UTF-8 that decodes, the carrier's or user's `charset`,
    detection. No byte is replaced. Raises `Unextractable` for binaries and where nobody can be sure.
    """
    if isinstance(content, str):
        return Decoded(_encodable(_sane(content.removeprefix("\ufeff"))), "utf-8")
    _refuse_binary(content)
    if marked := _marked(content):
        return Decoded(_sane(_strict(content[len(marked[0]) :], marked[1])), marked[1])
    found = _hidden(content, charset)
    if found is None and (text := _utf8(content)) is not None:
        return Decoded(_sane(text), "utf-8")
    found = found or charset_of(charset)
    if found is None and not _is_nearly_utf8(content):
        found = detect_charset(content)
    if found is None:
        return Decoded(_sane(_strict(content, "utf-8", UNSURE)), "utf-8")
    return Decoded(_sane(_strict(content, found)), found)


def decode_html(content: bytes | str, charset: str | None = None) -> Decoded:
    """Give the characters of a page, as a browser would read it, with valid UTF-8 believed before any label.

    Order: byte order mark, UTF-8 that decodes, the carrier's or user's `charset`, the page's own <meta>,
    detection. A few broken bytes become U+FFFD; more than one in fifty is refused.
    """
    if isinstance(content, str):
        return Decoded(_encodable(_sane(content.removeprefix("\ufeff"))), "utf-8")
    _refuse_binary(content)
    if marked := _marked(content):
        return Decoded(_sane(decode(content[len(marked[0]) :], marked[1], "replace")), marked[1])
    text = _utf8(content)
    if text is not None and not _may_hide(content):
        return Decoded(_inked(text), "utf-8")
    labels = [charset_of(charset), charset_of(_meta_charset(content))]
    if hidden := _hidden(content, *labels):
        return Decoded(_sane(decode(content, hidden)), hidden)
    if text is not None:
        return Decoded(_sane(text), "utf-8")
    labels[1] = IN_META.get(labels[1] or "", labels[1])
    if _is_nearly_utf8(content):
        labels.append("utf-8")
    return _best_effort(content, [label for label in labels if label])


def _marked(content: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), None)


def _utf8(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _hidden(content: bytes, *labels: str | None) -> str | None:
    """Return the wide or escaping encoding of bytes that pass for UTF-8, which would take it for controls."""
    if not _may_hide(content):
        return None
    return next((label for label in (*labels, detect_charset(content)) if label in PASSES_FOR_UTF_8), None)


def _may_hide(content: bytes) -> bool:
    return b"\0" in content or (b"\x1b" in content and b"\x1b$" in content)


def _is_nearly_utf8(content: bytes) -> bool:
    """Return whether bytes are UTF-8 but for slips: what is no ASCII stands mostly in whole sequences."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken < NEARLY_RATIO * sum(char > "\x7f" for char in text)


def _best_effort(content: bytes, charsets: list[str]) -> Decoded:
    tried: list[str] = []
    for charset in dict.fromkeys(charsets):
        tried.append(charset)
        if charset == "replacement":
            continue
        text = decode(content, charset, "replace")
        if text.count("\ufffd") <= BROKEN_RATIO * len(text):
            return Decoded(_sane(text), charset)
    if detected := detect_charset(content):
        return Decoded(_sane(decode(content, detected)), detected)
    said = f"tried {', '.join(tried)}; " if tried else "not UTF-8; "
    raise Unextractable(Reason.INVALID_ENCODING, said + UNSURE)


def _strict(content: bytes, charset: str, hint: str = "") -> str:
    try:
        return decode(content, charset)
    except UnicodeDecodeError as error:
        detail = f"not {charset}: {error.reason} at byte {error.start}"
        raise Unextractable(Reason.INVALID_ENCODING, f"{detail}; {hint}" if hint else detail) from error
    except LookupError as error:
        raise Unextractable(Reason.INVALID_ENCODING, f"{charset}: {error}") from error


def _refuse_binary(content: bytes) -> None:
    if not content or content.isspace():
        raise Unextractable(Reason.EMPTY, f"{len(content)} bytes, all white space")
    for magic, name in MAGIC_NUMBERS.items():
        if content.startswith(magic):
            raise Unextractable(Reason.NOT_TEXT, f"the bytes are {name}")


def _sane(text: str) -> str:
    nulls = _inked(text).count("\x00")
    if nulls > len(text) // 1_000:
        raise Unextractable(Reason.NOT_TEXT, f"{nulls} NUL characters in {len(text)}")
    return text


def _inked(text: str) -> str:
    if not text or text.isspace():
        raise Unextractable(Reason.EMPTY, f"{len(text)} characters, all white space")
    return text


def _encodable(text: str) -> str:
    """Refuse a text with half a character, which none has that was decoded here."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        detail = f"lone surrogate at character {error.start}"
        raise Unextractable(Reason.INVALID_ENCODING, detail) from error
    return text


def _meta_charset(content: bytes) -> str | None:
    match = META_CHARSET.search(content[:META_WINDOW_BYTES])
    return match[1].decode("ascii") if match else None
