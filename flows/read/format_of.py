"""The formats of files that are read."""

import codecs
import re
from pathlib import Path

PAGES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html"}
"""Formats of one document each, and their media types."""

ROWS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
XML = (".xml", ".rss", ".atom", ".rdf")
MAIL = (".eml", ".mbox", ".mht", ".mhtml")
FORMATS = (*PAGES, *ROWS, ".warc", *XML, *MAIL, ".zip")
COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst")

_SIGNS = {
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ\0": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"PK\x03\x04": ".zip",
}
_FIRST_BYTES = {b"PAR1": ".parquet", b"WARC/": ".warc", b"PK\x03\x04": ".zip"} | dict.fromkeys(
    (b"{", b"[{", b"[\n", b"[\r", b"[ "), ".json"
)
_XML_START = re.compile(
    rb"<\?xml|<(?:rss|feed|urlset|nitf|newsitem|doc)\b|<[\w:.-]+\s[^>]*\bxmlns\b", re.IGNORECASE
)
"""A file of XML says so, or names a vocabulary, or is of one that is read."""
_NOT_READ = {
    rb"%PDF-": "a PDF: give its text",
    rb"\{\\rtf|\xd0\xcf\x11\xe0|PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|docProps/|mimetypeapplication/)": (
        "a document, spreadsheet or book of an office program: save it as text, HTML or CSV"
    ),
    rb"SQLite format 3\0|.{8}DUCK": "a database: export the table as CSV or Parquet",
    rb"ARROW1|\x89HDF|\x80[\x02-\x05]": "a table of one program (Feather, HDF, pickle): write it as Parquet or CSV",
    rb"7z\xbc\xaf|Rar!\x1a|.{257}ustar": "an archive (7z, rar, tar): unpack it and give the folder, or pack it as .zip",
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}[AW]|ID3[\2-\4]|.{4}ftyp": "a picture, a sound or a film",
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?i:opml)\b": (
        "a list of feeds (OPML): `copydesk sources import` takes it"
    ),
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:TEI|teiCorpus)\b": (
        "a text with scholars' markup (TEI): write title, text and date of each article as rows of CSV or JSON"
    ),
    rb"\d+ of \d+ DOCUMENTS?\s|(?:_{20,}\s+)?Document \d+ of \d+\s"  # Nexis, ProQuest
    rb"|(?:(?:SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY) [^\n]*\n){4}": (  # Factiva
        "an export of a press archive, many articles in one text: write title, text and date of each as rows of CSV or"
        " JSON"
    ),
}
"""How what holds no article, or none that is read, begins; what it is, and what to do."""

_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAIL_FIELDS = re.compile(rb"(?im)^(?:from|to|subject|date|message-id|mime-version|received|return-path):")
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
    text = beginning(start)
    if form := next((form for sign, form in _FIRST_BYTES.items() if text.startswith(sign)), None):
        return form
    if text.startswith(b"From ") and b"\nSubject:" in text:
        return ".mbox"
    if (head := _MAIL_HEAD.match(text)) and len(_MAIL_FIELDS.findall(head[0])) > 1:
        return ".eml"
    if _PAGE.match(text):
        return ".html"
    return ".xml" if _XML_START.match(text) else ".txt"


def why_not_read(start: bytes) -> str | None:
    """Return what a file is that begins so, and what to do, where it is of a kind that is not read."""
    text = beginning(start)
    for sign, told in _NOT_READ.items():
        if re.match(sign, text, re.DOTALL):
            return told
    return None


def beginning(start: bytes) -> bytes:
    """Return how a file begins, in UTF-8 where it is in wide characters, without its mark and white space."""
    codec = wide_codec(start)
    return (start.decode(codec, "replace").encode() if codec else start).lstrip(b"\xef\xbb\xbf \t\r\n")


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16be"),
    (b"{\0\0\0", "utf-32-le", "utf-32le"),
    (b"\0\0\0{", "utf-32-be", "utf-32be"),
    (b"{\0", "utf-16-le", "utf-16le"),
    (b"\0{", "utf-16-be", "utf-16be"),
    (b"[\0", "utf-16-le", "utf-16le"),
    (b"\0[", "utf-16-be", "utf-16be"),
)
"""How a file of JSON begins in the encodings that RFC 8259 once allowed besides UTF-8; the codec, and the name."""


def wide_charset(start: bytes) -> str | None:
    """Return the wide encoding of a file that begins so; null where its lines are given as they stand."""
    return next((name for mark, _, name in _MARKS if start.startswith(mark)), None)


def wide_codec(start: bytes) -> str | None:
    """Return the codec of the wide encoding of a file that begins so."""
    return next((codec for mark, codec, _ in _MARKS if start.startswith(mark)), None)
