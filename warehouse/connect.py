"""Opens the warehouse: one writer under a lease, or any number of readers, each on its own snapshot."""

import os
from collections.abc import Callable

import duckdb

from copydesk.warehouse.attach import CATALOG, attach_to_read, attach_to_write, read_options
from copydesk.warehouse.place import Place
from copydesk.warehouse.quoted import quoted
from copydesk.warehouse.read_form import Form, read_form, refuse_newer_form, refuse_other_form
from copydesk.warehouse.read_migrations import Migration, read_migrations

ROWS_A_THREAD = 2_000

KEPT_FREE = "16MB"
"""How much free memory DuckDB's allocator keeps at most after a query: by itself it keeps half a gigabyte."""


def connect_reader(place: Place) -> duckdb.DuckDBPyConnection:
    """Open the warehouse read-only, in the form of today.

    Raises NoWarehouseError where none has been created, UserError where its form is another.
    """
    return _in_form(attach_to_read(place), refuse_other_form)


def connect_any_form(place: Place) -> duckdb.DuckDBPyConnection:
    """Open the warehouse read-only, also in an earlier form, for queries that are not ours.

    Raises NoWarehouseError where none has been created, UserError where its form is newer than this copydesk.
    """
    return _in_form(attach_to_read(place), refuse_newer_form)


def _in_form(
    con: duckdb.DuckDBPyConnection, refuse: Callable[[Form, list[Migration]], None]
) -> duckdb.DuckDBPyConnection:
    try:
        refuse(read_form(con), read_migrations())
    except BaseException:
        con.close()
        raise
    return con


def connect_writer(place: Place, *, memory_limit: str = "1GB") -> duckdb.DuckDBPyConnection:
    """Open the warehouse for writing, creating an empty catalog where there has never been one.

    Hold the lease (warehouse.lease) first: the embedded catalog takes one writing flow at a time. Raises
    DamagedWarehouseError where the catalog is lost.
    """
    con = attach_to_write(place)
    con.execute(f"set memory_limit = {quoted(memory_limit)}")
    for setting in ("allocator_flush_threshold", "allocator_bulk_deallocation_flush_threshold"):
        con.execute(f"set {setting} = {quoted(KEPT_FREE)}")
    fit_threads(con, rows=0)
    return con


def fit_threads(con: duckdb.DuckDBPyConnection, *, rows: int) -> None:
    """Use as many threads as so many new rows keep busy: with few, they wait for each other longer than they work."""
    con.execute(f"set threads = {min(os.cpu_count() or 1, 1 + rows // ROWS_A_THREAD)}")


def attach_statements(place: Place, *, name: str = CATALOG) -> tuple[str, ...]:
    """Return the SQL that attaches the warehouse read-only in any DuckDB of the same version."""
    names = ["postgres" if place.catalog else "sqlite", "ducklake"]
    names += place.storage.extensions if place.is_remote else ()
    secret = f" {place.storage.create_secret(place.files)};" if place.is_remote else ""
    return (
        " ".join(f"{verb} {name};" for verb in ("install", "load") for name in names) + secret,
        f"attach {quoted(place.address)} as {name} ({read_options(place)});",
        f"use {name};",
    )
