"""Opens the tables that stand beside the lake: the ledger and the seals.

Beside an SQLite catalog each stands in a file of its own; with a catalog on a server both stand in its database, so
that every machine reads and writes the same. Statements are what SQLite and DuckDB both understand.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from copydesk.warehouse.load_extension import is_packaged, load_extension
from copydesk.warehouse.open_to_read import open_to_read
from copydesk.warehouse.place import Place
from copydesk.warehouse.quoted import quoted

DATABASE = "beside"
"""Under which DuckDB knows the database of a catalog on a server."""

SCHEMA = "copydesk"
"""Where the tables stand in that database; DuckLake's own are in its `public`."""

CREATING = 20_261_128
"""Advisory lock of those who write: `create table if not exists` fails where two do it at once."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SideDatabase:
    """Open tables of either kind, in one transaction."""

    con: sqlite3.Connection | duckdb.DuckDBPyConnection

    def ask(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        return self.con.execute(query, list(values)).fetchall()

    def tell(self, statement: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        """Run a statement once a row of values."""
        for row in rows:
            self.con.execute(statement, list(row))


@contextmanager
def open_beside(place: Place, file: Path, definitions: Sequence[str]) -> Iterator[SideDatabase]:
    """Open tables to write, making those that are missing; what was done inside is committed at its end."""
    if not place.catalog:
        with closing(sqlite3.connect(file, timeout=30)) as db:
            db.execute("pragma journal_mode = wal")
            with db:
                yield _defined(SideDatabase(db), definitions)
        return
    with open_database(place.catalog) as con:
        ask_server(con, f"select pg_advisory_xact_lock({CREATING})")
        con.execute(f"create schema if not exists {DATABASE}.{SCHEMA}")
        con.execute(f"use {DATABASE}.{SCHEMA}")
        yield _defined(SideDatabase(con), definitions)
        con.execute("commit")


@contextmanager
def open_beside_to_read(place: Place, file: Path, table: str) -> Iterator[SideDatabase | None]:
    """Open a table to read; null where it has never been made."""
    if place.catalog:
        with open_database(place.catalog) as con:
            found = con.execute(
                "select 1 from duckdb_tables() where (database_name, schema_name, table_name) = (?, ?, ?)",
                [DATABASE, SCHEMA, table],
            ).fetchall()
            if found:
                con.execute(f"use {DATABASE}.{SCHEMA}")
            yield SideDatabase(con) if found else None
    elif not file.exists() or (file.is_file() and not file.stat().st_size):
        yield None
    else:
        with open_to_read(file) as db:
            yield SideDatabase(db)


@contextmanager
def open_database(catalog: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database of a catalog on a server, on a connection of its own, in a transaction to its end.

    Within one DuckDB keeps to one connection of PostgreSQL, and to what its session holds; between two it lets all go.
    """
    config: dict[str, Any] = {"threads": 1, "allow_unsigned_extensions": is_packaged("postgres_scanner")}
    with closing(duckdb.connect(config=config)) as con:
        load_extension(con, "postgres_scanner")
        try:
            con.execute(
                f"attach {quoted(catalog)} as {DATABASE} (type postgres, isolation_level 'READ COMMITTED')"
            )
            con.execute("begin")
            ask_server(con, "select 1")
        except duckdb.Error as error:  # it names the server with its login
            raise type(error)(str(error).replace(catalog, "...")) from None
        try:
            yield con
        finally:
            with suppress(
                duckdb.Error
            ):  # to close it in a transaction of a server that is gone ends the process
                con.execute("rollback")


def ask_server(con: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """Return the rows of a query of PostgreSQL's own."""
    return con.execute(f"select * from postgres_query('{DATABASE}', {quoted(query)})").fetchall()


def _defined(beside: SideDatabase, definitions: Sequence[str]) -> SideDatabase:
    for definition in definitions:
        beside.tell(f"create table if not exists {definition}")
    return beside
