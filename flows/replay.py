"""Runs extraction and cleaning again over stored documents, with the rules and versions of today.

The law: after a replay of everything the tables hold what an ingest of the same documents into an empty warehouse
would have made of them. Articles in which nothing differs are not touched.
"""

import dataclasses
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from copydesk.flows.ingest.attempt import attempt
from copydesk.flows.ingest.run import (
    Progress,
    Run,
    end_run,
    finish_run,
    given_rules,
    open_refiners,
    open_run,
    own_thresholds,
    write_run,
)
from copydesk.flows.ingest.stopwatch import Stopwatch
from copydesk.flows.refine_again import refine_again, write_again
from copydesk.flows.settings import Settings
from copydesk.flows.settle_changes import settle_changes
from copydesk.flows.thresholds import Thresholds
from copydesk.flows.thresholds_version import version_name
from copydesk.transforms.body_change import BodyChange, body_change
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.lease import Lease
from copydesk.warehouse.ledger import begin_attempt
from copydesk.warehouse.replay.choose_documents import (
    choose_documents,
    choose_marked,
    count_marked,
    leave_out_failed,
    unmark,
)
from copydesk.warehouse.replay.choose_leaving import choose_leaving, keep_aliases
from copydesk.warehouse.replay.compare import chars_by_kind, find_differing, read_changes
from copydesk.warehouse.run_thresholds import find_stale_areas
from copydesk.warehouse.staging.open_staging import open_staging
from copydesk.warehouse.staging.portions import choose_portion
from copydesk.warehouse.staging.store_new import lake_shards, remove_lake_shards


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What a replay changes in a document; `reason` and `reason_now` are set where it is quarantined."""

    origin: str
    body: BodyChange
    reason: str | None = None
    reason_now: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFailure:
    """A document that a replay could not refine, for a reason that says nothing of it: it stays as it stands."""

    origin: str
    step: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay found, and took where it was no rehearsal (`run_id` is then set).

    `kinds`: per kind of span the characters that the rules took from the differing documents, then and now.
    `stale`: areas that other thresholds have settled, so that they are settled again as a whole.
    """

    documents_count: int
    failures: tuple[DocumentFailure, ...] = ()
    changes: tuple[DocumentChange, ...] = ()
    kinds: tuple[tuple[str, int, int], ...] = ()
    run_id: str | None = None
    notes: tuple[str, ...] = field(default=())
    stale: tuple[str, ...] = ()


def replay(
    settings: Settings,
    *,
    source: str | None = None,
    since: datetime | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
    thresholds: Thresholds | None = None,
) -> Replay:
    """Read the chosen documents again and take what differs as one run.

    A replay of all documents also settles again what other thresholds than `thresholds` or the settings' had settled.

    Raises LeaseHeldError while another run writes.
    """
    now = now or datetime.now(UTC)
    with (
        open_run(settings, flow="replay", now=now, progress=progress, thresholds=thresholds) as run,
        run.lease.turn(),
    ):
        run = dataclasses.replace(run, notes=run.notes + replay_marked(run))  # noqa: PLW2901 with more to tell
        found = _compare_asked(run, source, since)
        if found.changes or found.stale:
            bounds = {"source": source, "since": since.isoformat() if since else None}
            found = _take_as_run(run, found, bounds)
        remove_lake_shards(run.con, run.staging)
        state = "done" if found.run_id else "nothing_new"
        finish_run(run, state=state, summary=_counts(found))
    return found


def replay_marked(run: Run) -> tuple[str, ...]:
    """Settle again what migrations have marked, as a run of its own beside an open one; return notes for the ledger.

    What fails for the machine's reasons stays as it is, and marked.
    """
    if not count_marked(run.con):
        return ()
    now = datetime.now(run.now.tzinfo)
    with run.lease.turn(), attempt(run.place, flow="replay", now=now) as begun:
        begin_attempt(run.place, begun, held=run.lease)
        own = dataclasses.replace(
            run, run_id=begun.run_id, flow="replay", now=now, notes=(), watch=Stopwatch()
        )
        found = _take_as_run(own, _compare(own, choose_marked(run.con)), {"marked": True})
        remove_lake_shards(run.con, run.staging)
        end_run(own, state="done", summary=_counts(found))
    return (f"{found.documents_count} documents were settled again, as a migration asks: run {own.run_id}",)


def rehearse_replay(
    settings: Settings,
    *,
    source: str | None = None,
    since: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
    thresholds: Thresholds | None = None,
) -> Replay:
    """Return what a replay would change, without writing anything."""
    rules, versions = given_rules(settings)
    with (
        connect_reader(settings.place) as con,
        tempfile.TemporaryDirectory(prefix="copydesk-") as folder,
        open_refiners(settings, rules, versions) as workers,
    ):
        staging = open_staging(con, Path(folder), version=version_name(versions))
        run = Run(
            "rehearsal", "replay", datetime.now(UTC), settings.place, Lease(settings.place), con, staging, workers,
            rules, versions, progress, given_thresholds=thresholds or own_thresholds(settings),
        )  # fmt: skip
        return _compare_asked(run, source, since)


def _compare_asked(run: Run, source: str | None, since: datetime | None) -> Replay:
    found = _compare(run, choose_documents(run.con, source=source, since=since))
    is_whole = source is None and since is None
    stale = tuple(find_stale_areas(run.con, run.thresholds.versions())) if is_whole else ()
    return dataclasses.replace(found, stale=stale)


def _compare(run: Run, count: int) -> Replay:
    """Refine the chosen documents and compare."""
    refine_again(run, "reread")
    choose_portion(run.con, lake_shards(run.staging))
    failures = tuple(DocumentFailure(**row) for row in leave_out_failed(run.con))
    if not find_differing(run.con):
        return Replay(count, failures)
    changes = tuple(
        DocumentChange(
            row["origin"],
            body_change(row["body"], row["body_now"]),
            row["reason"],
            row["reason_now"],
        )
        for row in read_changes(run.con)
    )
    return Replay(count, failures, changes, tuple(chars_by_kind(run.con)))


def _take_as_run(run: Run, found: Replay, bounds: dict[str, Any]) -> Replay:
    """Write what differs in one transaction, with the row of its run."""
    choose_leaving(run.con)
    with run.transaction():
        notes = run.notes + _take(run, found.stale)
        unmark(run.con)
        _write_run(run, found, notes, bounds)
    return dataclasses.replace(found, run_id=run.run_id, notes=notes)


def _counts(found: Replay) -> dict[str, int]:
    return {
        "documents_count": found.documents_count,
        "changed_count": len(found.changes),
        "failed_count": len(found.failures),
    }


def _take(run: Run, stale: Sequence[str]) -> tuple[str, ...]:
    """Write the differing articles anew and settle what hangs on them; return notes for the ledger."""
    rewritten, gone_lines = write_again(run)
    keep_aliases(run.con, now=run.now, run_id=run.run_id)
    return settle_changes(run, rewritten=rewritten, gone_lines=gone_lines, stale=stale)


def _write_run(run: Run, found: Replay, notes: Sequence[str], bounds: dict[str, Any]) -> None:
    """Write the row of the run. Its documents were counted by the runs that read them, so it counts none."""
    told = f"replay: {len(found.changes)} documents read otherwise, {len(found.failures)} failed and stay"
    write_run(
        run,
        sources=[bounds["source"]] if bounds.get("source") else [],
        counts={"known_count": found.documents_count},
        removed_chars=sum(now for _, _, now in found.kinds),
        settled={"settled_again": found.stale, **bounds},
        notes=[told, *notes],
    )
