"""Writes what happened to groups of copies and to stories."""

from datetime import datetime

import duckdb
import pyarrow as pa

from copydesk.transforms.identify import digest
from copydesk.warehouse.write_table import append_rows, count_events


def write_events(
    con: duckdb.DuckDBPyConnection, table: str, events: pa.Table, *, now: datetime, run_id: str
) -> None:
    """Write events, named by their number in the run: the same may happen to a group in several of its portions."""
    if not events.num_rows:
        return
    earlier = count_events(con, table, run_id)
    ids = [digest(run_id, str(number)) for number in range(earlier, earlier + events.num_rows)]
    named = events.append_column("event_id", pa.array(ids, pa.string()))
    append_rows(con, table, named, {"happened_at": now, "run_id": run_id})
