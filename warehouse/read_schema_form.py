"""Tells which form a warehouse has, and reads the numbered migrations that take one of an earlier form to the next.

The form's number stands in the catalog, so that no file has to be read for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.read_sql import read_sql

MIGRATIONS = Path(__file__).parent / "migrations"

FIRST_FORM = 1
"""The form of release 0.1.0, whose warehouses bear no number."""


@dataclass(frozen=True, slots=True)
class Migration:
    """The step to the form `number`: its name, its first comment, and its statements."""

    number: int
    name: str
    comment: str
    sql: str


@dataclass(frozen=True, slots=True)
class SchemaForm:
    """A form's number, 0 where nothing is defined yet, and the hash of the definitions that were applied last."""

    number: int
    fingerprint: str | None = None


def read_schema_form(
    con: duckdb.DuckDBPyConnection, migrations: Sequence[Migration] | None = None
) -> SchemaForm:
    """Return the form of an open warehouse. Raises UserError where a later copydesk has written it."""
    try:
        form = SchemaForm(*con.execute("select number, fingerprint from schema_form").fetchall()[0])
    except duckdb.CatalogException:
        tables = con.execute(
            "select count(*) from duckdb_tables()"
            " where database_name = current_database() and table_name = 'documents'"
        ).fetchall()
        form = SchemaForm(FIRST_FORM if tables != [(0,)] else 0)
    known = newest_form(read_migrations() if migrations is None else migrations)
    if form.number > known:
        raise UserError(
            f"this warehouse has form {form.number}, this copydesk knows up to {known}: upgrade copydesk"
        )
    return form


def refuse_other_form(con: duckdb.DuckDBPyConnection) -> None:
    """Raise UserError where the tables are not those that this copydesk asks."""
    number, known = read_schema_form(con).number, newest_form(read_migrations())
    if not number:
        raise UserError("this warehouse is empty: run `copydesk ingest` first")
    if number < known:
        raise UserError(
            f"this warehouse has form {number}, this copydesk asks form {known}: run `copydesk migrate`"
            " (with --dry-run it only tells what it would do)"
        )


def read_migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """Return the migrations of a folder (`0002_what_it_does.sql`) in order, without a gap."""
    found = [_read(file) for file in sorted(folder.glob("[0-9]*_*.sql"))]
    numbers = [each.number for each in found]
    if numbers != list(range(FIRST_FORM + 1, FIRST_FORM + 1 + len(found))):
        raise ValueError(f"{folder}: migrations are numbered {numbers}, expected no gap from 2 on")
    return found


def pending_migrations(con: duckdb.DuckDBPyConnection) -> list[Migration]:
    """Return the migrations that an open warehouse lacks."""
    number = read_schema_form(con).number
    return [each for each in read_migrations() if each.number > number]


def newest_form(migrations: Sequence[Migration]) -> int:
    """Return the number of the form that the migrations lead to."""
    return migrations[-1].number if migrations else FIRST_FORM


def told_migrations(taken: list[Migration]) -> tuple[str, ...]:
    """Return the line that tells which migrations a warehouse has had, if any."""
    if not taken:
        return ()
    names = ", ".join(f"{each.number} ({each.name.replace('_', ' ')})" for each in taken)
    return (f"the warehouse was brought to form {taken[-1].number} by migration {names}",)


def _read(file: Path) -> Migration:
    number, _, name = file.stem.partition("_")
    comment, sql = read_sql(file)
    return Migration(int(number), name, " ".join(comment), sql)
