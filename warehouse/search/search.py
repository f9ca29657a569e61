"""Looks words up in the index, a file of SQLite."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.place import Place

TOKEN = re.compile(r'(-?)"([^"]*)"?|(\S+)')


def read_words(words: str) -> str:
    """Return the FTS5 query: all words must be there; "a phrase", -without, either OR other, begin*.

    Raises UserError where no word is left to look for.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    joins = False
    for minus, phrase, word in TOKEN.findall(words):
        if word == "OR" and wanted:
            joins = True
            continue
        is_unwanted = bool(minus) or (word.startswith("-") and len(word) > 1)
        term = _term(phrase or word.lstrip("-"))
        if term is None:
            continue
        if is_unwanted:
            unwanted.append(term)
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins = False
    if not wanted:
        raise UserError(f'nothing to look for in {words!r}; give a word or a "phrase"')
    query = " AND ".join(f"({' OR '.join(terms)})" for terms in wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _term(text: str) -> str | None:
    """Return a quoted FTS5 string; a star after it asks for what begins so."""
    bare = text.rstrip("*").replace('"', "").replace("\0", "")
    if not any(character.isalnum() for character in bare):
        return None
    return f'"{bare}"*' if text.endswith("*") else f'"{bare}"'


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

TITLE_WEIGHT = 4.0
"""A word in the title tells more of an article than one in its body."""

SNIPPET_WORDS = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. `rank_score` is higher for the better; `snippet` marks words as [word]."""

    article_id: str
    source_id: str
    site: str
    published_on: str | None
    title: str
    snippet: str
    rank_score: float


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a hit must also be: of a source or site, published from a day on and before another."""

    source: str | None = None
    since: date | None = None
    until: date | None = None
    language: str | None = None


ANYWHERE = Narrowing()


@contextmanager
def open_index(place: Place) -> Iterator[sqlite3.Connection]:
    """Open the index, creating an empty one where there is none; what was written is committed at the end."""
    with closing(sqlite3.connect(place.search_index, timeout=60, isolation_level=None)) as db:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(DEFINITIONS)
        yield db


def search(place: Place, words: str, *, narrowing: Narrowing = ANYWHERE, limit: int = 10) -> list[Hit]:
    """Return the best hits first, equal ones by article_id. Call `update_index` before to be current.

    Raises UserError where there is nothing to look for.
    """
    with open_index(place) as db:
        return search_in(db, words, narrowing=narrowing, limit=limit)


def search_in(db: sqlite3.Connection, words: str, *, narrowing: Narrowing, limit: int) -> list[Hit]:
    """Return what `search` returns, from an open index."""
    where, bound = _conditions(narrowing)
    query = f"""
        select article_id, source_id, site, published_on, title,
            snippet(texts, 1, '[', ']', ' … ', {SNIPPET_WORDS}) as snippet,
            -bm25(texts, {TITLE_WEIGHT}, 1.0) as rank_score
        from texts
        join entries on entries.entry_id = texts.rowid
        where texts match :words {where}
        order by rank_score desc, article_id
        limit :limit
    """
    rows = db.execute(query, {"words": read_words(words), "limit": limit, **bound}).fetchall()
    return [Hit(*row) for row in rows]


def _conditions(narrowing: Narrowing) -> tuple[str, dict[str, Any]]:
    conditions = {
        "source": ("and (source_id = :source or site = :source)", narrowing.source),
        "language": ("and language = :language", narrowing.language),
        "since": ("and published_on >= :since", narrowing.since and narrowing.since.isoformat()),
        "until": ("and published_on < :until", narrowing.until and narrowing.until.isoformat()),
    }
    given = {name: (sql, value) for name, (sql, value) in conditions.items() if value}
    return " ".join(sql for sql, _ in given.values()), {name: value for name, (_, value) in given.items()}
