"""Tells from an error of DuckDB's that a part of the warehouse is damaged or gone: no other run would mend it."""

import re

import duckdb

CATALOG_DAMAGED = ("file is not a database", "database disk image is malformed")
"""How SQLite says that a file is no sound database (sqlite3ErrStr)."""

_FILE = r"(?P<file>[^\"'\n]+\.parquet)[\"']?"
_THRIFT = (
    r"TProtocolException|thrift|invalid TType|don't know what type|^Invalid data$|decompression failure"
    r"|Corrupt \w+ compressed data|Variable-length int over|MaxMessageSize reached|No more data to read"
)
_FILES = (
    (re.compile(rf"Cannot open file [\"']{_FILE}: No such file"), "is missing"),
    (
        re.compile(rf"(?:No magic bytes found at end of file|File|footer.{{0,40}}file) [\"']{_FILE}"),
        "is damaged",
    ),
    (re.compile(_THRIFT, re.IGNORECASE), "is damaged"),
)
"""What DuckDB says of a Parquet file that it cannot read."""


def damage_of(error: BaseException) -> str | None:
    """Return what is damaged or gone and how to restore it, in a sentence; null where the error says nothing of it."""
    if not isinstance(error, duckdb.Error):
        return None
    said = str(error)
    for words in CATALOG_DAMAGED:
        if words in said:
            return (
                f"the warehouse's catalog is damaged ({words}). Nothing half done was kept. Restore it from a backup"
                " that is as old as the data files; to begin anew, move the warehouse's folder away"
            )
    for pattern, fault in _FILES:
        if found := pattern.search(said):
            file = found.groupdict().get("file") or f"of the warehouse ({found[0]})"
            return (
                f"the data file {file} {fault}. Nothing half done was kept. Restore it from a backup; `copydesk check`"
                " names all that are missing or damaged"
            )
    return None
