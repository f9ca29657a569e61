"""Opens the staging folder: sweeps what is of no use any more, and attaches what the database must know of the rest."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from copydesk.schemas.staged import STAGED, STAGING, STATE_TABLES
from copydesk.warehouse.create import declare_columns
from copydesk.warehouse.quoted import quoted
from copydesk.warehouse.staging.shard import UNFINISHED, list_shards
from copydesk.warehouse.takedown.bar import hold_tombstones


@dataclass(frozen=True, slots=True)
class Staging:
    """A staging folder, and the version of what refines: by the name of a hash."""

    folder: Path
    version: str


def open_staging(con: duckdb.DuckDBPyConnection, folder: Path, *, version: str) -> Staging:
    """Attach `staging` and return the folder; what other versions refined is gone, what they received is kept.

    In memory stand `known` (documents of the lake that the run may meet again), `taken` (those that the run is to
    commit; `is_met` once its sources have shown them), `portion` (those of them that are settled now), `tombstones`
    of what was taken down, `barred` (documents that therefore stay out) and the states of the network, newest.
    """
    con.execute("attach ':memory:' as staging")
    for table in ("known", "portion", "barred"):
        con.execute(f"create table {STAGING}.{table} (document_id varchar)")
    con.execute(f"create table {STAGING}.taken (document_id varchar, is_met boolean)")
    for table in STATE_TABLES:
        con.execute(f"create table {STAGING}.{table} ({declare_columns(STAGED[table])})")
    hold_tombstones(con)
    folder.mkdir(exist_ok=True)
    _sweep(folder, version)
    for shard in list_shards(folder):
        for table in STATE_TABLES:
            for file in shard.files(table):
                remember_states(con, table, f"from {quoted(file)}")
    return Staging(folder, version)


def remember_states(con: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    """Put states of the network in place of older ones of the same addresses, in memory."""
    con.execute(f"create or replace temp table newer_states as {query}")
    match = " and ".join(f"old.{key} = newer_states.{key}" for key in STAGED[table].key)
    con.execute(
        f"delete from {STAGING}.{table} as old where exists (select 1 from newer_states where {match})"
    )
    con.execute(f"insert into {STAGING}.{table} by name from newer_states")
    con.execute("drop table newer_states")


def close_staging(staging: Staging) -> None:
    """Remove the folder where nothing is left in it."""
    if not any(staging.folder.iterdir()):
        staging.folder.rmdir()


def _sweep(folder: Path, version: str) -> None:
    for each in folder.iterdir():
        if each.suffix == UNFINISHED:
            shutil.rmtree(each)
    for shard in list_shards(folder):
        if shard.is_from_lake:
            shard.remove()
        else:
            shard.keep_only(version)
