"""An open run: the lease, the writer, the staging folder, the workers and the rules, under one name."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import duckdb

from copydesk.flows.await_servers import await_servers
from copydesk.flows.ingest.attempt import attempt, mend_folder, open_writer, telling
from copydesk.flows.ingest.stopwatch import Stopwatch
from copydesk.flows.load_rules import load_rules, packaged_version
from copydesk.flows.log import log
from copydesk.flows.memory import map_large_arrays, release_memory
from copydesk.flows.metrics import foretell_metrics
from copydesk.flows.settings import Settings
from copydesk.flows.stopping import gently, stop_here, waiting
from copydesk.flows.thresholds_version import refining_versions, version_name
from copydesk.flows.workers.open_workers import Workers, open_workers
from copydesk.flows.workers.refine_task import init_worker
from copydesk.schemas.tables import TABLES
from copydesk.schemas.user_error import UserError
from copydesk.transforms.rules.records import RuleSet
from copydesk.warehouse.connect import transaction
from copydesk.warehouse.lease import Lease, LeaseHeldError, open_lease
from copydesk.warehouse.ledger import end_attempt
from copydesk.warehouse.maintain import expire_snapshots, is_due, join_files, remove_files
from copydesk.warehouse.place import Place
from copydesk.warehouse.profile import Costs
from copydesk.warehouse.seal_files import seal_files
from copydesk.warehouse.staging.open_staging import Staging, close_staging, open_staging
from copydesk.warehouse.write_table import replace_rows

if TYPE_CHECKING:
    from copydesk.flows.thresholds import Thresholds
    from copydesk.flows.workers.dask_workers import DaskWorkers

Progress = Callable[[str, int], None]
"""Called with a step's name and how many documents it has just finished."""


COUNTS = tuple(name for name in TABLES["runs"].columns if name.endswith("_count"))
NO_COUNTS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Run:
    """What the steps of a run share. `now` is its clock: one instant for all rows; `notes` are for the ledger.

    `watch` times its steps.
    """

    run_id: str
    flow: str
    now: datetime
    place: Place
    lease: Lease
    con: duckdb.DuckDBPyConnection
    staging: Staging
    workers: "Workers | DaskWorkers"
    given_rules: RuleSet | None
    versions: dict[str, str]
    progress: Progress
    notes: tuple[str, ...] = ()
    given_thresholds: "Thresholds | None" = None
    portion_documents: int = 20_000
    watch: Stopwatch = field(default_factory=Stopwatch)

    def rules(self) -> RuleSet:
        """Return its rules, parsed when they are first asked for where they are those that come along."""
        return self.given_rules or load_rules()

    @property
    def thresholds(self) -> "Thresholds":
        """The thresholds that it settles by."""
        from copydesk.flows.thresholds import DEFAULTS

        return self.given_thresholds or DEFAULTS

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Report that a step begins, and time it."""
        self.progress(name, 0)
        with self.watch(name):
            yield
            release_memory()

    def transaction(self) -> AbstractContextManager[None]:
        """Return the transaction of a snapshot of this run; to be had in a turn of its lease."""
        return transaction(self.con, run_id=self.run_id, flow=self.flow, assure=self.lease.assure)

    def costs(self) -> Costs:
        """Return what each statement has cost, where that is measured."""
        costs: Callable[[], Costs] = getattr(self.con, "costs", dict)
        return costs()


@contextmanager
def open_run(
    settings: Settings,
    *,
    flow: str,
    now: datetime,
    progress: Progress,
    thresholds: "Thresholds | None" = None,
) -> Iterator[Run]:
    """Open a run, which holds the lease of its folder; write its fate into the ledger whatever happens.

    What it writes into tables it writes in turns (`run.lease`).

    A signal that asks for the end ends it where it reports progress or waits: what is staged stays.

    Raises LeaseHeldError while another run writes, RuleError for a bad rule file.
    """
    map_large_arrays()
    place, watch = settings.place, Stopwatch()
    rules, versions = given_rules(settings)
    waited = await_servers(settings, flow=flow, progress=progress)
    with (
        telling(settings),
        open_lease(place, wait_seconds=settings.wait_seconds, pause=partial(_pause, progress)) as held,
        gently(),
    ):
        notes = waited + foretell_metrics(settings) + mend_folder(place, held)
        with (
            attempt(place, flow=flow, now=now) as begun,
            open_writer(settings, held, watch, begun) as (con, told),
            open_refiners(settings, rules, versions) as workers,
        ):
            yield Run(
                *(begun.run_id, flow, now, place, held, con),
                open_staging(con, place.staging, version=version_name(versions)),
                *(workers, rules, versions),
                _until_stopped(progress),
                notes + told,
                thresholds or own_thresholds(settings),
                settings.portion_documents,
                watch,
            )


def open_refiners(
    settings: Settings, rules: RuleSet | None, versions: dict[str, str]
) -> AbstractContextManager["Workers | DaskWorkers"]:
    """Return what refines shards: processes of this machine, or a cluster. Raises UserError without its extra."""
    if settings.engine == "local":
        return open_workers(
            count=settings.workers,
            limits=settings.limits,
            initializer=init_worker,
            arguments=(rules, versions),
        )
    try:
        from copydesk.flows.workers.dask_workers import open_dask
    except ModuleNotFoundError as error:
        raise UserError(
            f"the engine dask is missing ({error.name}): pip install 'copydesk[cluster]'"
        ) from error
    return open_dask(
        settings.dask, count=settings.workers, limits=settings.limits, rules=rules, versions=versions
    )


def given_rules(settings: Settings) -> tuple[RuleSet | None, dict[str, str]]:
    """Return the rules of the settings, None where these name no file, and the versions that come with them.

    Workers know those that come along. Raises RuleError.
    """
    own = load_rules(settings.rules, settings.sites) if settings.rules or settings.sites else None
    return own, refining_versions(own.version if own else packaged_version())


def own_thresholds(settings: Settings) -> "Thresholds | None":
    """Return the thresholds of the settings; None where these name no file."""
    if settings.thresholds is None:
        return None
    from copydesk.flows.thresholds import read_thresholds

    return read_thresholds(settings.thresholds)


def _until_stopped(progress: Progress) -> Progress:
    """Report progress, and end the run there where a signal has asked for it."""

    def report(step: str, count: int) -> None:
        progress(step, count)
        stop_here()

    return report


def _pause(progress: Progress, seconds: float) -> None:
    """Say that others have their turn, and wait where a signal may end the run."""
    progress("turn", 0)
    with waiting():
        time.sleep(seconds)


def write_run(
    run: Run,
    *,
    notes: Sequence[str],
    sources: Sequence[str] = (),
    counts: Mapping[str, int] = NO_COUNTS,
    removed_chars: int = 0,
    settled: Mapping[str, Any] = NO_COUNTS,
    outcome: str = "done",
) -> None:
    """Write the row of a run; `settled` is what stands beside the versions of its thresholds. Call it in its turn."""
    row = {
        "run_id": run.run_id,
        "flow": run.flow,
        "started_at": run.now,
        "finished_at": datetime.now(UTC),
        "sources": list(sources),
        **{name: counts.get(name, 0) for name in COUNTS},
        "removed_chars": removed_chars,
        "steps": json.dumps(run.watch.seconds),
        "parameters": json.dumps({**run.thresholds.versions(), **settled}),
        "versions": run.versions | {"extractor": None},
        "notes": list(notes),
        "outcome": outcome,
    }
    replace_rows(run.con, "runs", [row])


def end_run(run: Run, *, state: str, summary: dict[str, Any]) -> None:
    """Write the run's end into the log and the ledger."""
    log("run ends", state=state, **{name: value for name, value in summary.items() if isinstance(value, int)})
    record = summary | {"versions": run.versions}
    end_attempt(run.place, run_id=run.run_id, state=state, now=datetime.now(run.now.tzinfo), summary=record)


def finish_run(run: Run, *, state: str, summary: dict[str, Any]) -> None:
    """End the run and tidy up: first its end, which is true even where that fails."""
    end_run(run, state=state, summary=summary)
    tidy_up(run)


def tidy_up(run: Run) -> None:
    """Join files and let snapshots go where they are many, and seal the files."""
    close_staging(run.staging)
    is_worn = is_due(run.con)
    if run.place.is_remote and not is_worn:
        return
    with suppress(LeaseHeldError), run.lease.turn():  # who has the turn for so long seals these files as well
        if is_worn:
            with run.step("join files"):
                join_files(run.con)
                expire_snapshots(run.con, now=datetime.now(UTC))
                remove_files(run.con, run.place, now=run.now)
        seal_files(run.con, run.place)
