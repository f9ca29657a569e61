"""Enters: the bytes of an XML document. Leaves: the same without declarations of entities.

Entities are how a small file grows to gigabytes and how it reads other files; no feed needs them.
"""

import codecs
import re

from transforms.charsets.charset_of import charset_of
from transforms.charsets.decode import decode, is_plainly_utf8

_ENTITY = re.compile(rb"<!ENTITY\b[^>]*>", re.IGNORECASE)
_SUBSET = re.compile(rb"(<!DOCTYPE\b[^\[>]{0,2000})\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(rb"(<\?xml\b[^>]{0,200}?)\s+encoding\s*=\s*[\"']([^\"']{0,40})[\"']", re.IGNORECASE)
_NOT_UTF_8 = re.compile(rb"[\x80-\xff]|\x1b\$")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def disarm_xml(payload: bytes, *, charset: str | None = None) -> bytes:
    """Take out what a DOCTYPE declares and give UTF-8. References to what it declared stay as they are written.

    `charset` is the carrier's word; it goes before the document's own, as in RFC 7303.
    """
    raw = _as_utf8(payload, charset)
    if b"<!" not in raw:
        return raw
    return (
        _ENTITY.sub(b"", _SUBSET.sub(rb"\1>", raw, count=1)) if b"<!DOCTYPE" in raw[:100_000].upper() else raw
    )


def _as_utf8(payload: bytes, charset: str | None) -> bytes:
    """Rewrite wide encodings, in which the patterns above would see nothing, and those that browsers read otherwise.

    libxml2 and Python know no vendors' signs under the labels of the web (shift_jis is cp932 there).
    """
    encoding = next((name for mark, name in _MARKS if payload.startswith(mark)), None)
    if encoding is None and payload[:4] in {b"<\0?\0", b"\0<\0?", b"<\0r\0", b"\0<\0r"}:
        encoding = "utf-16-le" if payload[:1] == b"<" else "utf-16-be"
    if encoding is None:
        return _from_declared(payload, charset)
    return _DECLARED.sub(rb"\1", payload.decode(encoding, "replace").encode("utf-8", "replace"), count=1)


def _from_declared(payload: bytes, charset: str | None) -> bytes:
    """Rewrite what is no UTF-8 from the encoding that its carrier or its declaration names."""
    declared = _DECLARED.search(payload[:1_000])
    name = charset_of(charset) or (charset_of(declared[2].decode("ascii", "replace")) if declared else None)
    is_other = name not in {None, "utf-8", "replacement", "utf-16le", "utf-16be"}
    if not is_other or name is None or not _NOT_UTF_8.search(payload) or is_plainly_utf8(payload):
        return payload
    return _DECLARED.sub(rb"\1", decode(payload, name, "replace").encode("utf-8", "replace"), count=1)
