"""Lets another thread break off the query that a connection is answering: DuckDB hears no signal meanwhile.

Loads nothing, so that it is there before DuckDB is.
"""

import weakref
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_open: list["weakref.ref[duckdb.DuckDBPyConnection]"] = []


def let_interrupt(con: "duckdb.DuckDBPyConnection") -> None:
    """Have `interrupt_all` reach a connection for as long as it lives."""
    _open[:] = [each for each in _open if each() is not None]
    _open.append(weakref.ref(con))


def interrupt_all() -> None:
    """Break off every query; to be called in any thread, and again while one goes on."""
    for each in _open:
        con = each()
        if con is not None:
            with suppress(Exception):  # it was closed meanwhile
                con.interrupt()
