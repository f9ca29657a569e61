"""Runs extraction and cleaning again over stored documents, with the rules and versions of today.

The law: after a replay of everything the tables hold what an ingest of the same documents into an empty warehouse
would have made of them. Articles in which nothing differs are not touched.
"""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from flows.ingest.run import PARAMETERS, REFINING_MODULES, Progress, Run, finish_run, open_run
from flows.ingest.take_in import refine_all, work_batches
from flows.load_rules import load_rules
from flows.settings import Settings
from flows.settle_copies import settle_copies
from flows.settle_intervals import settle_intervals
from flows.settle_site_memory import settle_site_memory
from flows.settle_stories import settle_stories
from flows.workers.open_workers import open_workers
from flows.workers.refine_task import prepare
from schemas.tables import TABLES
from transforms.body_change import BodyChange, body_change
from transforms.revise import revise
from warehouse.connect import connect_reader
from warehouse.replay.compare import chars_by_kind, find_differing, read_changes
from warehouse.replay.forget_gone import forget_gone
from warehouse.replay.stage import open_scratch, read_documents, set_aside, stage, unstage
from warehouse.replay.take_back import confirm, name_first_runs, take_back
from warehouse.site_memory.texts import forget_features
from warehouse.transaction import transaction
from warehouse.write_revisions import (
    changed_articles,
    read_candidates,
    read_known,
    regrouped_articles,
    write_revisions,
)
from warehouse.write_table import append_rows

READ_ROWS = 500


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What a replay changes in a document; `reason` and `reason_now` are set where it is quarantined."""

    document_id: str
    origin: str
    body: BodyChange
    reason: str | None = None
    reason_now: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFailure:
    """A document that a replay could not refine, for a reason that says nothing of it: it stays as it stands."""

    document_id: str
    origin: str
    step: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay found, and took where it was no rehearsal (`run_id` is then set).

    `kinds`: per kind of span the characters that the rules took from the differing documents, then and now.
    """

    documents_count: int
    failures: tuple[DocumentFailure, ...] = ()
    changes: tuple[DocumentChange, ...] = ()
    kinds: tuple[tuple[str, int, int], ...] = ()
    run_id: str | None = None
    notes: tuple[str, ...] = field(default=())


def replay(
    settings: Settings,
    *,
    source: str | None = None,
    since: datetime | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
) -> Replay:
    """Read the chosen documents again and take what differs as one run.

    Raises LeaseHeldError while another run writes.
    """
    with open_run(settings, flow="replay", now=now or datetime.now(UTC), progress=progress) as run:
        found = _compare(run, source, since)
        if found.changes:
            confirm(run.con)
            with transaction(run.con, run_id=run.run_id, flow="replay"):
                notes = run.notes + _take(run)
                _write_run(run, found, notes, source, since)
            found = dataclasses.replace(found, run_id=run.run_id, notes=notes)
        unstage(run.con)
        counts = {
            "documents_count": found.documents_count,
            "changed_count": len(found.changes),
            "failed_count": len(found.failures),
        }
        finish_run(run, state="done" if found.changes else "nothing_new", sources=[], summary=counts)
    return found


def rehearse_replay(
    settings: Settings,
    *,
    source: str | None = None,
    since: datetime | None = None,
    progress: Progress = lambda _step, _count: None,
) -> Replay:
    """Return what a replay would change, without writing anything."""
    with _rehearsal(settings, progress) as run:
        return _compare(run, source, since)


@contextmanager
def _rehearsal(settings: Settings, progress: Progress) -> Iterator[Run]:
    """Give a run that can only read, with its intake in memory."""
    rules = load_rules(settings.rules)
    versions = {"copydesk": version("copydesk"), "rules": rules.version, "parameters": PARAMETERS}
    with connect_reader(settings.place) as con:
        open_scratch(con)
        with open_workers(
            count=settings.workers,
            limits=settings.limits,
            prepare=prepare,
            arguments=(rules, versions),
            modules=REFINING_MODULES,
        ) as workers:
            now = datetime.now(UTC)
            yield Run("rehearsal", "replay", now, settings.place, con, workers, rules, versions, progress)


def _compare(run: Run, source: str | None, since: datetime | None) -> Replay:
    """Refine the chosen documents into the intake and compare."""
    count = stage(run.con, source=source, since=since)
    unstage(run.con)  # a replay that was killed may have left its own
    batches = (part for rows in read_documents(run.con, "staged", READ_ROWS) for part in work_batches(rows))
    refine_all(run, batches)
    failures = tuple(DocumentFailure(**row) for row in set_aside(run.con))
    if not find_differing(run.con):
        return Replay(count, failures)
    changes = tuple(
        DocumentChange(
            row["document_id"],
            row["origin"],
            body_change(row["body"], row["body_now"]),
            row["reason"],
            row["reason_now"],
        )
        for row in read_changes(run.con)
    )
    return Replay(count, failures, changes, tuple(chars_by_kind(run.con)))


def _take(run: Run) -> tuple[str, ...]:
    """Write the differing articles anew and settle what hangs on them; return notes for the ledger."""
    con = run.con
    rewritten, touched = take_back(con)
    revised = revise(read_candidates(con), read_known(con))
    write_revisions(
        con, outcomes=revised.outcomes, revisions=revised.revisions, now=run.now, run_id=run.run_id
    )
    name_first_runs(con)
    sites = settle_site_memory(con, run_id=run.run_id, rules=run.rules, touched=touched)
    forget_features(con, rewritten)
    left = forget_gone(con, rewritten)
    changed = {*changed_articles(con), *rewritten, *sites.recleaned_article_ids}
    settle_copies(
        con,
        sorted(changed),
        now=run.now,
        run_id=run.run_id,
        rewritten={*rewritten, *sites.recleaned_article_ids},
    )
    settle_stories(con, sorted({*changed, *left, *regrouped_articles(con)}), now=run.now, run_id=run.run_id)
    settle_intervals(con, sorted({*changed, *left}), run_id=run.run_id)
    return sites.notes


def _write_run(
    run: Run, found: Replay, notes: Sequence[str], source: str | None, since: datetime | None
) -> None:
    """Write the row of the run. Its documents were counted by the runs that read them, so it counts none."""
    parameters = {"source": source, "since": since.isoformat() if since else None}
    row: dict[str, Any] = {
        "run_id": run.run_id,
        "flow": "replay",
        "started_at": run.now,
        "finished_at": datetime.now(UTC),
        "sources": [source] if source else [],
        "documents_count": 0,
        "known_count": found.documents_count,
        "new_count": 0,
        "revised_count": 0,
        "unchanged_count": 0,
        "quarantined_count": 0,
        "removed_chars": sum(now for _, _, now in found.kinds),
        "steps": "{}",
        "parameters": json.dumps(parameters),
        "versions": run.versions | {"extractor": None},
        "notes": [
            f"replay: {len(found.changes)} documents read otherwise, {len(found.failures)} failed and stay",
            *notes,
        ],
        "outcome": "done",
    }
    append_rows(run.con, "runs", pa.Table.from_pylist([row], schema=TABLES["runs"].schema))
