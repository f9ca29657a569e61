"""Answers a search whoever asks: the index is brought up to the tables, or made anew, or read as it stands."""

import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from copydesk.warehouse.damage import DamagedWarehouseError
from copydesk.warehouse.open_to_read import may_write, open_to_read
from copydesk.warehouse.place import Place
from copydesk.warehouse.repair_side_files import is_damage, set_aside
from copydesk.warehouse.search.search import Hit, Narrowing, search, search_in
from copydesk.warehouse.search.update_index import count_behind, update_index


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first, and what the reader should know of the index that was asked."""

    hits: list[Hit]
    notes: tuple[str, ...] = ()


def find_articles(
    con: duckdb.DuckDBPyConnection, place: Place, words: str, *, narrowing: Narrowing, limit: int
) -> Found:
    """Look words up. A damaged index is set aside and made anew; one that may not be written is read as it is.

    Raises UserError where there is nothing to look for, and DamagedWarehouseError where the index is no file.
    """
    if place.search_index.exists() and not place.search_index.is_file():
        raise DamagedWarehouseError(f"{place.search_index} is no file: move it away, and search again")

    def current(asked: Place, *notes: str) -> Found:
        update_index(con, asked)
        return Found(search(asked, words, narrowing=narrowing, limit=limit), notes)

    def stored() -> Found:
        with open_to_read(place.search_index) as db:
            return Found(search_in(db, words, narrowing=narrowing, limit=limit), _state(con, db))

    def anew() -> Found:
        aside = set_aside(place.search_index).name
        return current(place, f"the search index was damaged and is now {aside}: it was made anew")

    if may_write(place.search_index):
        return _or_anew(lambda: current(place), anew)
    if not place.search_index.is_file():
        return _in_private(current, "there is no search index yet")
    return _or_anew(stored, lambda: _in_private(current, "the search index is damaged"))


def _or_anew(ask: Callable[[], Found], ask_anew: Callable[[], Found]) -> Found:
    try:
        return ask()
    except sqlite3.DatabaseError as error:
        # An index whose file is sound and whose tables are not ours says "no such table".
        if not (is_damage(error) or "no such" in str(error)):
            raise
    return ask_anew()


def _in_private(current: Callable[..., Found], reason: str) -> Found:
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        note = f"{reason}, and none can be written in the warehouse: one was made for this search"
        return current(Place(Path(folder)), note)


def _state(con: duckdb.DuckDBPyConnection, db: sqlite3.Connection) -> tuple[str, ...]:
    behind = count_behind(con, db)
    if not behind:
        return ()
    return (
        f"the search index cannot be written here and is behind: {behind} articles are new, reworded or gone since",
    )
