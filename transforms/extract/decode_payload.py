"""Turn the bytes of a payload into text, or say why they are none."""

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from transforms.extract.unextractable import Unextractable, UnextractableReason

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
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
META_WINDOW_BYTES = 4_096

# One bad byte in a page of a thousand is a slip of its author; one in fifty is the wrong encoding.
BROKEN_RATIO = 0.02


def decode_plain_text(content: bytes | str, charset: str | None = None) -> str:
    """Give the characters of a text file, unchanged: offsets into it count these.

    A byte order mark is a signature, not a character, and is left off. Without one and without a `charset`
    the bytes are strict UTF-8. Raises `Unextractable` for binaries and for bytes of no known meaning.
    """
    if isinstance(content, str):
        return _sane(content.removeprefix("\ufeff"))
    _refuse_binary(content)
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _sane(_strict(content[len(mark) :], encoding))
    return _sane(_strict(content, _known(charset) or "utf-8"))


def decode_html(content: bytes | str, charset: str | None = None) -> str:
    """Give the characters of a page, as a browser would read it, with valid UTF-8 believed before any label.

    Order: byte order mark, UTF-8 that decodes, the carrier's `charset`, the page's own <meta>, detection.
    A few broken bytes become U+FFFD; more than one in fifty is refused.
    """
    if isinstance(content, str):
        return _sane(content.removeprefix("\ufeff"))
    _refuse_binary(content)
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _sane(content[len(mark) :].decode(encoding, "replace"))
    labels = (_known(charset), _known(_meta_charset(content)))
    if "iso-2022-jp" not in labels:
        try:
            return _sane(content.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    return _sane(_best_effort(content, (*labels, _known(detect_encoding(content)), "windows-1252")))


def _best_effort(content: bytes, encodings: tuple[str | None, ...]) -> str:
    tried: list[str] = []
    for encoding in encodings:
        if encoding is None or encoding in tried:
            continue
        tried.append(encoding)
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") <= BROKEN_RATIO * len(text):
            return text
    raise Unextractable(UnextractableReason.INVALID_ENCODING, f"tried {', '.join(tried)}")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        detail = f"not {encoding}: {error.reason} at byte {error.start}"
        raise Unextractable(UnextractableReason.INVALID_ENCODING, detail) from error


def _refuse_binary(content: bytes) -> None:
    if not content.strip():
        raise Unextractable(UnextractableReason.EMPTY, f"{len(content)} bytes, all white space")
    for magic, name in MAGIC_NUMBERS.items():
        if content.startswith(magic):
            raise Unextractable(UnextractableReason.NOT_TEXT, f"the bytes are {name}")


def _sane(text: str) -> str:
    if not text.strip():
        raise Unextractable(UnextractableReason.EMPTY, f"{len(text)} characters, all white space")
    nulls = text.count("\x00")
    if nulls > len(text) // 1_000:
        raise Unextractable(UnextractableReason.NOT_TEXT, f"{nulls} NUL characters in {len(text)}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        detail = f"lone surrogate at character {error.start}"
        raise Unextractable(UnextractableReason.INVALID_ENCODING, detail) from error
    return text


def _meta_charset(content: bytes) -> str | None:
    match = META_CHARSET.search(content[:META_WINDOW_BYTES])
    return match[1].decode("ascii") if match else None


def _known(label: str | None) -> str | None:
    """Translate a label as the WHATWG Encoding Standard does (latin-1 means windows-1252), or give None."""
    if not label:
        return None
    encoding = map_encoding_to_html5(label, False)
    try:
        return codecs.lookup(encoding).name if encoding else None
    except LookupError:
        return None
