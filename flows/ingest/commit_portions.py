"""Settles a run: what its documents bring against what the warehouse remembers, a portion in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from copydesk.flows.ingest.choose_sources import AnySource
from copydesk.flows.ingest.run import COUNTS, Run, write_run
from copydesk.flows.ingest.stage_source import Taken
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.ingest.write_sources import write_sources, write_states
from copydesk.flows.sources.items import SourceReport
from copydesk.transforms.revise import revise
from copydesk.warehouse.connect import fit_threads
from copydesk.warehouse.read_quarantine import count_waiting, delete_retried
from copydesk.warehouse.read_run import count_outcomes, quarantine_reasons, removed_by_kind
from copydesk.warehouse.read_schema_form import refuse_other_form
from copydesk.warehouse.staging.portions import (
    choose_portion,
    count_left,
    list_portions,
    remove_known,
    remove_settled,
)
from copydesk.warehouse.staging.store_new import count_taken, pass_over_committed
from copydesk.warehouse.takedown.write_tombstones import write_barred_tombstones
from copydesk.warehouse.write_revisions import (
    read_candidates,
    read_known,
    write_revisions,
)

NOTED_PLACES = 5


def commit_portions(run: Run, *, sources: Sequence[AnySource], taken: Taken) -> Summary:
    """Write everything that is staged in portions: settle the copies and stories of each, and commit it as a snapshot.

    Where files brought nothing new, nothing is written and no snapshot made; sources on the network have at
    least their health and validators written. A reader sees a portion whole or not at all, and `runs` says by its
    outcome whether more were to come.
    """
    run = replace(run, notes=run.notes + _left_over(run))
    taken = _meet_others(run, taken)
    if run.place.catalog:
        remove_known(run.con, run.staging)
    if not count_taken(run.con) and not taken.reports:
        return _summary(run, sources, taken, state="nothing_new")
    run.workers.rest()
    notes: tuple[str, ...] = ()
    state = "nothing_new"
    portions = [*list_portions(run.staging, documents=run.portion_documents)] or [[]]
    for number, shards in enumerate(portions, 1):
        is_last = number == len(portions)
        with run.lease.turn():
            taken = _meet_others(run, taken)
            count = choose_portion(run.con, shards)
            is_new = count > 0
            fit_threads(run.con, rows=count)
            state = "done" if is_new else state
            with run.transaction():
                notes += _settle_documents(run) if is_new else ()
                write_barred_tombstones(run.con)
                summary = _summary(run, sources, taken, state=state)
                summary = replace(summary, notes=summary.notes + notes + _notes(taken.reports))
                write_states(run, [name for source in sources for name in source.names])
                write_sources(run, sources, taken.reports, is_last=is_last)
                _write_run(run, sources, summary, is_last=is_last)
            remove_settled(run.con, shards)
    return summary


def _meet_others(run: Run, taken: Taken) -> Taken:
    """Pass over what runs of other folders have committed meanwhile; a catalog in SQLite has none."""
    if not run.place.catalog:
        return taken
    refuse_other_form(run.con)
    passed, retried = pass_over_committed(run.con)
    return replace(taken, known_count=taken.known_count + passed, retried_count=taken.retried_count - retried)


def _left_over(run: Run) -> tuple[str, ...]:
    """Return for each source whose documents are staged and not of this run that they are."""
    return tuple(
        f"{source_id}: a run that broke off has left {count:,} documents, which the next run of {source_id} settles"
        for source_id, count in count_left(run.con, run.staging).items()
    )


def _settle_documents(run: Run) -> tuple[str, ...]:
    """Settle what the documents of the portion bring, and what it changes elsewhere; return notes for the ledger."""
    from copydesk.flows.settle_changes import settle_changes

    with run.step("revise"):
        delete_retried(run.con)
        revised = revise(read_candidates(run.con), read_known(run.con))
        reopened, gone_lines = write_revisions(
            run.con, outcomes=revised.outcomes, revisions=revised.revisions, now=run.now, run_id=run.run_id
        )
    return settle_changes(run, rewritten=reopened, gone_lines=gone_lines)


def _summary(run: Run, sources: Sequence[AnySource], taken: Taken, *, state: str) -> Summary:
    has_rows = state != "nothing_new"
    outcomes = count_outcomes(run.con, run.run_id) if has_rows else {}
    waiting = count_waiting(run.con)
    return Summary(
        run_id=run.run_id,
        state=state,
        seen_count=taken.seen_count,
        known_count=taken.known_count,
        retried_count=taken.retried_count,
        new_count=outcomes.get("new", 0),
        revised_count=outcomes.get("revised", 0),
        unchanged_count=outcomes.get("unchanged", 0),
        quarantined_count=outcomes.get("quarantined", 0),
        unreadable_count=len(taken.unreadable),
        skipped_files_count=sum(source.skipped_count for source in sources),
        removed_chars=removed_by_kind(run.con, run.run_id) if has_rows else {},
        quarantine_reasons=quarantine_reasons(run.con, run.run_id) if outcomes.get("quarantined") else {},
        waiting_count=waiting.waiting_count,
        final_count=waiting.final_count,
        next_try_at=waiting.next_try_at.isoformat() if waiting.next_try_at else None,
        steps=run.watch.seconds,
        processor_seconds=run.watch.processor_seconds,
        costs=run.costs(),
        sources=tuple(name for source in sources for name in source.names),
        notes=run.notes
        + tuple(note for source in sources for note in source.notes)
        + _unread(taken.unreadable),
    )


def _unread(places: Sequence[str]) -> tuple[str, ...]:
    """Return what could not be read, the first by name."""
    more = (
        (f"and {len(places) - NOTED_PLACES:,} more that cannot be read",)
        if len(places) > NOTED_PLACES
        else ()
    )
    return tuple(places[:NOTED_PLACES]) + more


def _notes(reports: Sequence[SourceReport]) -> tuple[str, ...]:
    """Return what a reader of the ledger should know of the sources, beside their failing."""
    return tuple(f"{report.source_id}: {text}" for report in reports for text in report.warnings)


def _write_run(run: Run, sources: Sequence[AnySource], summary: Summary, *, is_last: bool) -> None:
    ended = "done_with_quarantine" if summary.quarantined_count else "done"
    write_run(
        run,
        sources=[name for source in sources for name in source.names],
        counts={name: getattr(summary, name) for name in COUNTS},
        removed_chars=sum(summary.removed_chars.values()),
        notes=summary.notes,
        outcome=ended if is_last else "unfinished",
    )
