"""The file of the index: what it holds, and how it is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warehouse.place import Place

DEFINITIONS = """
    create table if not exists entries (
        entry_id integer primary key,
        article_id text not null unique,
        version text not null,
        source_id text not null,
        site text not null,
        language text,
        published_on text
    );
    create virtual table if not exists texts
        using fts5 (title, body, tokenize = "unicode61 remove_diacritics 2");
    create table if not exists state (snapshot_id integer not null);
"""


def index_file(place: Place) -> Path:
    """Return where the index lies."""
    return place.search_index


@contextmanager
def open_index(place: Place) -> Iterator[sqlite3.Connection]:
    """Open the index, creating an empty one where there is none; what was written is committed at the end."""
    with closing(sqlite3.connect(index_file(place), timeout=60, isolation_level=None)) as db:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(DEFINITIONS)
        yield db
