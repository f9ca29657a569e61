"""Enters: the bytes of an XML document. Leaves: the same without declarations of entities.

Entities are how a small file grows to gigabytes and how it reads other files; no feed needs them.
"""

import codecs
import re

_ENTITY = re.compile(rb"<!ENTITY\b[^>]*>", re.IGNORECASE)
_SUBSET = re.compile(rb"(<!DOCTYPE\b[^\[>]{0,2000})\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(rb"(<\?xml\b[^>]{0,200}?)\s+encoding\s*=\s*[\"'][^\"']{0,40}[\"']", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def disarm_xml(payload: bytes) -> bytes:
    """Take out what a DOCTYPE declares. References to what it declared stay as they are written."""
    raw = _as_utf8(payload)
    if b"<!" not in raw:
        return raw
    return (
        _ENTITY.sub(b"", _SUBSET.sub(rb"\1>", raw, count=1)) if b"<!DOCTYPE" in raw[:100_000].upper() else raw
    )


def _as_utf8(payload: bytes) -> bytes:
    """Rewrite wide encodings, in which the patterns above would see nothing."""
    encoding = next((name for mark, name in _MARKS if payload.startswith(mark)), None)
    if encoding is None and payload[:4] in {b"<\0?\0", b"\0<\0?", b"<\0r\0", b"\0<\0r"}:
        encoding = "utf-16-le" if payload[:1] == b"<" else "utf-16-be"
    if encoding is None:
        return payload
    return _DECLARED.sub(rb"\1", payload.decode(encoding, "replace").encode("utf-8", "replace"), count=1)
