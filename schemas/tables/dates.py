"""The tables of dates: every date that a document offers, also the rejected, and what a text says of its own day."""

from copydesk.schemas.enums import DateKind, Precision
from copydesk.schemas.table import FLAG, INTEGER, PARAMETERS_VERSION, TEXT, TIMESTAMP, Column, Table

DATE_CANDIDATES = Table(
    name="date_candidates",
    grain="date found for a revision",
    key=("revision_id", "ordinal"),
    columns={
        "revision_id": Column(TEXT, "The revision.", references="revisions.revision_id"),
        "ordinal": Column(INTEGER, "Position among its candidates, from 1."),
        "value": Column(TEXT, "ISO 8601 at its precision, with an offset only where one is stated."),
        "precision": Column(TEXT, "How finely it is stated.", values=frozenset(Precision)),
        "kind": Column(TEXT, "What it is the date of.", values=frozenset(DateKind)),
        "method": Column(TEXT, "Where it was read."),
        "start_char": Column(
            INTEGER, "Where it stands in the extracted text.", is_nullable=True, unit="code points"
        ),
        "evidence": Column(TEXT, "The characters that it was read from."),
        "is_chosen": Column(FLAG, "Whether it is the publication date."),
        "reason": Column(TEXT, "Why it was chosen or rejected."),
        "run_id": Column(TEXT, "The run that found it.", references="runs.run_id"),
    },
)

TEXT_INTERVALS = Table(
    name="text_intervals",
    grain="undated wording whose interval its story gave (state: what its text alone says)",
    key=("revision_id",),
    columns={
        "revision_id": Column(TEXT, "The revision.", references="revisions.revision_id"),
        "article_id": Column(TEXT, "Its article.", references="articles.article_id"),
        "start_at": Column(TIMESTAMP, "Not written before, by its text alone.", is_nullable=True),
        "end_at": Column(TIMESTAMP, "Not written after, by its text alone.", is_nullable=True),
        "confidence": Column(
            TEXT, "How far that can be trusted.", True, values=frozenset({"low", "medium", "high"})
        ),
        "method": Column(TEXT, "What that was read from.", is_nullable=True),
        "parameters_version": PARAMETERS_VERSION,
        "run_id": Column(TEXT, "The run that inferred an interval from the story.", references="runs.run_id"),
    },
)
