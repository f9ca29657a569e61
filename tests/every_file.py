"""Finds words in every file below a folder, also where pages are compressed and where a database has let go of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq


def files_with(folder: Path, *words: str) -> list[str]:
    """Return the files that hold one of the words: as bytes, in hex, in a Parquet column, in a table of SQLite."""
    return [
        str(file.relative_to(folder))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(_holds(text, words) for text in _texts(file))
    ]


def _holds(text: bytes, words: tuple[str, ...]) -> bool:
    return any(
        form in text
        for word in words
        for form in (word.encode(), word.encode().hex().encode(), word.encode().hex().upper().encode())
    )


def _texts(file: Path) -> Iterator[bytes]:
    raw = file.read_bytes()
    yield raw
    if file.suffix == ".parquet":
        yield str(pq.ParquetFile(file).read().to_pylist()).encode()
    elif raw.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(file)) as db:
            for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
                yield str(db.execute(f'select * from "{table}"').fetchall()).encode()
