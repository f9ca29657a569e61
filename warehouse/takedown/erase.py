"""Erases from the disk what is no longer in the tables: old snapshots, their files, statistics, side files, shards.

Nothing here has to be told what went: it is what the catalog no longer holds, or bears a tombstone. So whatever kills
it, doing it again does it whole; the mark `erasing` in the folder says that it is to be done.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.schemas.staged import ARRIVALS
from copydesk.warehouse.attach import CATALOG, METADATA
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.list_files import remove_orphans
from copydesk.warehouse.place import Place
from copydesk.warehouse.seal_files import seal_files
from copydesk.warehouse.search.update_index import update_index
from copydesk.warehouse.staging.shard import list_shards, replace_file
from copydesk.warehouse.takedown.bar import is_barred, is_barred_address
from copydesk.warehouse.vacuum import vacuum, vacuum_server

BLANKED = {"origin": "", "payload": b"", "payload_bytes": 0}
"""What stands in a row that only keeps its number; all else that may be null is."""

KEPT = ("document_id", "source_id", "fetched_at", "media_type")


def mark_erasing(place: Place, takedown_id: str = "") -> None:
    """Write down that what a takedown removes from the tables must leave the disk. Call it before the rows leave.

    Without a takedown something has left the tables already.
    """
    with place.erasing.open("a", encoding="utf-8") as mark:
        mark.write(f"{takedown_id}\n")


def is_erasing(place: Place) -> bool:
    """Return whether an erasure is to be done, or was broken off."""
    return place.erasing.exists()


def erase(place: Place) -> bool:
    """Erase what is no longer in the tables, and the mark last. Hold the lease; have no connection open.

    Return whether there was anything: a takedown that was killed before its rows left has taken nothing down.
    A reader goes on at its next transaction: the snapshot that it stands on is gone. One who reads the catalog on a
    server for long keeps the mark there, so that the next run erases again.
    """
    with connect_writer(place) as con:
        if not _has_begun(con, place):
            place.erasing.unlink()
            return False
        rewrite_files(con, place)
        _erase_folder(con, place)
        seal_files(con, place)
    for file in (place.sqlite, place.ledger, place.prefect_database):
        vacuum(file)
    shutil.rmtree(place.folder / "tmp", ignore_errors=True)
    if not place.catalog or vacuum_server(place.catalog):
        place.erasing.unlink(missing_ok=True)
    return True


def _has_begun(con: duckdb.DuckDBPyConnection, place: Place) -> bool:
    marked = place.erasing.read_text(encoding="utf-8").splitlines() if is_erasing(place) else []
    known = con.execute("select 1 from takedowns where list_contains($1, takedown_id) limit 1", [marked])
    return not all(marked) or not marked or known.fetchone() is not None


def erase_here(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Erase from a machine's folder what other machines have taken down since it was last done here."""
    if not place.catalog:
        return
    [(newest,)] = con.execute("select max(takedown_id) from takedowns").fetchall()
    if newest and not (place.erased.exists() and place.erased.read_text() == newest):
        _erase_folder(con, place)
        place.erased.write_text(newest)


def _erase_folder(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    blank_staged(con, place.staging)
    if place.search_index.exists():
        update_index(con, place)
        optimize_search(place)
        vacuum(place.search_index)


def rewrite_files(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Leave one snapshot, and no file that holds a row which it lacks."""
    con.execute(f"call ducklake_rewrite_data_files('{CATALOG}', delete_threshold => 0)")
    con.execute(f"call ducklake_expire_snapshots('{CATALOG}', older_than => now())")
    con.execute(f"call ducklake_cleanup_old_files('{CATALOG}', cleanup_all => true)")
    remove_orphans(con, place, before=datetime.now(UTC))
    for end in ("min", "max"):
        # The catalog keeps the least and the greatest text of a table, whole, also when its row has gone.
        con.execute(f"""
            update {METADATA}.ducklake_table_column_stats as known set {end}_value = null
            where length({end}_value) > 0 and not exists (
                select 1 from {METADATA}.ducklake_file_column_stats as file
                where (file.table_id, file.column_id, file.{end}_value)
                    = (known.table_id, known.column_id, known.{end}_value)
            )
        """)


def blank_staged(con: duckdb.DuckDBPyConnection, staging: Path) -> None:
    """Blank what waits in the staging folder and bears a tombstone; rows of arrivals keep their numbers.

    A shard of which nothing is left goes.
    """
    for shard in list_shards(staging):
        con.execute("create or replace temp table waiting (document_id varchar, is_buried boolean)")
        if arrivals := shard.files("arrivals"):
            con.execute(
                f"insert into waiting select document_id, {is_barred('tombstones')} from read_parquet($files)",
                {"files": arrivals},
            )
        if refined := shard.files("refined"):
            con.execute(
                "update waiting set is_buried = true where document_id in (select document_id from read_parquet($files)"
                " where article_id in (select subject_hash from tombstones where kind = 'article'))",
                {"files": refined},
            )
        if con.execute("select bool_and(is_buried) from waiting").fetchall() == [(True,)]:
            shard.remove()
            continue
        for file in sorted(shard.folder.rglob("*.parquet")):
            if file.stem != "robots_rules":
                _blank_file(con, file)


def _blank_file(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    test = (
        is_barred_address("tombstones")
        if file.stem == "url_states"
        else "document_id in (select document_id from waiting where is_buried)"
    )
    found = con.execute(
        f"select {test} as is_buried from read_parquet($file)", {"file": str(file)}
    ).to_arrow_table()
    buried = found["is_buried"].combine_chunks()
    if pc.any(buried).as_py():
        rows = pq.ParquetFile(file, page_checksum_verification=True).read(use_threads=False)
        replace_file(
            file, _blanked(rows, buried) if file.stem == "arrivals" else rows.filter(pc.invert(buried))
        )


def _blanked(arrivals: pa.Table, buried: pa.Array) -> pa.Table:
    for at, (name, column) in enumerate(ARRIVALS.columns.items()):
        if name not in KEPT:
            blank = pa.scalar(BLANKED.get(name), column.type)
            arrivals = arrivals.set_column(at, name, pc.if_else(buried, blank, arrivals[name]))
    return arrivals


def optimize_search(place: Place) -> None:
    """Let the search index forget the words of texts that it has let go of."""
    if place.search_index.exists():
        with closing(sqlite3.connect(place.search_index, timeout=60)) as db:
            db.execute("insert into texts (texts) values ('optimize')")
            db.commit()
