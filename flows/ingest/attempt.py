"""What every command that writes into a warehouse does around its work: log, ledger, mending, the writer."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import duckdb

from copydesk.flows.ingest.stopwatch import Stopwatch
from copydesk.flows.log import log, log_fields, set_up_log
from copydesk.flows.metrics import write_metrics
from copydesk.flows.migration_functions import MIGRATION_FUNCTIONS
from copydesk.flows.settings import Settings
from copydesk.transforms.redact import redact
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create, finish, is_finished, is_of_today
from copydesk.warehouse.damage import DamagedWarehouseError, refuse_lost_catalog
from copydesk.warehouse.lease import Lease
from copydesk.warehouse.ledger import Attempt, begin_attempt, keep_attempt, mark_committed
from copydesk.warehouse.place import Place
from copydesk.warehouse.profile import Profile
from copydesk.warehouse.read_schema_form import told_migrations
from copydesk.warehouse.repair_side_files import repair_side_files
from copydesk.warehouse.seal_files import begin_seals
from copydesk.warehouse.takedown.erase import erase, erase_here, is_erasing


@contextmanager
def telling(settings: Settings) -> Iterator[None]:
    """Have the log that the settings ask for, and the metrics in their file once it is over, however it ends."""
    set_up_log(settings.log)
    try:
        yield
    finally:
        try:
            write_metrics(settings)
        except (OSError, duckdb.Error) as error:
            log("metrics are not written", level=logging.WARNING, cause=str(error))


@contextmanager
def attempt(place: Place, *, flow: str, now: datetime) -> Iterator[Attempt]:
    """Name a run, and write down why it broke off where any part of it fails. Begin it by `begin_attempt`."""
    run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    with log_fields(run_id=run_id, flow=flow):
        log("run begins")
        begun = Attempt(run_id, flow, now.isoformat(), None, "running", {})
        with _written_down(place, begun):
            yield begun


@contextmanager
def _written_down(place: Place, begun: Attempt) -> Iterator[None]:
    """Write down why a run broke off, unless a part of the warehouse is lost: then the folder stays as it is."""
    try:
        yield
    except BaseException as error:
        cause = redact(f"{type(error).__name__}: {error}")
        state = "stopped" if isinstance(error, KeyboardInterrupt) else "failed"
        log(f"run {state}", level=logging.ERROR, cause=cause)
        if not isinstance(error, DamagedWarehouseError):
            ended = datetime.now(UTC).isoformat()
            keep_attempt(place, replace(begun, finished_at=ended, state=state, summary={"error": cause}))
        raise


def mend_folder(place: Place, held: Lease) -> tuple[str, ...]:
    """Set damaged files of the folder aside and end a takedown that broke off; return what was done, in sentences."""
    refuse_lost_catalog(place)
    notes = repair_side_files(place)
    if is_erasing(place):
        with held.turn():
            has_begun = erase(place)
        notes += (
            "a takedown that broke off has left the disk now"
            if has_begun
            else "a takedown was killed before it took anything down: give `copydesk forget` again",
        )
    return notes


@contextmanager
def open_writer(
    settings: Settings, held: Lease, watch: Stopwatch, begun: Attempt
) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]]:
    """Open the warehouse for writing, in the form of today; tell what that took.

    That a run begins is written down once its catalog is open, and not where that is lost.

    DuckDB's errors name the catalog with its password: they leave without it.
    """
    place = settings.place
    try:
        is_ready = bool(place.catalog) and is_of_today(place)
        with nullcontext() if is_ready else held.turn():
            con = connect_writer(place, memory_limit=settings.database_memory)
            is_after_fall = begin_attempt(place, begun, held=held)
            begin_seals(con, place)
            told = told_migrations(create(con, functions=MIGRATION_FUNCTIONS))
        if is_after_fall:
            if not is_finished(con):
                with held.turn():
                    finish(con)
            mark_committed(place, con)
        erase_here(con, place)
    except duckdb.Error as error:
        raise type(error)(redact(str(error))) from None
    try:
        yield cast("duckdb.DuckDBPyConnection", Profile(con, watch.step)) if settings.profile else con, told
    finally:
        with suppress(duckdb.Error):  # what broke a database that can't be closed well is on its way
            con.close()
