"""Tables of the sources: their health, how far they are read, and what is known of each address."""

from copydesk.schemas.enums import SourceKind
from copydesk.schemas.table import BYTES, COUNT, FLAG, INTEGER, SECONDS, TEXT, TIMESTAMP, WORDS, Column, Table

SOURCES = Table(
    name="sources",
    grain="entry of the source list",
    key=("source_id",),
    columns={
        "source_id": Column(TEXT, "Name of the source."),
        "kind": Column(TEXT, "How it is read.", values=frozenset(SourceKind)),
        "url": Column(TEXT, "Address, for a source on the network.", is_nullable=True),
        "path": Column(TEXT, "Path, for a source on disk.", is_nullable=True),
        "language": Column(TEXT, "Language of its articles where one is stated.", is_nullable=True),
        "licence": Column(TEXT, "Licence of its articles where one is stated.", is_nullable=True),
        "schedule": Column(TEXT, "How often it is to be read: a cron line or a span.", is_nullable=True),
        "is_enabled": Column(FLAG, "Whether a run without --source reads it."),
        "last_attempt_at": Column(TIMESTAMP, "When a run last tried it.", is_nullable=True),
        "last_success_at": Column(
            TIMESTAMP, "When its listing was last read without error.", is_nullable=True
        ),
        "last_new_article_at": Column(
            TIMESTAMP, "When it last brought something unknown, by our clock.", is_nullable=True
        ),
        "usual_interval_seconds": Column(
            SECONDS, "Mean time between runs that found something new.", is_nullable=True, unit="seconds"
        ),
        "entries_seen_count": Column(COUNT, "Entries that it showed last.", unit="entries"),
        "failures_in_row_count": Column(COUNT, "Failed runs since the last success.", unit="runs"),
        "has_trusted_validators": Column(FLAG, "False once an ETag or a 304 was found to lie."),
        "is_silent": Column(FLAG, "Whether the last run warned that nothing comes any more."),
        "last_error": Column(TEXT, "Reason of the last failure; null after a success.", is_nullable=True),
        "run_id": Column(TEXT, "The run that wrote this row.", references="runs.run_id"),
    },
)

WATERMARKS = Table(
    name="watermarks",
    grain="source and part of it",
    key=("source_id", "part"),
    columns={
        "source_id": Column(TEXT, "The source.", references="sources.source_id"),
        "part": Column(TEXT, "Empty, or the file of a WARC source."),
        "watermark_at": Column(TIMESTAMP, "Start, by our clock, of the last run that brought everything in."),
        "size_bytes": Column(COUNT, "Of a file: its size when it was read.", is_nullable=True, unit="bytes"),
        "modified_at": Column(TIMESTAMP, "Of a file: its time when it was read.", is_nullable=True),
        "offset_bytes": Column(COUNT, "Of a file: up to where it is in.", is_nullable=True, unit="bytes"),
        "is_complete": Column(FLAG, "Whether the part was read to its end."),
        "run_id": Column(TEXT, "The run that moved it last.", references="runs.run_id"),
    },
)

URL_STATES = Table(
    name="url_states",
    grain="source and address that was listed or asked for",
    key=("source_id", "url"),
    columns={
        "source_id": Column(TEXT, "The source.", references="sources.source_id"),
        "url": Column(
            TEXT,
            "The address as listed, normalised; of an entry without a page of its own, a name below its feed.",
        ),
        "role": Column(TEXT, "The listing itself, or a page of it.", values=frozenset({"listing", "page"})),
        "outcome": Column(
            TEXT,
            "How the last fetch ended.",
            values=frozenset({"stored", "unchanged", "refused", "failed", "pending"}),
        ),
        "reason": Column(TEXT, "Why it was refused or failed.", is_nullable=True),
        "http_status": Column(INTEGER, "Status of the last answer.", is_nullable=True),
        "etag": Column(TEXT, "ETag to send in If-None-Match.", is_nullable=True),
        "last_modified": Column(TEXT, "Last-Modified to send back, as written.", is_nullable=True),
        "body_sha256": Column(TEXT, "Hash of the decoded body last received whole.", is_nullable=True),
        "entries_sha256": Column(TEXT, "Of a listing: hash of its entries.", is_nullable=True),
        "has_trusted_validators": Column(FLAG, "False once its validators were found to lie."),
        "hint": Column(TEXT, "What the listing says of the page's state, opaque.", is_nullable=True),
        "entry": Column(TEXT, "The listing's metadata as JSON, while the page is due.", is_nullable=True),
        "first_seen_at": Column(TIMESTAMP, "When the source first listed it."),
        "fetched_at": Column(TIMESTAMP, "When it was last asked for.", is_nullable=True),
        "full_fetched_at": Column(TIMESTAMP, "When its body was last received whole.", is_nullable=True),
        "next_fetch_at": Column(TIMESTAMP, "When it is due again; null: never by itself.", is_nullable=True),
        "fetch_count": Column(INTEGER, "How often it was asked for.", unit="fetches"),
        "not_modified_count": Column(
            INTEGER, "Answers 304 in a row since the last whole body.", unit="fetches"
        ),
        "failure_count": Column(INTEGER, "Failures in a row.", unit="fetches"),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)

ROBOTS_RULES = Table(
    name="robots_rules",
    grain="authority (scheme, host and port)",
    key=("authority",),
    columns={
        "authority": Column(TEXT, "scheme://host[:port] whose robots.txt this is."),
        "fetched_at": Column(TIMESTAMP, "When it was asked for."),
        "expires_at": Column(TIMESTAMP, "Until when it is used, a day at most."),
        "http_status": Column(INTEGER, "Status of the answer; null: unreachable.", is_nullable=True),
        "verdict": Column(
            TEXT,
            "Whether the payload counts (rules), or all or none is allowed.",
            values=frozenset({"rules", "all", "none"}),
        ),
        "payload": Column(BYTES, "The first 500 KiB of the file.", is_nullable=True),
        "run_id": Column(TEXT, "The run that asked.", references="runs.run_id"),
    },
)

SOURCE_RUNS = Table(
    name="source_runs",
    grain="source in a run",
    key=("run_id", "source_id"),
    columns={
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
        "source_id": Column(TEXT, "The source.", references="sources.source_id"),
        "started_at": Column(TIMESTAMP, "When its reading began."),
        "finished_at": Column(TIMESTAMP, "When its reading ended."),
        "outcome": Column(
            TEXT, "How it ended.", values=frozenset({"done", "unchanged", "partial", "failed"})
        ),
        "reason": Column(TEXT, "Why it failed.", is_nullable=True),
        "detail": Column(TEXT, "The same in words.", is_nullable=True),
        "is_backfill": Column(FLAG, "Whether --since or --until bounded it."),
        "requests_count": Column(COUNT, "All HTTP requests.", unit="requests"),
        "received_bytes": Column(COUNT, "Received before decoding.", unit="bytes"),
        "entries_seen_count": Column(COUNT, "Entries that its listing showed.", unit="entries"),
        "entries_new_count": Column(COUNT, "Entries that were not known.", unit="entries"),
        "documents_count": Column(COUNT, "Documents that it gave.", unit="documents"),
        "unchanged_count": Column(COUNT, "Addresses whose body was the same.", unit="documents"),
        "refused_count": Column(COUNT, "Documents that were refused.", unit="documents"),
        "failed_count": Column(COUNT, "Fetches that failed.", unit="fetches"),
        "warnings": Column(WORDS, "Silent or alike sources, a sentence each."),
    },
)
