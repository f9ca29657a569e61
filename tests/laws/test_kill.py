"""Atomic: kill -9 at any moment, run again, and the tables are those of a run that was never interrupted."""

import os
import random
import signal
from pathlib import Path

import pytest
from empty_warehouse import empty_warehouse
from forked import fork_ingest
from logical_rows import tables_of

from copydesk.warehouse.attach import NoWarehouseError
from copydesk.warehouse.connect import connect_any_form
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place

ARTICLES = 10
MOMENTS = int(os.environ.get("COPYDESK_KILLS", "7"))
MAKING, CALLS = 545, 280
"""About as many calls as it takes to make a warehouse, and as a run has in one."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles, copies among them."""
    folder = tmp_path_factory.mktemp("desk")
    for number in range(ARTICLES):
        copy_of = number - number % 5 if number % 5 == 4 else number
        text = "\n\n".join(
            f"Sentence {line} of piece {copy_of} tells of {copy_of * 37 + line} barrels in the harbour shed."
            for line in range(12)
        )
        (folder / f"{number:02}.txt").write_text(f"Barrels counted, part {number}\n\n{text}\n\nShare this:\n")
    return folder


@pytest.mark.slow
def test_killed_anywhere_then_run_again_is_never_interrupted(tmp_path: Path, folder: Path) -> None:
    """A run killed at 7 random calls (COPYDESK_KILLS) leaves no half run to a reader, and the next one completes it.

    One dies as it makes its warehouse. A run with fewer calls left ends that warehouse's trial: it must be whole, and
    the next begins afresh.
    """
    whole = Place((tmp_path / "whole").resolve())
    said = tmp_path / "said"
    assert fork_ingest(said, [folder], warehouse=whole.folder).wait() == 0
    wanted = tables_of(whole)
    chance = random.Random(20260301)
    killed = trial = 0
    while killed < MOMENTS:
        place = Place((tmp_path / f"torn-{trial}").resolve())
        if trial and not place.folder.exists():
            empty_warehouse(place.folder)
        at = chance.randint(1, CALLS if trial else MAKING)
        code = fork_ingest(said, [folder], warehouse=place.folder, at=at).wait()
        if code == -signal.SIGKILL:
            killed += 1
            trial = max(1, trial)
            if place.is_created:
                check_whole_or_empty(place, wanted)
        else:
            assert code == 0
            assert tables_of(place) == wanted
            trial += 1
    for left in (Place((tmp_path / "torn-0").resolve()), place):
        assert fork_ingest(said, [folder], warehouse=left.folder).wait() == 0
        assert tables_of(left) == wanted
        assert not left.staging.exists()
        states = {attempt.state for attempt in list_attempts(left, limit=99)}
        assert states <= {"interrupted", "done", "nothing_new"}


def check_whole_or_empty(place: Place, wanted: dict[str, list[str]]) -> None:
    """A reader sees a run whole or not at all, over all tables; before the first tables there is no warehouse."""
    try:
        with connect_any_form(place) as con:
            if not con.execute("select 1 from duckdb_tables() where table_name = 'revisions'").fetchall():
                return
    except NoWarehouseError:
        return
    seen = tables_of(place)
    assert not any(seen.values()) or seen == wanted
