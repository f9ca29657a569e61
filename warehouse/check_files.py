"""Checks what SQL cannot see: the files below the tables, and the catalog itself."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import duckdb

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.attach import CATALOG, METADATA
from copydesk.warehouse.judge_query import first_line
from copydesk.warehouse.list_files import ORPHAN_AGE, LakeFile, absolute, find_orphans, list_files
from copydesk.warehouse.place import Place
from copydesk.warehouse.run_check import SHOWN_OFFENDERS, UNREADABLE, CheckResult
from copydesk.warehouse.seal_files import hash_files, read_seals

Offenders = Iterator[dict[str, str]]
Finder = Callable[[duckdb.DuckDBPyConnection, Place, datetime], Offenders]


@dataclass(frozen=True, slots=True)
class FileLaw:
    """A law about what lies below the tables, and what finds its offenders."""

    sentence: str
    severity: str
    find: Finder


def check_files(con: duckdb.DuckDBPyConnection, place: Place, *, now: datetime) -> list[CheckResult]:
    """Return the outcomes of the laws about files, snapshots and the catalog."""
    return [_run(con, place, now, name, law) for name, law in FILE_LAWS.items()]


def _run(con: duckdb.DuckDBPyConnection, place: Place, now: datetime, name: str, law: FileLaw) -> CheckResult:
    started = time.perf_counter()
    found, problem = list[dict[str, str]](), None
    try:
        found = list(law.find(con, place, now))
    except (*UNREADABLE, sqlite3.Error) as error:
        problem = first_line(error)
    return CheckResult(
        name,
        law.sentence,
        law.severity,
        len(found),
        tuple(islice(found, SHOWN_OFFENDERS)),
        time.perf_counter() - started,
        problem=problem,
        note="files in object storage are not read" if place.is_remote else None,
    )


def _catalog(con: duckdb.DuckDBPyConnection, place: Place, _now: datetime) -> Offenders:
    """Ask through the connection: a second SQLite in one process would let go of the first one's locks."""
    if place.catalog:
        return
    asked = con.execute(f"select * from sqlite_query('{METADATA}', 'pragma quick_check')")
    for (message,) in asked.fetchall():
        if message != "ok":
            yield {"file": place.sqlite.name, "found": message}


def _missing(con: duckdb.DuckDBPyConnection, place: Place, _now: datetime) -> Offenders:
    for file in () if place.is_remote else list_files(con):
        path = absolute(place, file.path)
        found = path.stat().st_size if path.is_file() else None
        if found != file.size_bytes:
            size = "no file" if found is None else f"{found} bytes"
            yield {
                "table_name": file.table_name,
                "path": file.path,
                "bytes": str(file.size_bytes),
                "found": size,
            }


def _damaged(con: duckdb.DuckDBPyConnection, place: Place, _now: datetime) -> Offenders:
    seals = read_seals(place)
    files = [file for file in _present(con, place) if file.path in seals]
    hashes = hash_files([absolute(place, file.path) for file in files])
    for file, sha256 in zip(files, hashes, strict=True):
        if sha256 != seals[file.path]:
            yield {
                "table_name": file.table_name,
                "path": file.path,
                "sealed_sha256": seals[file.path],
                "found_sha256": sha256,
            }


def _unsealed(con: duckdb.DuckDBPyConnection, place: Place, _now: datetime) -> Offenders:
    seals = read_seals(place)
    for file in _present(con, place):
        if file.path not in seals:
            yield {"table_name": file.table_name, "path": file.path}


def _present(con: duckdb.DuckDBPyConnection, place: Place) -> list[LakeFile]:
    if place.is_remote:
        return []
    return [file for file in list_files(con) if absolute(place, file.path).is_file()]


def _orphans(con: duckdb.DuckDBPyConnection, place: Place, now: datetime) -> Offenders:
    for path in find_orphans(con, place, before=now - ORPHAN_AGE):
        relative = path.relative_to(place.data_path)
        yield {"path": str(relative), "bytes": str(path.stat().st_size)}


def _unreachable(con: duckdb.DuckDBPyConnection, _place: Place, _now: datetime) -> Offenders:
    # Where a table has no file, nothing can be unreadable: a new warehouse has 38 tables, each asked in 5 ms.
    rows = con.execute(f"""
        with versions as (
            select t.table_id, t.table_name, unnest([greatest(t.begin_snapshot, s.oldest), s.newest]) as version
            from {METADATA}.ducklake_table as t,
                (select min(snapshot_id), max(snapshot_id) from ducklake_snapshots('{CATALOG}')) as s (oldest, newest)
            where t.end_snapshot is null
        )
        select distinct table_name, version
        from versions
        join {METADATA}.ducklake_data_file as files
            on files.table_id = versions.table_id
            and files.begin_snapshot <= version
            and coalesce(files.end_snapshot > version, true)
    """).fetchall()
    for name, version in sorted(row for row in rows if row[0] in TABLES):
        try:
            con.execute(f"select 1 from {name} at (version => {int(version)}) limit 1").fetchall()
        except UNREADABLE as error:
            yield {"table_name": name, "snapshot_id": str(version), "found": first_line(error)}


FILE_LAWS = {
    "catalog_is_whole": FileLaw("The embedded catalog is a sound SQLite file.", "error", _catalog),
    "files_are_there": FileLaw("Every file that the catalog names is there, in its size.", "error", _missing),
    "files_are_intact": FileLaw("Every file has the checksum that it was sealed with.", "error", _damaged),
    "files_are_sealed": FileLaw(
        "Every file has a checksum; a flipped bit would go unseen.", "warn", _unsealed
    ),
    "files_are_known": FileLaw("No file lies there that the catalog does not know.", "warn", _orphans),
    "snapshots_are_reachable": FileLaw(
        "The oldest and the newest snapshot can be read.", "error", _unreachable
    ),
}
