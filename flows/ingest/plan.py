"""The plan of the main job: which steps, in which order. Plain functions; a flow wraps the same steps."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from flows.ingest.retry_due import retry_due
from flows.ingest.run import Progress, Run, finish_run, open_run
from flows.ingest.settle import settle
from flows.ingest.source import FileSource, file_source, joined, listed_source
from flows.ingest.summary import Summary
from flows.ingest.take_in import Taken, refine_parts, take_in_slice
from flows.read.origin_text import origin_text
from flows.settings import Settings
from flows.sources.items import Item
from flows.sources.period import Period
from flows.sources.source import Source
from schemas.enums import FILE_KINDS
from warehouse.read_sources import read_source_paths
from warehouse.replay.stage import count_marked
from warehouse.staging.take_in import begin_source

if TYPE_CHECKING:
    from flows.ingest.network import NetworkSources
    from flows.parameters import Parameters

SliceStep = Callable[[Run, Iterator[Item], int], Taken]
AnySource: TypeAlias = "FileSource | NetworkSources"


def take_in(run: Run, source: AnySource, slice_step: SliceStep = take_in_slice) -> Taken:
    """Take in all that a source yields, slice by slice. Safe to call again after an error at any point."""
    refine_parts(run, begin_source(run.con, run.staging, source.names))
    taken = Taken()
    with closing(source.items(run)) as items:  # a run that is stopped stops its fetching too
        while (part := slice_step(run, items, source.store_items)).item_count:
            taken += part
    return taken


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps as they are called: as they are, or each wrapped as a task of a scheduler."""

    take_in: Callable[[Run, AnySource], Taken] = take_in
    settle: Callable[..., Summary] = settle


def ingest(
    paths: Sequence[Path],
    *,
    settings: Settings,
    source: str | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
    steps: Steps | None = None,
    parameters: "Parameters | None" = None,
) -> Summary:
    """Ingest files and folders and return what was done.

    Raises UnusablePathError, LeaseHeldError or RuleError before anything is written.
    """
    sources = _sources(paths, source, settings)
    return ingest_sources(
        sources, settings=settings, now=now, progress=progress, steps=steps, parameters=parameters
    )


def ingest_list(
    listed: Sequence[Source],
    *,
    settings: Settings,
    period: Period | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
    steps: Steps | None = None,
) -> Summary:
    """Ingest sources of the source list: those on disk one by one, those on the network together.

    A period makes it a back-fill, which leaves watermarks as they are. Raises as `ingest`.
    """
    listed = [replace(each, timezone=each.timezone or settings.timezone) for each in listed]
    on_disk = [each for each in listed if each.kind in FILE_KINDS]
    others = [each for each in listed if each.kind not in FILE_KINDS]
    sources: list[AnySource] = [listed_source(each, settings=settings) for each in on_disk]
    if others:
        from flows.ingest.network import NetworkSources

        sources.append(NetworkSources(others, period or Period()))
    return ingest_sources(sources, settings=settings, now=now, progress=progress, steps=steps)


def ingest_sources(
    sources: Sequence[AnySource],
    *,
    settings: Settings,
    now: datetime | None,
    progress: Progress,
    steps: Steps | None,
    parameters: "Parameters | None" = None,
) -> Summary:
    """Run the plan over sources: try again what is due, take in, settle, finish."""
    steps = steps or Steps()
    now = now or datetime.now(UTC)
    with open_run(settings, flow="ingest", now=now, progress=progress, parameters=parameters) as run:
        if count_marked(run.con):
            from flows.replay import replay_marked

            run = replace(run, notes=run.notes + replay_marked(run))  # noqa: PLW2901 with more to tell
        with run.watch("try again"):
            taken = retry_due(run)
        with run.watch("take in"):
            for each in sources:
                taken += steps.take_in(run, each)
        summary = steps.settle(run, sources=sources, taken=taken)
        finish_run(run, state=summary.state, summary=summary.as_record())
    return summary


def _sources(paths: Sequence[Path], name: str | None, settings: Settings) -> list[FileSource]:
    """Return a source for each name; paths of one name are read as one source."""
    taken = read_source_paths(settings.place)
    sources: dict[str, FileSource] = {}
    for path in paths:
        found = file_source(path, name=name, taken=taken, settings=settings)
        taken.setdefault(found.source_id, origin_text(str(found.path)))
        known = sources.get(found.source_id)
        sources[found.source_id] = found if known is None else joined(known, found)
    return list(sources.values())
