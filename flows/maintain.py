"""Keeps a warehouse: what its sources' retention ends goes, files are joined, old snapshots and side files shrink."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from copydesk.flows.await_servers import await_servers
from copydesk.flows.forget import take_down
from copydesk.flows.ingest.attempt import attempt, mend_folder, open_writer, telling
from copydesk.flows.ingest.run import Progress
from copydesk.flows.ingest.stopwatch import Stopwatch
from copydesk.flows.log import log
from copydesk.flows.settings import Settings
from copydesk.flows.sources.read_sources import read_sources
from copydesk.flows.sources.source import Source
from copydesk.flows.stopping import gently, stop_here
from copydesk.warehouse.lease import open_lease
from copydesk.warehouse.ledger import end_attempt
from copydesk.warehouse.maintain import LakeSize, expire_payloads, find_expired, maintain, read_lake_size
from copydesk.warehouse.place import Place
from copydesk.warehouse.seal_files import seal_files
from copydesk.warehouse.takedown.choose import TakedownSubject
from copydesk.warehouse.takedown.erase import optimize_search
from copydesk.warehouse.takedown.write_tombstones import TakedownRequest
from copydesk.warehouse.vacuum import vacuum, vacuum_server


@dataclass(frozen=True, slots=True)
class Maintained:
    """How the warehouse stood and stands, and what was done, in sentences."""

    before: LakeSize
    after: LakeSize
    notes: tuple[str, ...] = ()


def maintain_warehouse(
    settings: Settings, *, now: datetime | None = None, progress: Progress = lambda _step, _count: None
) -> Maintained:
    """Maintain a warehouse beside its readers. Raises LeaseHeldError while a run writes."""
    now = now or datetime.now(UTC)
    kept = _with_retention(settings)
    notes = await_servers(settings, flow="maintain", progress=progress)
    notes += tuple(note for source in kept if (note := _end_texts(settings, source, now, progress)))
    place = settings.place
    with (
        telling(settings),
        open_lease(place, wait_seconds=settings.wait_seconds) as held,
        held.turn(),
        gently(),
    ):
        notes += mend_folder(place, held)
        with attempt(place, flow="maintain", now=now) as begun:
            with open_writer(settings, held, Stopwatch(), begun) as (con, told):
                notes += told
                before = read_lake_size(con, place)
                notes += tuple(note for source in kept if (note := _end_payloads(con, source, now)))
                stop_here()
                progress("maintain", 0)
                maintain(con, place, now=now, snapshot_age=timedelta(days=settings.snapshot_days))
                seal_files(con, place)
                after = read_lake_size(con, place)
            notes += _shrink_databases(place)
            counts = {"files_before": before.disk_files, "files_after": after.disk_files}
            log("run ends", state="done", **counts)
            end_attempt(place, run_id=begun.run_id, state="done", now=datetime.now(UTC), summary=counts)
    return Maintained(before, after, notes)


def _with_retention(settings: Settings) -> list[Source]:
    """Return the sources of the list that keep something for a time only; none where no list is named or there."""
    if "sources" not in settings.model_fields_set and not settings.sources.exists():
        return []
    listed = read_sources(settings.sources)
    return [each for each in listed if each.payload_days is not None or each.text_days is not None]


def _end_texts(settings: Settings, source: Source, now: datetime, progress: Progress) -> str | None:
    """Take down the articles of a source that were last seen before its texts' time."""
    if source.text_days is None or not settings.place.is_created:
        return None
    before = now - timedelta(days=source.text_days)

    def find(con: duckdb.DuckDBPyConnection) -> TakedownSubject:
        return TakedownSubject(article_ids=tuple(find_expired(con, source.source_id, before=before)))

    reason = f"the texts of {source.source_id} are kept {source.text_days:g} days"
    asked = TakedownRequest("retention", reason, "the source list")
    gone = take_down(settings, find, asked, now=now, progress=progress, is_required=False)
    count = gone.articles_count
    return (
        f"{source.source_id}: {count} articles were past their {source.text_days:g} days" if count else None
    )


def _end_payloads(con: duckdb.DuckDBPyConnection, source: Source, now: datetime) -> str | None:
    """Take the payloads of a source out that came before their time."""
    if source.payload_days is None:
        return None
    before = now - timedelta(days=source.payload_days)
    count = expire_payloads(con, source.source_id, before=before)
    return (
        f"{source.source_id}: {count} payloads were past their {source.payload_days:g} days"
        if count
        else None
    )


def _shrink_databases(place: Place) -> tuple[str, ...]:
    """Write the catalog and the side files anew, without what they have let go of; say so of what others read."""
    optimize_search(place)
    for file in (place.sqlite, place.search_index, place.ledger, place.checksums):
        vacuum(file)
    if not place.catalog or vacuum_server(place.catalog):
        return ()
    return ("tables of the catalog that others are reading were left as they are",)
