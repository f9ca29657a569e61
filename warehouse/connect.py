"""Opens the warehouse: one writer under a lease, or readers, each transaction on the snapshot that it finds."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from copydesk.warehouse.attach import CATALOG, attach_to_read, attach_to_write, read_options
from copydesk.warehouse.in_transaction import in_transaction
from copydesk.warehouse.place import Place
from copydesk.warehouse.quoted import quoted
from copydesk.warehouse.read_schema_form import (
    read_schema_form,
    refuse_other_form,
)

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
    return _in_form(attach_to_read(place), read_schema_form)


def _in_form(
    con: duckdb.DuckDBPyConnection, refuse: Callable[[duckdb.DuckDBPyConnection], object]
) -> duckdb.DuckDBPyConnection:
    try:
        refuse(con)
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
    # What is read is in the system's own cache: here it would grow with the archive.
    con.execute("set enable_external_file_cache = false")
    fit_threads(con, rows=0)
    return con


def fit_threads(con: duckdb.DuckDBPyConnection, *, rows: int) -> None:
    """Use as many threads as so many new rows keep busy: with few, they wait for each other longer than they work."""
    con.execute(f"set threads = {min(os.cpu_count() or 1, 1 + rows // ROWS_A_THREAD)}")


def attach_statements(place: Place) -> tuple[str, ...]:
    """Return the SQL that attaches the warehouse read-only in any DuckDB of the same version."""
    names = ["postgres" if place.catalog else "sqlite", "ducklake"]
    names += place.storage.extensions if place.is_remote else ()
    secret = f" {place.storage.create_secret(place.files)};" if place.is_remote else ""
    return (
        " ".join(f"{verb} {name};" for verb in ("install", "load") for name in names) + secret,
        f"attach {quoted(place.address)} as {CATALOG} ({read_options(place)});",
        f"use {CATALOG};",
    )


@contextmanager
def transaction(
    con: duckdb.DuckDBPyConnection, *, run_id: str, flow: str, assure: Callable[[], None]
) -> Iterator[None]:
    """Commit what is written inside as one snapshot that bears the run's name; nothing of it on an error.

    `assure` raises where the lease was lost meanwhile.
    """
    with in_transaction(con):
        yield
        con.execute(
            f"call {CATALOG}.set_commit_message('copydesk', ?, extra_info => ?)",
            [flow, f'{{"run_id": "{run_id}"}}'],
        )
        assure()
