"""Rows of the small newsroom's runs and sources, which count what the others hold."""

from datetime import timedelta

from small_articles import DAYS, FIRST_DAY, VERSIONS, Rows, run_id


def add_run(rows: Rows, day: int) -> None:
    """Add the run of a day, with the counts that its documents have."""
    documents = [row for row in rows["documents"] if row["run_id"] == run_id(day)]
    spans = [row for row in rows["boilerplate_spans"] if row["run_id"] == run_id(day)]
    started = FIRST_DAY + timedelta(days=day)
    counts = {
        outcome: sum(row["outcome"] == outcome for row in documents)
        for outcome in ("new", "revised", "unchanged", "quarantined")
    }
    rows["runs"].append(
        {
            "run_id": run_id(day),
            "flow": "ingest",
            "started_at": started,
            "finished_at": started + timedelta(hours=1),
            "sources": sorted({row["source_id"] for row in documents}),
            "documents_count": len(documents),
            "known_count": 0,
            **{f"{outcome}_count": count for outcome, count in counts.items()},
            "removed_chars": sum(row["end_char"] - row["start_char"] for row in spans),
            "steps": '{"refine": {"seconds": 1.5, "rows": 5}}',
            "parameters": "{}",
            "versions": VERSIONS,
            "notes": [],
            "outcome": "done_with_quarantine" if counts["quarantined"] else "done",
        }
    )


def add_source(rows: Rows, source: str) -> None:
    last = FIRST_DAY + timedelta(days=DAYS - 1)
    rows["sources"].append(
        {
            "source_id": source,
            "kind": "feed",
            "url": f"https://{source}.example/feed.xml",
            "is_enabled": True,
            "last_attempt_at": last,
            "last_success_at": last,
            "last_new_article_at": last,
            "usual_interval_seconds": 86400.0,
            "entries_seen_count": 5,
            "failures_in_row_count": 0,
            "has_trusted_validators": True,
            "is_silent": False,
            "run_id": run_id(DAYS - 1),
        }
    )
