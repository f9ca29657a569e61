"""The formats of files that are read."""

from pathlib import Path

FORMATS = (".txt", ".html", ".htm", ".jsonl", ".parquet")
ROW_FORMATS = frozenset({".jsonl", ".parquet"})
"""Those that hold a document a row."""

COMPRESSIONS = (".gz", ".zst")


def format_of(path: Path) -> str | None:
    """Return the format of a file by its name, without compression, or None where it is not read."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in FORMATS else None
