"""Opens the warehouse: one writer under a lease, or any number of readers, each on its own snapshot."""

from collections.abc import Callable

import duckdb

from warehouse.load_extension import load_extension
from warehouse.place import Place
from warehouse.read_form import Form, read_form, refuse_newer_form, refuse_other_form
from warehouse.read_migrations import Migration, read_migrations

CATALOG = "lake"
"""Name under which the warehouse is attached."""


class NoWarehouseError(FileNotFoundError):
    """There is no warehouse at the given place."""


def connect_reader(place: Place) -> duckdb.DuckDBPyConnection:
    """Open the warehouse read-only, in the form of today.

    Raises NoWarehouseError where none has been created, MigrationError where its form is another.
    """
    return _in_form(_connect_to_read(place), refuse_other_form)


def connect_any_form(place: Place) -> duckdb.DuckDBPyConnection:
    """Open the warehouse read-only, also in an earlier form, for queries that are not ours.

    Raises NoWarehouseError where none has been created, MigrationError where its form is newer than this copydesk.
    """
    return _in_form(_connect_to_read(place), refuse_newer_form)


def _in_form(
    con: duckdb.DuckDBPyConnection, refuse: Callable[[Form, list[Migration]], None]
) -> duckdb.DuckDBPyConnection:
    try:
        refuse(read_form(con), read_migrations())
    except BaseException:
        con.close()
        raise
    return con


def _connect_to_read(place: Place) -> duckdb.DuckDBPyConnection:
    if not place.is_created:
        raise NoWarehouseError(
            f"no warehouse in {place.folder}: run `copydesk ingest` first, or give --warehouse"
        )
    try:
        return _connect(place, "read_only")
    except duckdb.InvalidInputException as error:
        # A catalog on a server shows only when it is asked whether a warehouse stands in it.
        if "does not exist" not in str(error):
            raise
        raise NoWarehouseError("no warehouse in this catalog: run `copydesk ingest` first") from error


def connect_writer(place: Place, *, memory_limit: str = "4GB") -> duckdb.DuckDBPyConnection:
    """Open the warehouse for writing, creating an empty catalog where there is none.

    Hold the lease (warehouse.lease) first: the embedded catalog takes one writing flow at a time.
    """
    place.folder.mkdir(parents=True, exist_ok=True)
    con = _connect(place, f"data_path {_quoted(place.data_path)}, data_inlining_row_limit 0")
    con.execute(f"set memory_limit = {_quoted(memory_limit)}")
    return con


def attach_statements(place: Place, *, name: str = CATALOG) -> tuple[str, ...]:
    """Return the SQL that attaches the warehouse read-only in any DuckDB of the same version."""
    return (
        "install ducklake; load ducklake;"
        if place.catalog
        else "install sqlite; install ducklake; load sqlite; load ducklake;",
        f"attach {_quoted(place.address)} as {name} (read_only{_catalog_options(place)});",
        f"use {name};",
    )


def _connect(place: Place, options: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": str(place.folder / "tmp"),
        }
    )
    for extension in _extensions(place):
        load_extension(con, extension)
    con.execute(f"attach {_quoted(place.address)} as {CATALOG} ({options}{_catalog_options(place)})")
    con.execute(f"use {CATALOG}")
    con.execute("set timezone = 'UTC'")
    return con


def _extensions(place: Place) -> tuple[str, ...]:
    catalog = "postgres_scanner" if place.catalog else "sqlite_scanner"
    remote = ("httpfs",) if "://" in place.files else ()
    return (catalog, *remote, "ducklake")


def _catalog_options(place: Place) -> str:
    # Without WAL an analyst's open read transaction makes the writer fail with "database is locked".
    return "" if place.catalog else ", meta_journal_mode 'WAL', meta_busy_timeout 30000"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
