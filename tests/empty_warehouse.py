"""An empty warehouse in the form of today, copied from one that was made once: defining all tables takes half a second.

Its first run seals its files.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from postgres_server import Server

from copydesk.flows.ingest import attempt
from copydesk.schemas.staged import STAGED, STAGING
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create, declare_columns
from copydesk.warehouse.place import Place
from copydesk.warehouse.seal_files import begin_seals


def empty_warehouse(folder: Path) -> Place:
    """Put an empty warehouse into a folder, unless one stands there."""
    place = Place(folder)
    if not place.is_created:
        shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return place


def open_unstaged(place: Place) -> duckdb.DuckDBPyConnection:
    """Open a warehouse as a run does whose portion has opened no wording."""
    con = connect_writer(place)
    stage_nothing(con)
    return con


def stage_nothing(con: duckdb.DuckDBPyConnection) -> None:
    """Let the settling of copies and stories find what a portion leaves that has opened no wording."""
    con.execute("attach ':memory:' as staging")
    for name in ("sketches", "story_features"):
        con.execute(f"create table {STAGING}.{name} ({declare_columns(STAGED[name])})")
    con.execute(
        "create temp table opening (revision_id text, article_id text, document_id text, is_latest bool)"
    )


def shared_catalog(server: Server, name: str, files: Path) -> str:
    """Create the catalog of an empty warehouse whose files are put into a folder; return its connection string."""
    template, folder = _shared_template(server)
    shutil.copytree(folder, files)
    path = f"update ducklake_metadata set value = '{files}/' where key = 'data_path'"
    catalog = server.create(name, "--template", template)
    server.run("psql", "--quiet", name, given=path.encode())
    return catalog


@contextmanager
def copied_warehouses() -> Iterator[None]:
    """Have runs of this process copy the empty warehouse rather than define one anew.

    What opens a warehouse without a run still makes it, and so do commands in processes of their own.
    """

    def connect(place: Place, **options: Any) -> duckdb.DuckDBPyConnection:
        is_plain = not (place.catalog or place.files)
        return connect_writer(empty_warehouse(place.folder) if is_plain else place, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attempt, "connect_writer", connect)
        yield


@cache
def _template() -> Path:
    return _make(Place(_own_folder()))


@cache
def _shared_template(server: Server) -> tuple[str, Path]:
    folder = _own_folder()
    _make(Place(folder, server.create("empty"), str(folder / "files")))
    return "empty", folder / "files"


def _own_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="empty-warehouse-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _make(place: Place) -> Path:
    with connect_writer(place) as con:
        begin_seals(con, place)
        create(con)
    return place.folder
