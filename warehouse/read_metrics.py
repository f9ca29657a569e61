"""Reads what a monitor asks of a warehouse: from the tables, the ledger, and the disk."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from copydesk.warehouse.ask_servers import is_passing
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.ledger import count_attempts, list_attempts, list_untold
from copydesk.warehouse.maintain import read_lake_size
from copydesk.warehouse.place import Place


@dataclass(frozen=True, slots=True)
class Metric:
    """A gauge or counter: its name without the prefix, one sentence, and a value by its labels."""

    name: str
    sentence: str
    labels: tuple[str, ...] = ()
    values: dict[tuple[str, ...], float] = field(default_factory=dict)
    is_counter: bool = False


def read_metrics(place: Place, *, now: datetime) -> list[Metric]:
    """Return the metrics of a warehouse, or that its servers do not answer. Raises NoWarehouseError for none."""
    try:
        with connect_reader(place) as con:
            return [_of_servers(answers=1), *_of_tables(con, now), *_of_ledger(place), *_of_disk(con, place)]
    except duckdb.Error as error:
        if not is_passing(error):
            raise
        return [_of_servers(answers=0), _untold(place)]


def _of_servers(*, answers: int) -> Metric:
    return Metric("servers_answer", "Whether the servers of the warehouse answer.", (), {(): answers})


def _untold(place: Place) -> Metric:
    counts = Counter[tuple[str, ...]]((each.flow, each.state) for each in list_untold(place))
    sentence = "Runs of this machine that the server of the catalog could not be told of."
    return Metric("untold_runs", sentence, ("flow", "state"), {**counts})


OF_SOURCES = "from sources where is_enabled order by 1"
TABLES = (
    ("documents", "Documents in the warehouse, by what became of them.", "outcome",
     "select outcome, count(*) from documents group by 1 order by 1"),
    ("quarantined_documents", "Documents that stand in quarantine.", "reason",
     "select reason, count(*) from documents_in_quarantine group by 1 order by 1"),
    ("source_last_success_timestamp_seconds", "When the listing of a source was last read.", "source",
     f"select source_id, epoch(last_success_at) {OF_SOURCES}"),
    ("source_last_new_article_timestamp_seconds", "When a source last brought something unknown.", "source",
     f"select source_id, epoch(last_new_article_at) {OF_SOURCES}"),
    ("source_failures_in_row", "Failed runs of a source since its last success.", "source",
     f"select source_id, failures_in_row_count {OF_SOURCES}"),
    ("source_age_seconds", "How long ago a source last brought something unknown, at the time of writing.", "source",
     f"select source_id, epoch($now::timestamptz) - epoch(last_new_article_at) {OF_SOURCES}"),
)  # fmt: skip
"""A metric that is asked of the tables: its name, its sentence, its label, the query for label and value."""


def _of_tables(con: duckdb.DuckDBPyConnection, now: datetime) -> Iterator[Metric]:
    for name, sentence, label, query in TABLES:
        rows = con.execute(query, {"now": now} if "$now" in query else {}).fetchall()
        values: dict[tuple[str, ...], float] = {(said,): value for said, value in rows if value is not None}
        yield Metric(name, sentence, (label,), values)


def _of_ledger(place: Place) -> Iterator[Metric]:
    yield Metric(
        "runs",
        "Runs, by flow and how they ended.",
        ("flow", "state"),
        {(flow, state): count for flow, state, count, _ in count_attempts(place)},
        is_counter=True,
    )
    yield Metric(
        "last_run_timestamp_seconds",
        "When a flow last ended so.",
        ("flow", "state"),
        {
            (flow, state): datetime.fromisoformat(ended).timestamp()
            for flow, state, _, ended in count_attempts(place)
            if ended
        },
    )
    latest = next((each for each in list_attempts(place, limit=20) if each.summary.get("steps")), None)
    yield Metric(
        "last_run_step_seconds",
        "Seconds of each step in the latest run that had any.",
        ("flow", "step"),
        {(latest.flow, step): seconds for step, seconds in latest.summary["steps"].items()} if latest else {},
    )


def _of_disk(con: duckdb.DuckDBPyConnection, place: Place) -> Iterator[Metric]:
    stand = read_lake_size(con, place)
    parts = {
        "tables": float(stand.disk_bytes),
        "staging": _size(place.staging),
        **{
            name: float(file.stat().st_size) if file.is_file() else 0.0
            for name, file in (
                ("catalog", place.sqlite), ("search", place.search_index), ("ledger", place.ledger)
            )
        },
    }  # fmt: skip
    sizes: dict[tuple[str, ...], float] = {(name,): size for name, size in parts.items()}
    yield Metric("warehouse_bytes", "Bytes by part; of those on servers the tables alone.", ("part",), sizes)
    yield Metric("table_files", "Files that a reader of all tables opens.", (), {(): stand.live_files})
    yield Metric("snapshots", "Snapshots that can be read.", (), {(): stand.snapshots})


def _size(folder: Path) -> float:
    return float(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()))
