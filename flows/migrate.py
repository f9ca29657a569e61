"""Brings a warehouse to the form of today: its definitions, then what they have left to be settled again."""

from datetime import UTC, datetime

from flows.ingest.run import finish_run, open_run
from flows.migration_functions import MIGRATION_FUNCTIONS
from flows.replay import replay_marked
from flows.settings import Settings
from warehouse.connect import connect_reader
from warehouse.migrate import migrate as apply
from warehouse.read_migrations import Migration
from warehouse.replay.stage import count_marked


def migrate(settings: Settings) -> tuple[list[Migration], tuple[str, ...]]:
    """Apply the migrations that a warehouse lacks; return them, and notes on what was settled again.

    Raises NoWarehouseError where there is none and LeaseHeldError while another run writes.
    """
    taken = apply(settings.place, wait_seconds=settings.wait_seconds, functions=MIGRATION_FUNCTIONS)
    with connect_reader(settings.place) as con:
        if not count_marked(con):
            return taken, ()
    with open_run(
        settings, flow="migrate", now=datetime.now(UTC), progress=lambda _step, _count: None
    ) as run:
        notes = replay_marked(run)
        finish_run(run, state="done", summary={"notes": list(notes)})
    return taken, notes
