"""Settles a run: what its documents bring against what the warehouse remembers, in one transaction."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from flows.ingest.run import Run
from flows.ingest.source import FileSource
from flows.ingest.stopwatch import Stopwatch
from flows.ingest.summary import Summary
from flows.ingest.take_in import Taken
from flows.settle_copies import settle_copies
from flows.settle_stories import settle_stories
from schemas.conform import conform
from schemas.tables import TABLES
from transforms.revise import revise
from warehouse.transaction import transaction
from warehouse.write_revisions import (
    changed_articles,
    count_outcomes,
    count_taken,
    quarantine_reasons,
    read_candidates,
    read_known,
    regrouped_articles,
    removed_by_kind,
    replace_rows,
    write_revisions,
    write_rows,
)


def settle(run: Run, *, sources: Sequence[FileSource], taken: Taken, watch: Stopwatch) -> Summary:
    """Write everything that the intake holds, settle copies and stories, and commit it as one snapshot.

    Where the intake holds nothing new, nothing is written and no snapshot made.
    """
    skipped = sum(source.skipped_count for source in sources)
    if not count_taken(run.con):
        return Summary(
            run.run_id,
            "nothing_new",
            seen_count=taken.seen_count,
            known_count=taken.known_count,
            skipped_files_count=skipped,
            steps=watch.seconds,
        )
    with transaction(run.con, run_id=run.run_id, flow="ingest"):
        with watch("revise"):
            revised = revise(read_candidates(run.con), read_known(run.con))
            write_revisions(
                run.con, outcomes=revised.outcomes, revisions=revised.revisions, run_id=run.run_id
            )
        changed = changed_articles(run.con)
        with watch("copies"):
            settle_copies(run.con, changed, now=run.now, run_id=run.run_id)
        with watch("stories"):
            regrouped = regrouped_articles(run.con)
            settle_stories(run.con, sorted({*changed, *regrouped}), now=run.now, run_id=run.run_id)
        outcomes = count_outcomes(run.con, run.run_id)
        summary = Summary(
            run_id=run.run_id,
            state="done",
            seen_count=taken.seen_count,
            known_count=taken.known_count,
            new_count=outcomes.get("new", 0),
            revised_count=outcomes.get("revised", 0),
            unchanged_count=outcomes.get("unchanged", 0),
            quarantined_count=outcomes.get("quarantined", 0),
            skipped_files_count=skipped,
            removed_chars=removed_by_kind(run.con, run.run_id),
            quarantine_reasons=quarantine_reasons(run.con, run.run_id),
            steps=watch.seconds,
        )
        _write_sources(run, sources, summary)
        _write_run(run, sources, summary)
    return summary


def _write_sources(run: Run, sources: Sequence[FileSource], summary: Summary) -> None:
    rows = [_source_row(run, source, summary) for source in sources]
    replace_rows(run.con, "sources", _conformed("sources", rows))
    marks = [
        {
            "source_id": source.source_id,
            "part": "",
            "watermark_at": run.now,
            "is_complete": True,
            "run_id": run.run_id,
        }
        for source in sources
    ]
    replace_rows(run.con, "watermarks", _conformed("watermarks", marks))


def _source_row(run: Run, source: FileSource, summary: Summary) -> dict[str, Any]:
    return {
        "source_id": source.source_id,
        "kind": source.kind,
        "path": str(source.path),
        "is_enabled": True,
        "last_attempt_at": run.now,
        "last_success_at": run.now,
        "last_new_article_at": run.now if summary.new_count else None,
        "entries_seen_count": summary.seen_count,
        "failures_in_row_count": 0,
        "has_trusted_validators": True,
        "is_silent": False,
        "run_id": run.run_id,
    }


def _write_run(run: Run, sources: Sequence[FileSource], summary: Summary) -> None:
    row = {
        "run_id": run.run_id,
        "flow": "ingest",
        "started_at": run.now,
        "finished_at": datetime.now(UTC),
        "sources": [source.source_id for source in sources],
        "documents_count": summary.documents_count,
        "known_count": summary.known_count,
        "new_count": summary.new_count,
        "revised_count": summary.revised_count,
        "unchanged_count": summary.unchanged_count,
        "quarantined_count": summary.quarantined_count,
        "removed_chars": sum(summary.removed_chars.values()),
        "steps": json.dumps(summary.steps),
        "parameters": "{}",
        "versions": run.versions | {"extractor": None},
        "notes": list(summary.notes),
        "outcome": "done_with_quarantine" if summary.quarantined_count else "done",
    }
    write_rows(run.con, "runs", _conformed("runs", [row]))


def _conformed(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return conform(pa.Table.from_pylist(rows, schema=TABLES[name].schema), TABLES[name])
