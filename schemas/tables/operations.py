"""Tables of the pipeline's own doings: runs, quarantine, takedowns, check results."""

from copydesk.schemas.enums import Step
from copydesk.schemas.reasons import Reason
from copydesk.schemas.table import (
    COUNT,
    DATE,
    FLAG,
    INTEGER,
    SECONDS,
    TEXT,
    TIMESTAMP,
    VERSIONS,
    WORDS,
    Column,
    Table,
)

QUARANTINE = Table(
    name="quarantine",
    grain="document that a step did not accept in a run: each failed try",
    key=("document_id", "step", "run_id"),
    columns={
        "document_id": Column(TEXT, "The document.", references="documents.document_id"),
        "step": Column(TEXT, "The step that refused it.", values=frozenset(Step)),
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
        "source_id": Column(TEXT, "The source.", references="sources.source_id"),
        "origin": Column(TEXT, "Path or URL that it was read from."),
        "line": Column(COUNT, "Line or row of the origin, from 1.", is_nullable=True),
        "reason": Column(TEXT, "Short name of the reason.", values=frozenset(Reason)),
        "detail": Column(TEXT, "What was found, in words."),
        "published_on": Column(
            DATE, "Publication day, where it could be read all the same.", is_nullable=True
        ),
        "quarantined_at": Column(TIMESTAMP, "When."),
    },
)

RUNS = Table(
    name="runs",
    grain="execution of a flow that changed the tables",
    key=("run_id",),
    columns={
        "run_id": Column(TEXT, "Name of the run: its start and a random part."),
        "flow": Column(TEXT, "Which flow: ingest, retry, replay, forget."),
        "started_at": Column(TIMESTAMP, "When it began."),
        "finished_at": Column(TIMESTAMP, "When its transaction was about to be committed."),
        "sources": Column(WORDS, "Sources that it read."),
        "documents_count": Column(
            COUNT, "Documents that were not known yet, or were tried again.", unit="documents"
        ),
        "known_count": Column(
            COUNT, "Documents that were known byte for byte and skipped.", unit="documents"
        ),
        "new_count": Column(COUNT, "Documents that opened an article.", unit="documents"),
        "revised_count": Column(
            COUNT, "Documents that brought a known article's new wording.", unit="documents"
        ),
        "unchanged_count": Column(COUNT, "Documents with a known wording.", unit="documents"),
        "quarantined_count": Column(COUNT, "Documents that were not accepted.", unit="documents"),
        "removed_chars": Column(COUNT, "Characters taken out of the text.", unit="code points"),
        "steps": Column(TEXT, "Seconds and rows by step, as a JSON object."),
        "parameters": Column(
            TEXT, "As a JSON object: the version of the thresholds by area, and what bounded a replay."
        ),
        "versions": Column(VERSIONS, "Versions of the code, extractor, rule set and parameters."),
        "notes": Column(WORDS, "What a reader of the ledger should know."),
        "outcome": Column(
            TEXT,
            "How it ended; unfinished: portions of it are in, and it goes on or broke off.",
            values=frozenset({"done", "done_with_quarantine", "unfinished"}),
        ),
    },
)

SCHEMA_MIGRATIONS = Table(
    name="schema_migrations",
    grain="step that changed the form of the warehouse; its form now is `from schema_form`",
    key=("number",),
    columns={
        "number": Column(INTEGER, "Number of the form that the step led to, as in warehouse/migrations/."),
        "name": Column(TEXT, "What it does: the rest of its file's name."),
        "applied_at": Column(TIMESTAMP, "When it was applied, or the warehouse created in that form."),
        "copydesk_version": Column(TEXT, "The copydesk that applied it."),
    },
)

CHECK_RESULTS = Table(
    name="check_results",
    grain="check of a run",
    key=("run_id", "check_name"),
    columns={
        "run_id": Column(TEXT, "The latest run when the check was made.", references="runs.run_id"),
        "check_name": Column(TEXT, "Name of the check: its file."),
        "checked_at": Column(TIMESTAMP, "When it was made."),
        "severity": Column(TEXT, "Whether a break fails the build.", values=frozenset({"error", "warn"})),
        "is_passed": Column(FLAG, "Whether the law holds."),
        "offenders_count": Column(COUNT, "Rows that break it.", unit="rows"),
        "check_seconds": Column(SECONDS, "How long it took.", unit="seconds"),
    },
)

TAKEDOWNS = Table(
    name="takedowns",
    grain="removal of documents for good, by a person or by the retention of a source",
    key=("takedown_id",),
    columns={
        "takedown_id": Column(TEXT, "The run that took them down."),
        "subject": Column(
            TEXT, "What was named.", values=frozenset({"address", "article", "source", "retention"})
        ),
        "reason": Column(TEXT, "Why, in the words of who asked; it names no address."),
        "asked_by": Column(TEXT, "Who asked."),
        "taken_down_at": Column(TIMESTAMP, "When."),
        "articles_count": Column(COUNT, "Articles that went.", unit="articles"),
        "documents_count": Column(COUNT, "Documents that went.", unit="documents"),
    },
)

TOMBSTONES = Table(
    name="tombstones",
    grain="thing that must not come back, by its hash alone (state)",
    key=("kind", "subject_hash"),
    columns={
        "kind": Column(
            TEXT,
            "What was hashed.",
            values=frozenset({"address", "article", "document", "payload", "source"}),
        ),
        "subject_hash": Column(
            TEXT,
            "The article_id or document_id; else SHA-256 of the https address, the payload, the source_id.",
        ),
        "takedown_id": Column(TEXT, "The removal.", references="takedowns.takedown_id"),
    },
)
