"""Keeps a warehouse quick and small: few files and snapshots, nothing that nobody can reach or whose time has ended.

A thousand small runs leave a thousand files a table, each of which a query must open. Look-up tables are not sorted: a
look-up brings thousands of hashes spread over the whole range, so that no row group could be passed by.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from copydesk.warehouse.attach import CATALOG, METADATA
from copydesk.warehouse.list_files import ORPHAN_AGE, list_files, remove_orphans, scheduled_files
from copydesk.warehouse.place import Place
from copydesk.warehouse.write_table import update_rows

SMALL_BYTES = 32 * 2**20
"""A file above this is left as it is: writing it again would cost more than opening it does."""

WORN_RATIO = 0.1
"""From this share of deleted rows on a file is written anew."""

LIGHT_BYTES = 128 * 2**20
"""Worn files of a table up to this are all written anew, however little worn: DuckLake joins none that lacks a row."""

DUE_FILES = 32
"""So many small files of one table make a warehouse due."""

WEAR = f"""
-- one row per table: whether all its worn files are little enough to be written anew, and how many files a join joins
with files as (
    select
        tables.table_name,
        files.file_size_bytes,
        coalesce(deletes.delete_count, 0) > 0 as is_worn,
        coalesce(deletes.delete_count, 0) >= {WORN_RATIO} * files.record_count as is_worn_out
    from {METADATA}.ducklake_data_file as files
    join {METADATA}.ducklake_table as tables on tables.table_id = files.table_id and tables.end_snapshot is null
    left join {METADATA}.ducklake_delete_file as deletes
        on deletes.data_file_id = files.data_file_id and deletes.end_snapshot is null
    where files.end_snapshot is null
),

tables as (
    select table_name, coalesce(sum(file_size_bytes) filter (is_worn), 0) <= {LIGHT_BYTES} as is_light
    from files
    group by table_name
)

select
    table_name,
    is_light,
    count(*) filter (file_size_bytes < {SMALL_BYTES} and (is_light or is_worn_out or not is_worn)) as joined_count
from files
join tables using (table_name)
group by table_name, is_light
order by table_name
"""

NEWEST_SNAPSHOTS = 100
"""So many snapshots stay, and of those before the last of each day: each query reads in the catalog what all hold."""

READER_AGE = timedelta(hours=1)
"""Files and snapshots that nobody needs stay so long for those who still read them."""


SLICE_BYTES = 64 * 2**20
"""Payloads that are held at a time: rows are written anew, whole."""


@dataclass(frozen=True, slots=True)
class LakeSize:
    """How a warehouse stands: files that are read, all files on the disk and their bytes, snapshots.

    In object storage the files are those that the catalog knows.
    """

    live_files: int
    disk_files: int
    disk_bytes: int
    snapshots: int


def is_due(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether a table is in so many small files that its readers feel it, and that joining makes fewer."""
    return any(joined >= DUE_FILES for _, _, joined in con.execute(WEAR).fetchall())


def maintain(con: duckdb.DuckDBPyConnection, place: Place, *, now: datetime, snapshot_age: timedelta) -> None:
    """Join small files, write worn ones anew, let old snapshots go, and remove the files that nobody can reach.

    Hold the lease. Readers go on: what they can still be reading stays for an hour. Each step is whole by itself.
    """
    join_files(con)
    expire_snapshots(con, now=now, before=now - snapshot_age)
    remove_files(con, place, now=now)


def join_files(con: duckdb.DuckDBPyConnection) -> None:
    """Write worn files anew, and join small ones; snapshots stay readable."""
    con.execute(f"call ducklake_rewrite_data_files('{CATALOG}', delete_threshold => {WORN_RATIO})")
    for table, is_light, joined in con.execute(WEAR).fetchall():
        if is_light and joined >= DUE_FILES:
            con.execute(f"call ducklake_rewrite_data_files('{CATALOG}', '{table}', delete_threshold => 0)")
    con.execute(f"call ducklake_merge_adjacent_files('{CATALOG}', max_file_size => {SMALL_BYTES})")


def expire_snapshots(
    con: duckdb.DuckDBPyConnection, *, now: datetime, before: datetime | None = None
) -> None:
    """Let go the snapshots from before a moment and, of those that are not among the newest, all but the last of a day.

    A transaction that reads a snapshot which is let go misses rows without a word: of the second kind only those go
    that another followed an hour ago. By their numbers: over an SQLite catalog DuckLake compares a moment's text with
    a `T` in it to one without, so that all of a day count as earlier.
    """
    rows = con.execute(
        "with snapshots as ("
        " select snapshot_id, snapshot_time::timestamptz as taken_at,"
        " row_number() over (order by snapshot_id desc) as place,"
        " lead(taken_at) over (order by snapshot_id) as followed_at,"
        " max(snapshot_id) over (partition by taken_at::date) as last_of_day"
        f" from {METADATA}.ducklake_snapshot)"
        " select snapshot_id from snapshots where place > 1 and (taken_at < $before"
        " or (place > $newest and snapshot_id < last_of_day and followed_at < $unread)) order by 1",
        {"before": before, "newest": NEWEST_SNAPSHOTS, "unread": now - READER_AGE},
    ).fetchall()
    if rows:
        listed = ", ".join(str(number) for (number,) in rows)
        con.execute(f"call ducklake_expire_snapshots('{CATALOG}', versions => [{listed}])")


def remove_files(con: duckdb.DuckDBPyConnection, place: Place, *, now: datetime) -> None:
    """Remove the files that no snapshot needs since an hour, and those that a run which died has left."""
    remove_orphans(con, place, before=now - ORPHAN_AGE)
    if place.is_remote:
        con.execute(
            f"call ducklake_cleanup_old_files('{CATALOG}', older_than => $before)",
            {"before": now - READER_AGE},
        )
        return
    old = scheduled_files(con, before=now - READER_AGE)
    for path in old:
        (Path(place.data_path) / path).unlink(missing_ok=True)
    con.execute(
        f"delete from {METADATA}.ducklake_files_scheduled_for_deletion"
        " where path in (select unnest($paths::varchar[]))",
        {"paths": old},
    )


def read_lake_size(con: duckdb.DuckDBPyConnection, place: Place) -> LakeSize:
    """Return how the warehouse stands."""
    live, snapshots = con.execute(
        f"select (select count(*) from {METADATA}.ducklake_data_file where end_snapshot is null),"
        f" (select count(*) from {METADATA}.ducklake_snapshot)"
    ).fetchall()[0]
    if place.is_remote:
        sizes = [file.size_bytes for file in list_files(con)]
    else:
        sizes = [file.stat().st_size for file in Path(place.data_path).rglob("*.parquet")]
    return LakeSize(live, len(sizes), sum(sizes), snapshots)


def expire_payloads(con: duckdb.DuckDBPyConnection, source_id: str, *, before: datetime) -> int:
    """Take out the payloads of a source that came before a moment; return how many.

    Hashes and sizes stay, and so does the article: it can no longer be read again by a replay. From the disk they go
    with the last snapshot that shows them. Refused documents keep theirs for another try.
    """
    due = con.execute(
        "select document_id, payload_bytes from documents where source_id = $source and fetched_at < $before"
        " and payload is not null and article_id is not null order by 1",
        {"source": source_id, "before": before},
    ).fetchall()
    part: list[str] = []
    size = 0
    for document_id, payload_bytes in [*due, (None, SLICE_BYTES)]:
        if part and size + payload_bytes > SLICE_BYTES:
            update_rows(
                con,
                "documents",
                "select unnest($ids::varchar[]) as document_id, null::blob as payload",
                {"ids": part},
            )
            part, size = [], 0
        part.append(document_id)
        size += payload_bytes
    if due:
        con.execute(f"call ducklake_rewrite_data_files('{CATALOG}', 'documents', delete_threshold => 0)")
    return len(due)


def find_expired(con: duckdb.DuckDBPyConnection, source_id: str, *, before: datetime) -> list[str]:
    """Return the articles of a source that were last seen before a moment, sorted."""
    rows = con.execute(
        "select article_id from articles where source_id = $source and last_seen_at < $before order by 1",
        {"source": source_id, "before": before},
    ).fetchall()
    return [article_id for (article_id,) in rows]
