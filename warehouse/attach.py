"""Attaches a warehouse to a fresh DuckDB: where its catalog and its files lie now, whatever the catalog says of it.

An embedded catalog's data path is given at each attach and overrides what it holds, so that a folder that was moved
or copied finds its own files and never those that it was copied from.
"""

import re
import shutil
import tempfile
import weakref
from pathlib import Path

import duckdb

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.damage import CATALOG_DAMAGED, find_traces, lost_catalog, refuse_lost_catalog
from copydesk.warehouse.interrupt import let_interrupt
from copydesk.warehouse.load_extension import is_packaged, load_extension
from copydesk.warehouse.object_storage import open_storage, try_storage
from copydesk.warehouse.open_to_read import copy_catalog
from copydesk.warehouse.place import Place
from copydesk.warehouse.quoted import quoted

CATALOG = "lake"
"""Name under which the warehouse is attached."""

METADATA = f"__ducklake_metadata_{CATALOG}"
"""Name of the catalog's own tables, which say what files and columns there are."""

STORED_DATA_PATH = "files/"
"""What an embedded catalog holds as its data path: an attach that gives none finds the files from the folder alone."""

WAL = "meta_journal_mode 'WAL'"
"""Without it an analyst's open read transaction makes the writer fail with "database is locked"."""


ELSEWHERE = r'Data path (\S+) requires the extension|not match existing data path in the catalog "(.+?)"'
"""How DuckLake says that a catalog holds another place for its files than was given."""


class NoWarehouseError(FileNotFoundError):
    """There is no warehouse at the given place."""


def attach_to_read(place: Place) -> duckdb.DuckDBPyConnection:
    """Open the warehouse read-only; needs no permission to write.

    Where nothing can be written beside an embedded catalog, a private copy of it is read for as long as the
    connection lives. Raises NoWarehouseError, and DamagedWarehouseError where the catalog is lost.
    """
    refuse_lost_catalog(place)
    if not place.is_created:
        raise NoWarehouseError(
            f"no warehouse in {place.folder}: run `copydesk ingest` first, or give --warehouse"
        )
    try:
        if place.catalog or place.is_writable:
            return _connect(place, read_options(place))
        return _connect_to_copy(place)
    except duckdb.InvalidInputException as error:
        # A catalog on a server shows only when it is asked whether a warehouse stands in it.
        if "does not exist" not in str(error):
            raise
        raise _absence(place) from error


def attach_to_write(place: Place) -> duckdb.DuckDBPyConnection:
    """Open the warehouse for writing, creating an empty catalog where there has never been one.

    Raises DamagedWarehouseError where the catalog is lost.
    """
    refuse_lost_catalog(place)
    place.folder.mkdir(parents=True, exist_ok=True)
    con = _open_or_create(place)
    if place.is_remote:
        try_storage(con, place.files)
    if not (place.catalog or place.files):
        con.execute(
            f"update {METADATA}.ducklake_metadata set value = '{STORED_DATA_PATH}'"
            f" where key = 'data_path' and value <> '{STORED_DATA_PATH}'"
        )
    return con


def read_options(place: Place) -> str:
    """Return the options of an attach that reads."""
    if place.catalog or place.files:
        return f"read_only{_embedded(place)}"
    return f"read_only, data_path {quoted(place.data_path)}{_embedded(place)}"


def _open_or_create(place: Place) -> duckdb.DuckDBPyConnection:
    path = f"data_path {quoted(place.data_path)}, "
    options = f"data_inlining_row_limit 0{_embedded(place)}"
    if not place.is_created:
        return _connect(place, path + options)
    try:
        known = "" if place.catalog else path
        return _connect(place, f"{known}{options}, create_if_not_exists false")
    except duckdb.InvalidInputException as error:
        if "does not exist" not in str(error):
            raise
        absence = _absence(place)
        if not isinstance(absence, NoWarehouseError):
            raise absence from error
    return _connect(place, path + options)


def _absence(place: Place) -> Exception:
    """Return what it means that a catalog holds no warehouse: none yet, or one that is lost."""
    traces = find_traces(place)
    if traces:
        return lost_catalog(place, f"holds no warehouse, while {', '.join(traces)} stand beside it")
    return NoWarehouseError("no warehouse in this catalog: run `copydesk ingest` first")


def _connect_to_copy(place: Place) -> duckdb.DuckDBPyConnection:
    private = Path(tempfile.mkdtemp(prefix="copydesk-"))
    try:
        copy_catalog(place.sqlite, private / place.sqlite.name)
        con = _connect(Place(private, files=place.data_path), read_options(place))
    except BaseException:
        shutil.rmtree(private, ignore_errors=True)
        raise
    weakref.finalize(con, shutil.rmtree, private, ignore_errors=True)
    return con


def _connect(place: Place, options: str) -> duckdb.DuckDBPyConnection:
    extensions = _extensions(place)
    con = duckdb.connect(
        config={
            # Checking a signature takes a quarter of a second a file; that of a package stands in the lock by its hash.
            "allow_unsigned_extensions": all(map(is_packaged, extensions)),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": str(place.folder / "tmp"),
        }
    )
    let_interrupt(con)
    try:
        for extension in extensions:
            load_extension(con, extension)
        if place.is_remote:
            open_storage(con, place.storage, place.files)
        # For good: a running database takes no other word.
        con.execute("set allow_unsigned_extensions = false")
        con.execute(f"attach {quoted(place.address)} as {CATALOG} ({options})")
    except (duckdb.Error, UserError) as error:
        con.close()
        if found := re.search(ELSEWHERE, str(error)):
            raise _elsewhere(found[1] or found[2]) from None
        if not place.catalog and any(words in str(error) for words in CATALOG_DAMAGED):
            raise lost_catalog(place, f"is damaged ({str(error).rpartition(': ')[2]})") from error
        raise
    if place.catalog or not place.files:
        _refuse_other_files(con, place)
    [(threads,)] = con.execute("select current_setting('threads')").fetchall()
    con.execute(
        "set threads = 1"
    )  # several wait for each other over what is so small: a third of what it takes
    con.execute(f"use {CATALOG}")
    con.execute(f"set threads = {threads}")
    con.execute("set global timezone = 'UTC'")  # its cursors' too
    return con


def _refuse_other_files(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Refuse to look for files elsewhere than the catalog holds them; those of an embedded one move with its folder."""
    stored = con.execute(f"select value from {METADATA}.ducklake_metadata where key = 'data_path'").fetchall()
    for (path,) in stored:
        is_elsewhere = path.rstrip("/") != place.data_path.rstrip("/")
        if is_elsewhere and (place.catalog or "://" in path):
            con.close()
            raise _elsewhere(path)


def _elsewhere(path: str) -> NoWarehouseError:
    meant = "leave COPYDESK_FILES empty" if path == STORED_DATA_PATH else "set COPYDESK_FILES to that"
    return NoWarehouseError(f"the files of this warehouse are in {path}: {meant}")


def _extensions(place: Place) -> tuple[str, ...]:
    catalog = "postgres_scanner" if place.catalog else "sqlite_scanner"
    remote = place.storage.extensions if place.is_remote else ()
    return (catalog, *remote, "ducklake")


def _embedded(place: Place) -> str:
    """Return the options of an SQLite catalog; its own folder holds the files unless the settings say otherwise."""
    if place.catalog:
        return ""
    override = "" if place.files else ", override_data_path true"
    return f"{override}, {WAL}, meta_busy_timeout 30000"
