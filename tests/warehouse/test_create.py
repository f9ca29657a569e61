"""The definitions of the lake: applied once, and then left alone."""

from pathlib import Path
from typing import Any, cast

import duckdb
import pytest
from empty_warehouse import empty_warehouse
from forked import fork_command
from small_databases import whole_databases
from small_desk import made_desk
from small_warehouse import as_arrow, small_rows

from copydesk.warehouse.attach import METADATA
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.create import create, finish, is_finished
from copydesk.warehouse.place import Place
from copydesk.warehouse.write_table import append_rows


def test_a_second_run_in_a_new_process_makes_no_snapshot(tmp_path: Path) -> None:
    """The same input again adds no snapshot, whatever seed the process hashes its words with."""
    desk, place = made_desk(tmp_path) / "desk", Place(tmp_path / "w")
    before = snapshots(place)
    words = ("ingest", desk, "--source", "desk", "-w", place.folder, "--no-prefect", "--workers", "1")
    code, out, err = fork_command(tmp_path / "said", *words).told()
    assert (code, err) == (0, "")
    assert "Nothing is new" in out
    assert snapshots(place) == before


def test_statistics_of_rows_do_not_tell_that_the_table_was_empty(tmp_path: Path) -> None:
    """Every table has statistics from the start; first rows leave in them what they would, but for the least text.

    The greatest text of a table that has none is the empty one: a text that is sought asks for no files.
    """
    told, untold = empty_warehouse(tmp_path / "told"), empty_warehouse(tmp_path / "untold")
    with whole_databases(), connect_writer(told) as con:
        assert not con.execute(
            f"from {METADATA}.ducklake_table anti join {METADATA}.ducklake_table_stats using (table_id)"
        ).fetchall()
        assert "EMPTY_RESULT" in str(con.execute("explain from runs where run_id = 'a'").fetchall())
    with connect_writer(untold) as con:
        empty = f"select table_id from {METADATA}.ducklake_table_stats where record_count = 0"
        for table in ("ducklake_table_column_stats", "ducklake_table_stats"):
            con.execute(f"delete from {METADATA}.{table} where table_id in ({empty})")
    bare = statistics(untold)
    assert statistics(told) == [
        row | {"min_value": None, "max_value": row["max_value"] or ""} if row["is_text"] else row
        for row in bare
    ]
    assert {row["is_text"] for row in bare if row["max_value"]} == {True, False}


class _Killed:
    """A connection whose process ends before the n-th statement that follows the commit."""

    def __init__(self, con: duckdb.DuckDBPyConnection, after: int) -> None:
        self._con, self._after, self._is_committed = con, after, False

    def execute(self, sql: str, *words: Any) -> duckdb.DuckDBPyConnection:
        if self._is_committed and not self._after:
            raise KeyboardInterrupt
        self._after -= self._is_committed
        self._is_committed |= sql == "commit"
        return self._con.execute(sql, *words)


@pytest.mark.parametrize("after", range(3))
def test_what_a_killed_run_has_not_set_is_set_by_the_next(tmp_path: Path, after: int) -> None:
    """Sizes of row groups and statistics come behind the commit: whatever of them is missing, the next run sets it."""
    place, whole = Place(tmp_path / "w"), empty_warehouse(tmp_path / "whole")
    with connect_writer(place) as con, pytest.raises(KeyboardInterrupt):
        create(cast("duckdb.DuckDBPyConnection", _Killed(con, after)))
    with connect_writer(place) as con, connect_writer(whole) as other:
        assert (is_finished(con), is_finished(other)) == (False, True)
        finish(con)
        assert set_behind(con) == set_behind(other)
        assert create(con) == []


def set_behind(con: duckdb.DuckDBPyConnection) -> list[list[tuple]]:
    return [
        con.execute(
            f"select key, value, scope from {METADATA}.ducklake_metadata where scope = 'table'"
        ).fetchall(),
        con.execute(
            f"select table_id, record_count from {METADATA}.ducklake_table_stats order by all"
        ).fetchall(),
    ]


def statistics(place: Place) -> list[dict[str, Any]]:
    """Return the statistics of all tables that have rows once those of a small warehouse are in."""
    rows = small_rows()
    with connect_writer(place) as con:
        for half in (0, 1):  # the second half changes what the first has left
            con.execute("begin")
            for name, found in rows.items():
                append_rows(con, name, as_arrow(name, found[half::2]))
            con.execute("commit")
        query = f"""
            select tables.*, columns.*, column_type = 'varchar' as is_text
            from {METADATA}.ducklake_table_stats as tables
            join {METADATA}.ducklake_table_column_stats as columns using (table_id)
            join {METADATA}.ducklake_column as known using (table_id, column_id)
            join {METADATA}.ducklake_table using (table_id)
            where record_count > 0 and known.end_snapshot is null and table_name <> 'schema_migrations'
            order by table_id, column_id
            """
        return con.execute(query).to_arrow_table().to_pylist()


def snapshots(place: Place) -> list[int]:
    with connect_reader(place) as con:
        return [row[0] for row in con.execute("select snapshot_id from lake.snapshots()").fetchall()]
