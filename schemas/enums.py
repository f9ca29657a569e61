"""The closed sets of words that columns may hold, for all who write or check such a column."""

from enum import StrEnum


class SourceKind(StrEnum):
    """What a source is, and so who brings in its documents."""

    FEED = "feed"
    SITEMAP = "sitemap"
    URLS = "urls"
    WARC = "warc"
    FOLDER = "folder"
    JSONL = "jsonl"
    PARQUET = "parquet"


FETCHED_KINDS = frozenset({SourceKind.FEED, SourceKind.SITEMAP, SourceKind.URLS})
"""Asked for over the network, by flows/sources/run_source.py; a list of addresses may also lie on disk."""

FILE_KINDS = frozenset({SourceKind.FOLDER, SourceKind.JSONL, SourceKind.PARQUET})
"""Read from disk, by flows/read. WARC files, on disk or fetched, are in neither set: acquire_warc.py reads them."""


class SpanKind(StrEnum):
    """What a boilerplate span is; the first group is dropped, the second read into columns."""

    DONATION = "donation"
    NEWSLETTER = "newsletter"
    SUBSCRIPTION = "subscription"
    COMMENT_PROMPT = "comment_prompt"
    SHARE = "share"
    RELATED_LINK = "related_link"
    NAV = "nav"
    COOKIE = "cookie"
    APP_PROMO = "app_promo"
    ADVERT_LABEL = "advert_label"
    AUTHOR_BOX = "author_box"
    FOOTER_LINK = "footer_link"
    LICENCE = "licence"
    PRINT_STAMP = "print_stamp"
    TAGS = "tags"
    PLAYER = "player"
    WIRE_CREDIT = "wire_credit"
    UI_WIDGET = "ui_widget"
    DUPLICATE_TITLE = "duplicate_title"
    SITE_LINE = "site_line"
    TIMESTAMP = "timestamp"
    KICKER = "kicker"
    TITLE_LINE = "title_line"
    DEK = "dek"
    BYLINE = "byline"
    CAPTION = "caption"
    PULL_QUOTE = "pull_quote"
    DATELINE = "dateline"


STAYS_IN_BODY = frozenset({SpanKind.DATELINE})
"""Kinds that are read into a column and yet remain part of the body."""


class SpanAction(StrEnum):
    """Whether a span is dropped (after it was read, where it tells something) or is itself a column's value."""

    DROP = "drop"
    METADATA = "metadata"


class Completeness(StrEnum):
    """How much of a published piece a document holds."""

    FULL = "full"
    TEASER = "teaser"
    TRUNCATED = "truncated"
    LIVE_BLOG = "live_blog"
    LIST_PAGE = "list_page"
    PARTIAL = "partial"


class Precision(StrEnum):
    """How finely a date is known."""

    SECOND = "second"
    MINUTE = "minute"
    MINUTE_LOCAL = "minute_local"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateKind(StrEnum):
    """What a date found in a document is the date of."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    FEED = "feed"
    URL = "url"
    DATELINE = "dateline"
    PHOTO = "photo"
    PRINT_STAMP = "print_stamp"
    CAPTURE = "capture"
    EVENT = "event"
    BACKGROUND = "background"
    RELATIVE = "relative"
    COPYRIGHT = "copyright"


class Relation(StrEnum):
    """How two articles share text."""

    EXACT = "exact"
    NEAR = "near"
    CONTAINS = "contains"


class Step(StrEnum):
    """The steps between an origin and the tables that may refuse a document, in order."""

    READ = "read"
    FETCH = "fetch"
    EXTRACT = "extract"
    CLEAN = "clean"
    DATE = "date"
    DESCRIBE = "describe"


class ExportFormat(StrEnum):
    """What an export writes: one file of DuckDB or SQLite, or a folder of Parquet, CSV or JSON lines."""

    DUCKDB = "duckdb"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
