"""Five starts at once are one run after the other, or one run and four that say why they don't."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_desk import ingest_desk, write_desk

from schemas.tables import TABLES
from warehouse.connect import connect_reader
from warehouse.ledger import list_attempts
from warehouse.place import Place

STARTS = 5
MOMENTARY = {
    "run_id",
    "started_at",
    "finished_at",
    "steps",
    "fetched_at",
    "first_seen_at",
    "last_seen_at",
    "joined_at",
    "settled_at",
    "decided_at",
    "event_id",
    "happened_at",
    "last_attempt_at",
    "last_success_at",
    "last_new_article_at",
    "watermark_at",
    "updated_at",
}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk and the warehouse that one run makes of it."""
    root = tmp_path_factory.mktemp("once")
    ingest_desk(write_desk(root / "desk"), root / "w")
    return root


def start_five(desk: Path, warehouse: Path, *options: str) -> list[tuple[int, str, str]]:
    """Start five runs at the same time; return code, output and errors of each."""
    command = [
        sys.executable,
        "-m",
        "flows.cli.main",
        "ingest",
        str(desk),
        "--source",
        "desk",
        "--no-prefect",
    ]
    words = [*command, "--workers", "1", "-w", str(warehouse), *options]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    runs = [
        subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=desk
        )
        for _ in range(STARTS)
    ]
    return [(run.returncode, *texts) for run, texts in [(run, run.communicate()) for run in runs]]


def rows_of(place: Place) -> dict[str, list[str]]:
    with connect_reader(place) as con:
        return {
            name: sorted(
                str([value for key, value in row.items() if key not in MOMENTARY])
                for row in con.execute(f"select * from {name}").to_arrow_table().to_pylist()
            )
            for name in TABLES
            if name != "check_results"
        }


@pytest.mark.slow
def test_five_starts_at_once(once: Path, tmp_path: Path) -> None:
    """In an empty folder one runs and the others say so in a line; in a warehouse those told to wait find nothing new.

    The tables are those of a single run, and no attempt is left open.
    """
    place = Place(tmp_path / "w")
    told = start_five(once / "desk", place.folder)
    assert {code for code, _, _ in told} <= {0, 1}
    assert any(code == 0 for code, _, _ in told)
    for code, out, err in told:
        assert "Traceback" not in err
        assert code == 0 or (out == "" and err.count("\n") == 1 and "is writing to" in err), err
    assert rows_of(place) == rows_of(Place(once / "w"))
    told = start_five(once / "desk", place.folder, "--wait", "3600")
    assert [(code, "Nothing is new" in out) for code, out, _ in told] == [(0, True)] * STARTS, told
    assert rows_of(place) == rows_of(Place(once / "w"))
    assert {attempt.state for attempt in list_attempts(place)} == {"done", "nothing_new"}
