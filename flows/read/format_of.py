"""The formats of files that are read."""

import re
from pathlib import Path

PAGES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html"}
"""Formats of one document each, and their media types."""

FORMATS = (
    *(".txt", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"),
    *(".warc", ".xml", ".rss", ".atom", ".eml", ".mbox", ".zip"),
)
COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst")

_SIGNS = {
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ\0": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"PK\x03\x04": ".zip",
}
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)


def format_of(path: Path) -> str | None:
    """Return the format of a file by its name, without compression, or None where it is not read."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in FORMATS else None


def ending_of(name: str) -> str:
    """Return what a file of no format of ours ends with, as a person would say it."""
    return Path(name).suffix.lower() or "without ending"


def packing_of(start: bytes) -> str:
    """Return the compression that a file's first bytes tell of; empty where they tell of none."""
    return next((suffix for sign, suffix in _SIGNS.items() if start.startswith(sign)), "")


def guess_format(start: bytes) -> str:
    """Return the format that a file's first unpacked bytes look like; plain text where they look like nothing else."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PAR1"):
        return ".parquet"
    if start.startswith(b"WARC/"):
        return ".warc"
    if text.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")):
        return ".json"
    if start.startswith(b"From ") and b"\nSubject:" in start:
        return ".mbox"
    if _PAGE.match(text):
        return ".html"
    return ".xml" if text.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset")) else ".txt"
