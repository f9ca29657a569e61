"""Several machines, one warehouse: what they load at once, and while they are killed, is what one would have loaded."""

import random
from pathlib import Path

import duckdb
import pytest
from empty_warehouse import shared_catalog
from logical_rows import facts_of
from postgres_server import Server
from small_desk import write_desk
from two_homes import load_with_kills, two_homes

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.attach import NoWarehouseError
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.lease import LeaseHeldError, LeaseLostError, lease, open_lease
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place


@pytest.mark.slow
def test_two_machines_that_load_at_once_make_the_tables_of_one(tmp_path: Path, postgres: Server) -> None:
    """The same and different sources, first loaded at once, each machine killed once: tables and ledger of one run."""
    load_with_kills(
        two_homes(tmp_path),
        name="loaded",
        catalog=postgres.create("loaded"),
        chance=random.Random(14),
        kills=1,
    )


def test_a_turn_is_one_machines(tmp_path: Path, postgres: Server) -> None:
    """While one writes another is told who does; a folder has one run, and turns of it hold each other up in none."""
    catalog = postgres.create("turns")
    first, second = Place(tmp_path / "first", catalog), Place(tmp_path / "second", catalog)
    with open_lease(first) as held, open_lease(second, wait_seconds=0) as other:
        with pytest.raises(LeaseHeldError, match="first; wait for it"), lease(first):
            pass
        with (
            held.turn(),
            held.turn(),
            pytest.raises(LeaseHeldError, match="is writing to this catalog"),
            other.turn(),
        ):
            pass
        with other.turn():
            held.show_alive("a run")
            assert other.is_alive("a run")
    with open_lease(second) as other:
        assert not other.is_alive("a run")


def test_a_home_must_know_where_the_files_are(tmp_path: Path, postgres: Server) -> None:
    """A machine that looks for the files elsewhere than the catalog has them is told where they are, and writes none."""
    second = Place(tmp_path / "second", shared_catalog(postgres, "elsewhere", tmp_path / "files"))
    for connect in (connect_writer, connect_reader):
        with pytest.raises(NoWarehouseError, match="set COPYDESK_FILES"):
            connect(second)


def test_a_turn_that_was_lost_commits_nothing(tmp_path: Path, postgres: Server) -> None:
    """Once the server has closed the connection of a turn another may write: who had it is told so before a commit."""
    place = Place(tmp_path / "home", postgres.create("lost"))
    with open_lease(place) as held:
        with held.turn():
            held.assure()
            postgres.restart()
            with pytest.raises(LeaseLostError):
                held.assure()
        with held.turn():
            held.assure()


def test_a_server_that_restarts_leaves_no_half(tmp_path: Path, postgres: Server) -> None:
    """While a run fetches and refines it may restart; while it settles the run fails cleanly, and the next goes on."""
    desk = write_desk(tmp_path / "desk")
    team = Settings(
        warehouse=tmp_path / "home",
        catalog=shared_catalog(postgres, "restarted", tmp_path / "files"),
        files=str(tmp_path / "files"),
        workers=1,
    )
    left = ["site memory", "refine"]

    def restart(name: str, _count: int) -> None:
        if name == left[-1]:
            left.pop()
            postgres.restart()

    with pytest.raises(duckdb.Error):
        ingest([desk], settings=team, source="desk", progress=restart)
    assert not left
    assert not any(facts_of(team.place).values())
    assert list_attempts(team.place)[0].state == "failed"
    assert ingest([desk], settings=team, source="desk").new_count == 3
    assert len(facts_of(team.place)["documents"]) == 3
