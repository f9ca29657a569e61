"""Keeps what the checks found, by run, so that trends can be queried."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

import duckdb
import pyarrow as pa

from copydesk.schemas.table import conform
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.damage import DamagedWarehouseError
from copydesk.warehouse.in_transaction import in_transaction
from copydesk.warehouse.judge_query import first_line
from copydesk.warehouse.lease import LeaseHeldError, lease
from copydesk.warehouse.place import Place
from copydesk.warehouse.register_tables import register_tables
from copydesk.warehouse.run_check import UNREADABLE, CheckResult
from copydesk.warehouse.seal_files import begin_seals, seal_files
from copydesk.warehouse.write_table import append_rows, delete_rows

TURN_SECONDS = 60
"""How long results wait for another machine to end its turn; a build should not wait for long."""


def store_results(place: Place, results: Iterable[CheckResult], *, now: datetime) -> str | None:
    """Write the results beside the latest run; return why not, where they were not written.

    The same outcome again writes nothing, so that a check that is repeated makes no snapshots. Of the files only
    those that it writes itself are sealed.
    """
    try:
        with lease(place, wait_seconds=TURN_SECONDS if place.catalog else 0), connect_writer(place) as con:
            run = con.execute("select run_id from runs order by started_at desc limit 1").fetchone()
            if run is None:
                return "results not stored: the warehouse has no run yet"
            begin_seals(con, place)
            _store(con, _rows(run[0], results, now))
            seal_files(con, place)
            return None
    except (*UNREADABLE, sqlite3.Error, LeaseHeldError, DamagedWarehouseError) as error:
        return f"results not stored: {first_line(error)}"


def _rows(run_id: str, results: Iterable[CheckResult], now: datetime) -> pa.Table:
    rows = [
        {
            "run_id": run_id,
            "check_name": result.name,
            "checked_at": now,
            "severity": result.severity,
            "is_passed": result.is_passed,
            "offenders_count": result.offenders_count,
            "check_seconds": result.seconds,
        }
        for result in results
    ]
    table = TABLES["check_results"]
    return conform(pa.Table.from_pylist(rows, schema=table.schema), table)


def _store(con: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    fresh = "select run_id, check_name, severity, is_passed, offenders_count from made"
    stored = fresh.replace("from made", "from check_results where run_id in (select run_id from made)")
    with register_tables(con, made=rows):
        if not con.execute(
            f"({fresh} except {stored}) union all ({stored} except {fresh}) limit 1"
        ).fetchall():
            return
        with in_transaction(con):
            delete_rows(con, "check_results", "run_id in (select run_id from made)")
            append_rows(con, "check_results", rows)
