"""The plan of the main job: which steps, in which order. Plain functions; a flow wraps the same steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.await_servers import await_servers
from copydesk.flows.ingest.choose_sources import AnySource, choose_sources, open_sources
from copydesk.flows.ingest.commit_portions import commit_portions
from copydesk.flows.ingest.run import Progress, Run, finish_run, open_run
from copydesk.flows.ingest.stage_source import Taken, stage_source
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.refine_again import retry_due
from copydesk.flows.settings import Settings
from copydesk.flows.sources.source import ALWAYS, Period
from copydesk.warehouse.in_transaction import in_transaction
from copydesk.warehouse.replay.choose_documents import count_marked

if TYPE_CHECKING:
    from copydesk.flows.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps as they are called: as they are, or each wrapped as a task of a scheduler, which shows the run too."""

    stage_source: Callable[[Run, AnySource], Taken] = stage_source
    settle: Callable[..., Summary] = commit_portions
    begin: Callable[[Run, Sequence[AnySource]], None] = lambda _run, _sources: None
    end: Callable[[Run, Summary], None] = lambda _run, _summary: None


PLAINLY = Steps()


def ingest(  # noqa: PLR0913 - what is read, by what it is settled, and who watches
    paths: Sequence[Path | str] = (),
    *,
    settings: Settings,
    source: str | Sequence[str] | None = None,
    period: Period = ALWAYS,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
    steps: Steps = PLAINLY,
    thresholds: "Thresholds | None" = None,
) -> Summary:
    """Ingest files and folders, or without paths the sources of the list; return what was done.

    Try again what is due, take in, settle, finish. `source` is the name of the paths, or which ones of the list.
    A period makes it a back-fill of sources on the network, which leaves watermarks as they are.

    Raises UserError or LeaseHeldError before anything is written.
    """
    waited = await_servers(settings, flow="ingest", progress=progress)
    names = [source] if isinstance(source, str) else source or ()
    chosen = choose_sources(paths, names, period, settings=settings)
    now = now or datetime.now(UTC)
    with open_run(settings, flow="ingest", now=now, progress=progress, thresholds=thresholds) as run:
        with in_transaction(run.con):
            is_marked = count_marked(run.con) > 0
            sources, told = open_sources(run.con, chosen)
        if is_marked:
            from copydesk.flows.replay import replay_marked

            run = replace(run, notes=run.notes + replay_marked(run))  # noqa: PLW2901 with more to tell
        run = replace(run, notes=waited + run.notes + told)  # noqa: PLW2901 as above
        steps.begin(run, sources)
        with run.watch("try again"):
            taken = retry_due(run)
        with run.watch("take in"):
            for each in sources:
                taken += steps.stage_source(run, each)
        summary = steps.settle(run, sources=sources, taken=taken)
        finish_run(run, state=summary.state, summary=summary.as_record())
        steps.end(run, summary)
    return summary
