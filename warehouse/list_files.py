"""Lists the Parquet files that the catalog holds to be true, for every snapshot that can still be read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from copydesk.warehouse.attach import CATALOG, METADATA
from copydesk.warehouse.place import Place

ORPHAN_AGE = timedelta(hours=1)
"""A run under way has files that the catalog does not know yet; one that died leaves them for good."""


@dataclass(frozen=True, slots=True)
class LakeFile:
    """A data or delete file: its table, its path below the data path, and the size that the catalog states.

    `file_id` is higher for a file that was made later.
    """

    table_name: str
    path: str
    size_bytes: int
    file_id: int


def list_files(con: duckdb.DuckDBPyConnection) -> list[LakeFile]:
    """Return the files of all snapshots that have not been expired, in order of path."""
    rows = con.execute(f"""
        with files as (
            select data_file_id as file_id, table_id, path, path_is_relative, file_size_bytes
            from {METADATA}.ducklake_data_file
            union all
            select delete_file_id, table_id, path, path_is_relative, file_size_bytes
            from {METADATA}.ducklake_delete_file
        ),
        folders as (
            select distinct
                table_id,
                table_name,
                if(t.path_is_relative and s.path_is_relative, s.path || t.path, t.path) as folder
            from {METADATA}.ducklake_table as t
            join {METADATA}.ducklake_schema as s using (schema_id)
        )
        select distinct table_name, if(path_is_relative, folder || path, path), file_size_bytes, file_id
        from files
        join folders using (table_id)
        order by all
    """).fetchall()
    return [LakeFile(*row) for row in rows]


def next_file_id(con: duckdb.DuckDBPyConnection) -> int:
    """Return the number that the next file will bear; data and delete files share one row of numbers."""
    return int(con.execute(f"select max(next_file_id) from {METADATA}.ducklake_snapshot").fetchall()[0][0])


def absolute(place: Place, path: str) -> Path:
    """Return where a file lies on disk."""
    return Path(place.data_path) / path


def find_orphans(con: duckdb.DuckDBPyConnection, place: Place, *, before: datetime) -> list[Path]:
    """Return the files on this disk that no snapshot knows and that were made before a moment, in order.

    DuckLake's own function would take every Parquet file below the prefix, whoever put it there.
    """
    if place.is_remote:
        return []
    root = Path(place.data_path)
    known = {absolute(place, file.path) for file in list_files(con)}
    known |= {root / path for path in scheduled_files(con)}
    return [
        path
        for path in sorted(root.rglob("*.parquet"))
        if path not in known and path.stat().st_mtime < before.timestamp()
    ]


def remove_orphans(con: duckdb.DuckDBPyConnection, place: Place, *, before: datetime) -> None:
    """Remove the files that no snapshot knows and that were made before a moment. Hold a turn of the lease."""
    if place.is_remote:
        con.execute(f"call ducklake_delete_orphaned_files('{CATALOG}', older_than => $1)", [before])
    for orphan in find_orphans(con, place, before=before):
        orphan.unlink()


def scheduled_files(con: duckdb.DuckDBPyConnection, *, before: datetime | None = None) -> list[str]:
    """Return the files that no snapshot needs any more and that may go, below the data path; those since long."""
    rows = con.execute(
        f"select path from {METADATA}.ducklake_files_scheduled_for_deletion"
        " where $before is null or schedule_start::timestamptz < $before",
        {"before": before},
    ).fetchall()
    return [path for (path,) in rows]
