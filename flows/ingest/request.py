"""What a user asks of the main job: paths, or sources of the source list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.ingest.plan import Steps, ingest, ingest_list
from flows.ingest.run import Progress
from flows.ingest.summary import Summary
from flows.settings import Settings
from flows.sources.period import Period
from flows.sources.read_sources import SourceListError, read_sources
from flows.sources.source import Source


@dataclass(frozen=True, slots=True)
class Request:
    """Paths under one name, or without paths the sources of the list: those named, else all enabled.

    `since` and `until` make it a back-fill of sources on the network.
    """

    paths: tuple[Path, ...] = ()
    names: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


def run_request(
    request: Request,
    *,
    settings: Settings,
    progress: Progress = lambda _step, _count: None,
    steps: Steps | None = None,
) -> Summary:
    """Do what was asked. Raises SourceListError for a list or a name that cannot be used; else as `ingest`."""
    if request.paths:
        if len(request.names) > 1:
            raise SourceListError(
                f"files go under one name, not {len(request.names)}: {', '.join(request.names)}"
            )
        name = request.names[0] if request.names else None
        return ingest(request.paths, settings=settings, source=name, progress=progress, steps=steps)
    listed = _chosen(read_sources(settings.sources), request.names, settings.sources)
    period = Period(request.since, request.until)
    return ingest_list(listed, settings=settings, period=period, progress=progress, steps=steps)


def _chosen(listed: Sequence[Source], names: Sequence[str], path: Path) -> list[Source]:
    unknown = set(names) - {source.source_id for source in listed}
    if unknown:
        known = ", ".join(source.source_id for source in listed) or "none"
        raise SourceListError(f"{path} has no source {', '.join(sorted(unknown))}; it has {known}")
    chosen = [source for source in listed if (source.source_id in names if names else source.is_enabled)]
    if not chosen:
        raise SourceListError(f"{path} has no enabled source; enable one, or name it with --source")
    return chosen
