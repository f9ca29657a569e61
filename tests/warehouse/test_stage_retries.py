"""Which documents in quarantine are tried again and when, and what makes a place that could not be read good again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from empty_warehouse import empty_warehouse

from copydesk.schemas.reasons import MACHINE_FAULTS
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.read_quarantine import choose_asked, choose_due
from copydesk.warehouse.write_table import append_rows

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "https://gull.example/pier"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse, open to write."""
    with connect_writer(empty_warehouse(tmp_path_factory.mktemp("retries"))) as con:
        yield con


@pytest.fixture
def lake(opened: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same, empty again for each test."""
    opened.begin()
    yield opened
    opened.rollback()


def append(con: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    schema = pa.schema([field for field in TABLES[table].schema if field.name in row])
    append_rows(con, table, pa.Table.from_pylist([row], schema=schema))


def add_document(con: duckdb.DuckDBPyConnection, name: str, *, minutes: int = 0, **more: object) -> None:
    """A document of the desk that was read so many minutes after noon."""
    row = {
        "document_id": name,
        "source_id": "desk",
        "origin": "ferry.txt",
        "fetched_at": NOON + timedelta(minutes=minutes),
        "media_type": "text/plain",
        "payload": b"The ferry sails again.",
        "payload_bytes": 22,
        "outcome": "quarantined",
        "run_id": "run-0",
    }
    append(con, "documents", row | more)


def refuse(con: duckdb.DuckDBPyConnection, *reasons: str, step: str = "clean", **more: object) -> None:
    """Refuse `ferry` once a run for these reasons, the last time at noon."""
    for run, reason in enumerate(reasons, start=1 - len(reasons)):
        row = {
            "document_id": "ferry",
            "step": step,
            "run_id": f"run{run}",
            "source_id": "desk",
            "origin": "ferry.txt",
            "reason": reason,
            "detail": "",
            "quarantined_at": NOON + timedelta(hours=run),
        }
        append(con, "quarantine", row | more)


def standing(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [state for (state,) in con.execute("select state from documents_in_quarantine").fetchall()]


@pytest.mark.parametrize(
    ("reasons", "minutes", "state", "is_due"),
    [
        *(pytest.param([fault], 0, "waits", True, id=f"{fault}, once") for fault in sorted(MACHINE_FAULTS)),
        pytest.param(["crashed"] * 2, 14, "waits", False, id="twice, 14 minutes ago"),
        pytest.param(["crashed"] * 2, 15, "waits", True, id="twice, 15 minutes ago"),
        pytest.param(["timeout", "crashed", "crashed"], 10_000, "final", False, id="three times"),
        pytest.param(["no_body", "crashed", "crashed"], 15, "waits", True, id="once by its own fault"),
        pytest.param(["crashed", "no_body"], 10_000, "refused", False, id="by its own fault at last"),
    ],
)
def test_what_the_machine_failed_is_tried_three_times(
    lake: duckdb.DuckDBPyConnection, reasons: list[str], minutes: int, state: str, *, is_due: bool
) -> None:
    """At once, then a quarter of an hour after the second failure, then no more; a document's own fault never."""
    add_document(lake, "ferry")
    refuse(lake, *reasons)
    assert standing(lake) == [state]
    planned = lake.execute("select next_try_at is not null from documents_in_quarantine").fetchall()
    assert planned == [(state == "waits",)]
    assert choose_due(lake, now=NOON + timedelta(minutes=minutes)) == int(is_due)
    assert choose_asked(lake, reason=reasons[-1], source="desk") == (1, 0)
    assert choose_asked(lake, reason=reasons[-1], source="other") == (0, 0)


@pytest.mark.parametrize("step", ["read", "fetch"])
def test_what_was_never_read_cannot_be_tried_again(lake: duckdb.DuckDBPyConnection, step: str) -> None:
    """Not even where the machine is at fault: only its source can bring it again, and who asks is told of it."""
    add_document(lake, "ferry")
    refuse(lake, "timeout", step=step)
    assert choose_due(lake, now=NOON + timedelta(days=1)) == 0
    assert choose_asked(lake, reason=None, source=None) == (0, 1)


@pytest.mark.parametrize(
    ("refused", "brought", "is_mended"),
    [
        pytest.param({"line": 2}, {"line": 2}, True, id="the line"),
        pytest.param({"line": 2}, {"line": 3}, False, id="another line"),
        pytest.param({}, {"line": 3}, True, id="any line of a file"),
        pytest.param({}, {"minutes": 0}, False, id="before it was refused"),
        pytest.param({}, {"outcome": "quarantined"}, False, id="another refused document"),
        pytest.param({}, {"origin": "lamp.txt"}, False, id="another place"),
        pytest.param({}, {"source_id": "wire"}, False, id="another source"),
        pytest.param({"step": "clean"}, {}, False, id="of a document that was read"),
    ],
)
def test_a_place_is_mended_by_something_good(
    lake: duckdb.DuckDBPyConnection, refused: dict[str, Any], brought: dict[str, Any], *, is_mended: bool
) -> None:
    """What could not be read stands until a later document of its very place is none of the refused."""
    add_document(lake, "ferry", line=refused.get("line"))
    refuse(lake, "unreadable", **{"step": "read"} | refused)
    add_document(lake, "later", **{"minutes": 1, "outcome": "new"} | brought)
    assert standing(lake) == ([] if is_mended else ["refused"])


@pytest.mark.parametrize(
    ("outcome", "minutes", "is_mended"),
    [("stored", 1, True), ("unchanged", 1, True), ("failed", 1, False), ("stored", 0, False)],
)
def test_an_address_is_mended_by_an_answer(
    lake: duckdb.DuckDBPyConnection, outcome: str, minutes: int, *, is_mended: bool
) -> None:
    """What could not be fetched stands until its address has answered later, be it that nothing has changed."""
    add_document(lake, "ferry", origin=PAGE, url=PAGE)
    refuse(lake, "not_connected", step="fetch", origin=PAGE)
    state = {
        "source_id": "desk",
        "url": PAGE,
        "role": "page",
        "outcome": outcome,
        "first_seen_at": NOON,
        "fetched_at": NOON + timedelta(minutes=minutes),
        "has_trusted_validators": True,
        "fetch_count": 1,
        "not_modified_count": 0,
        "failure_count": 0,
        "run_id": "run-0",
    }
    append(lake, "url_states", state)
    assert standing(lake) == ([] if is_mended else ["refused"])
