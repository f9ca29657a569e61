"""The table of what came in: every document byte for byte, and what became of it."""

from copydesk.schemas.table import BYTES, COUNT, INTEGER, TEXT, TIMESTAMP, WORDS, Column, Table

DOCUMENTS = Table(
    name="documents",
    grain="payload received",
    key=("document_id",),
    columns={
        "document_id": Column(TEXT, "Hash of source, origin, payload and what its carrier said of it."),
        "source_id": Column(TEXT, "The source that delivered it.", references="sources.source_id"),
        "origin": Column(TEXT, "Path below the given folder, or URL, that it was read from."),
        "line": Column(COUNT, "Line or row of the origin that held it, from 1.", is_nullable=True),
        "url": Column(
            TEXT, "Address that the carrier gave for it, normalised; null where it is none.", is_nullable=True
        ),
        "carrier_url": Column(
            TEXT, "The same as the carrier wrote it, where that is another spelling.", is_nullable=True
        ),
        "external_id": Column(TEXT, "The user's own identifier (field `id` of a row).", is_nullable=True),
        "fetched_at": Column(TIMESTAMP, "When it was read or fetched."),
        "media_type": Column(TEXT, "Media type of the payload, without parameters."),
        "charset": Column(
            TEXT,
            "Encoding that it was read in, by its WHATWG name; of a row, its file's; of a refused one, the declared.",
            is_nullable=True,
        ),
        "payload": Column(
            BYTES, "The payload byte for byte; null where it could not be read.", is_nullable=True
        ),
        "payload_sha256": Column(TEXT, "SHA-256 of the payload in hex.", is_nullable=True),
        "payload_bytes": Column(COUNT, "Size of the payload.", unit="bytes"),
        "title": Column(TEXT, "Title as the carrier gave it.", is_nullable=True),
        "authors": Column(WORDS, "Authors as the carrier gave them.", is_nullable=True),
        "language": Column(TEXT, "Language as the carrier gave it.", is_nullable=True),
        "publisher": Column(TEXT, "Publisher as the carrier gave it.", is_nullable=True),
        "published_at_stated": Column(TEXT, "Publication date as the carrier wrote it.", is_nullable=True),
        "stated_at": Column(
            TIMESTAMP,
            "When it says that it was last changed, else published; of a day its first moment. Orders wordings.",
            is_nullable=True,
        ),
        "timezone": Column(
            TEXT, "IANA zone of the times that name none, as the user says.", is_nullable=True
        ),
        "http_status": Column(INTEGER, "HTTP status of the response.", is_nullable=True),
        "http_headers": Column(TEXT, "Response headers of use later, as a JSON object.", is_nullable=True),
        "feed_metadata": Column(
            TEXT, "What the feed or sitemap said of it, as a JSON object.", is_nullable=True
        ),
        "licence": Column(TEXT, "Licence that the source or carrier states.", is_nullable=True),
        "robots_decision": Column(TEXT, "Why the fetch was allowed.", is_nullable=True),
        "extra": Column(TEXT, "Columns of its row that the user kept, as a JSON object.", is_nullable=True),
        "article_id": Column(
            TEXT,
            "The article that it is a copy of; null when quarantined.",
            True,
            references="articles.article_id",
        ),
        "revision_id": Column(
            TEXT,
            "The wording that it carries; null when quarantined.",
            True,
            references="revisions.revision_id",
        ),
        "outcome": Column(
            TEXT, "What became of it.", values=frozenset({"new", "revised", "unchanged", "quarantined"})
        ),
        "run_id": Column(
            TEXT,
            "The run that decided its outcome, by reading it or by trying it again.",
            references="runs.run_id",
        ),
    },
)
