"""Starts at once are one run after the other, or one run and others that say why they don't."""

from pathlib import Path

import pytest
from forked import Told, fork_command
from small_desk import made_desk

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place

STARTS = 3
OF_THE_MOMENT = {"run_id", "event_id"}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk and the warehouse that one run makes of it."""
    root = tmp_path_factory.mktemp("once")
    made_desk(root)
    return root


def start_all(desk: Path, warehouse: Path, *, waiting: int = 0) -> list[Told]:
    """Start three runs at the same time, the first of them ready to wait; return what each told."""
    words = ("ingest", desk, "--source", "desk", "--no-prefect", "--workers", "1", "-w", warehouse)
    runs = [
        fork_command(
            warehouse.parent / f"said-{number}", *words, *(["--wait", "3600"] if number < waiting else [])
        )
        for number in range(STARTS)
    ]
    return [run.told() for run in runs]


def rows_of(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """Return the key of every row of every table, without what differs between two runs of one input."""
    with connect_reader(place) as con:
        return {
            name: con.execute(
                f"select {', '.join([*sorted({*table.key} - OF_THE_MOMENT), '1'])} from {name} order by all"
            ).fetchall()
            for name, table in TABLES.items()
        }


@pytest.mark.slow
def test_three_starts_at_once(once: Path, tmp_path: Path) -> None:
    """In an empty folder, and then in its warehouse, one runs; others wait where told to, or say why not in one line.

    The tables are those of a single run, and no attempt is left open.
    """
    place = Place(tmp_path / "w")
    for waiting in (0, 1):
        told = start_all(once / "desk", place.folder, waiting=waiting)
        assert {code for code, _, _ in told} <= {0, 1}
        assert any(code == 0 for code, _, _ in told)
        assert {code for code, _, _ in told[:waiting]} <= {0}
        for code, out, err in told:
            assert "Traceback" not in err
            assert code == 0 or (out == "" and err.count("\n") == 1 and "is writing to" in err), err
        assert rows_of(place) == rows_of(Place(once / "w"))
    assert {attempt.state for attempt in list_attempts(place)} == {"done", "nothing_new"}
