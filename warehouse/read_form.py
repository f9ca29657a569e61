"""Tells which form a warehouse has. The number stands in the catalog, so that no file has to be read for it."""

from dataclasses import dataclass

import duckdb

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.read_migrations import FIRST_FORM, Migration, newest_form


@dataclass(frozen=True, slots=True)
class Form:
    """A form's number, 0 where nothing is defined yet, and the hash of the definitions that were applied last."""

    number: int
    fingerprint: str | None = None


def read_form(con: duckdb.DuckDBPyConnection) -> Form:
    """Return the form of an open warehouse."""
    try:
        rows = con.execute("select number, fingerprint from schema_form").fetchall()
    except duckdb.CatalogException:
        tables = con.execute(
            "select count(*) from duckdb_tables()"
            " where database_name = current_database() and table_name = 'documents'"
        ).fetchall()
        return Form(FIRST_FORM if tables != [(0,)] else 0)
    return Form(*rows[0])


def refuse_newer_form(form: Form, migrations: list[Migration]) -> None:
    """Raise UserError where a later copydesk has written the warehouse."""
    known = newest_form(migrations)
    if form.number > known:
        raise UserError(
            f"this warehouse has form {form.number}, this copydesk knows up to {known}: upgrade copydesk"
        )


def refuse_other_form(form: Form, migrations: list[Migration]) -> None:
    """Raise UserError where the tables are not those that this copydesk asks."""
    refuse_newer_form(form, migrations)
    known = newest_form(migrations)
    if not form.number:
        raise UserError("this warehouse is empty: run `copydesk ingest` first")
    if form.number < known:
        raise UserError(
            f"this warehouse has form {form.number}, this copydesk asks form {known}: run `copydesk migrate`"
            " (with --dry-run it only tells what it would do)"
        )
