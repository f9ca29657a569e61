"""The plan of the main job: which steps, in which order. Plain functions; a flow wraps the same steps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.ingest.run import Progress, Run, finish_run, open_run
from flows.ingest.settle import settle
from flows.ingest.source import FileSource, file_source
from flows.ingest.stopwatch import Stopwatch
from flows.ingest.summary import Summary
from flows.ingest.take_in import Taken, take_in_slice
from flows.read.raw_document import Arrival
from flows.read.read_files import read_files
from flows.settings import Settings
from warehouse.read_sources import read_source_paths

SliceStep = Callable[[Run, Iterator[Arrival]], Taken]


def take_in(run: Run, source: FileSource, slice_step: SliceStep = take_in_slice) -> Taken:
    """Take in all documents of a source, slice by slice. Safe to call again after an error at any point."""
    arrivals = read_files(source.files, source_id=source.source_id, now=run.now)
    taken = Taken()
    while (part := slice_step(run, arrivals)).seen_count:
        taken += part
    return taken


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps as they are called: as they are, or each wrapped as a task of a scheduler."""

    take_in: Callable[[Run, FileSource], Taken] = take_in
    settle: Callable[..., Summary] = settle


def ingest(
    paths: Sequence[Path],
    *,
    settings: Settings,
    source: str | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
    steps: Steps | None = None,
) -> Summary:
    """Ingest files and folders and return what was done.

    Raises UnusablePathError, LeaseHeldError or RuleError before anything is written.
    """
    steps = steps or Steps()
    sources = _sources(paths, source, settings)
    watch = Stopwatch()
    with open_run(settings, flow="ingest", now=now or datetime.now(UTC), progress=progress) as run:
        taken = Taken()
        with watch("take in"):
            for each in sources:
                taken += steps.take_in(run, each)
        summary = steps.settle(run, sources=sources, taken=taken, watch=watch)
        finish_run(
            run,
            state=summary.state,
            sources=[each.source_id for each in sources],
            summary=summary.as_record(),
        )
    return summary


def _sources(paths: Sequence[Path], name: str | None, settings: Settings) -> list[FileSource]:
    taken = read_source_paths(settings.place)
    sources = []
    for path in paths:
        found = file_source(path, name=name, taken=taken)
        taken.setdefault(found.source_id, str(found.path))
        sources.append(found)
    return sources
