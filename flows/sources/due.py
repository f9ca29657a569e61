"""Tells which sources of the list are due, by their schedules and by when a run last tried them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from copydesk.flows.await_servers import await_servers
from copydesk.flows.settings import Settings
from copydesk.flows.sources.read_sources import read_sources
from copydesk.flows.sources.source import Source, read_span
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.source_memory import read_last_attempts

LOOKED_AT = 1_000
"""Attempts of the ledger in which a source is looked for that brought nothing new to the tables."""


@dataclass(frozen=True, slots=True)
class Due:
    """The sources whose time has come, and the one whose time comes next."""

    names: tuple[str, ...]
    next_name: str | None = None
    next_at: datetime | None = None


def find_due(settings: Settings, *, now: datetime) -> Due:
    """Return the enabled sources of the list that are due; one without a schedule is due whenever it is asked.

    A cron line counts on the clock of the source's time zone, else in UTC. What was missed while nobody asked is due
    once. Raises UserError where the list has no enabled source.
    """
    listed = [source for source in read_sources(settings.sources) if source.is_enabled]
    if not listed:
        raise UserError(f"{settings.sources} has no enabled source")
    await_servers(settings, flow="ingest")
    tried = _last_attempts(settings, now)
    times = {source.source_id: next_due(source, tried.get(source.source_id)) for source in listed}
    due = tuple(name for name, at in times.items() if at is None or at <= now)
    waiting = [(at, name) for name, at in times.items() if at is not None and at > now]
    if not waiting:
        return Due(due)
    at, name = min(waiting)
    return Due(due, name, at)


def next_due(source: Source, tried_at: datetime | None) -> datetime | None:
    """Return when a source is due after it was tried; null for at once."""
    if source.schedule is None or tried_at is None:
        return None
    span = read_span(source.schedule)
    if span is not None:
        return tried_at + span
    from cronsim import CronSim

    zone = ZoneInfo(source.timezone) if source.timezone else UTC
    return next(CronSim(source.schedule, tried_at.astimezone(zone))).astimezone(UTC)


def _last_attempts(settings: Settings, now: datetime) -> dict[str, datetime]:
    """Return when a run that came to its end last tried each source; one in time to come is none."""
    attempts = list_attempts(settings.place, limit=LOOKED_AT)
    ledger = [(datetime.fromisoformat(each.started_at), each.summary.get("sources", [])) for each in attempts]
    moments = [(at, [name]) for name, at in read_last_attempts(settings.place).items()] + ledger
    return {name: at for at, names in sorted(moments) if at <= now for name in names}
