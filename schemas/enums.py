"""The closed sets of words that columns may hold, for all who write or check such a column."""

from enum import StrEnum
from typing import Self


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
    """What a boilerplate span is, what it wants of the reader (`group`: five colours can be told apart, 28 cannot).

    `sentence` is what docs/reference.md has of it.
    """

    group: str
    sentence: str

    def __new__(cls, word: str, group: str = "", sentence: str = "") -> Self:
        """Make a member of its word, which alone it equals, and of what is told of it."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.group, member.sentence = group, sentence
        return member

    DONATION = "donation", "ask", "An appeal for money."
    NEWSLETTER = "newsletter", "ask", "An invitation to a newsletter, or its form."
    SUBSCRIPTION = "subscription", "ask", "An offer to subscribe, or a paywall's notice."
    COMMENT_PROMPT = "comment_prompt", "social", "An invitation to comment, or the state of the comments."
    SHARE = "share", "social", "Buttons and prompts to share or follow."
    RELATED_LINK = "related_link", "links", "A link or teaser to another piece."
    NAV = "nav", "links", "Menus, breadcrumbs, links to the next and the previous piece."
    COOKIE = "cookie", "social", "A notice about cookies or consent."
    APP_PROMO = "app_promo", "ask", "An advertisement for the outlet's own app."
    ADVERT_LABEL = "advert_label", "ask", "The word that stands over an advertisement."
    AUTHOR_BOX = "author_box", "rights", "A portrait of the author in words."
    FOOTER_LINK = "footer_link", "links", "Links and notices of a page's foot."
    LICENCE = "licence", "rights", "A statement of rights; read into `licence`."
    PRINT_STAMP = "print_stamp", "rights", "When, and from where, somebody printed the page."
    TAGS = "tags", "links", "A list of topics."
    PLAYER = "player", "social", "Controls and captions of a player."
    WIRE_CREDIT = "wire_credit", "rights", "The agency's credit line; read into `agency`."
    UI_WIDGET = "ui_widget", "social", "Other labels of the page's controls."
    DUPLICATE_TITLE = "duplicate_title", "read", "The headline again."
    SITE_LINE = "site_line", "links", "A line that the site's other articles have too."
    TIMESTAMP = "timestamp", "read", "When the page says that it was published or changed."
    KICKER = "kicker", "read", "A label or rubric right above the headline."
    TITLE_LINE = "title_line", "read", "The headline; read into `title`."
    DEK = "dek", "read", "The standfirst; read into `dek`."
    BYLINE = "byline", "read", "Who wrote it; read into `authors`."
    CAPTION = "caption", "read", "A picture's caption and credit; read into `images`."
    PULL_QUOTE = (
        "pull_quote",
        "read",
        "A sentence shown once more, large; the body keeps it in its paragraph.",
    )
    DATELINE = "dateline", "read", "Place and agency that open the text; read into columns, left in the body."


STAYS_IN_BODY = frozenset({SpanKind.DATELINE})
"""Kinds that are read into a column and yet remain part of the body."""


READ_INTO_COLUMNS = frozenset(
    {
        SpanKind.KICKER,
        SpanKind.TITLE_LINE,
        SpanKind.DEK,
        SpanKind.BYLINE,
        SpanKind.CAPTION,
        SpanKind.PULL_QUOTE,
        SpanKind.DATELINE,
        SpanKind.TIMESTAMP,
    }
)
"""Kinds that are themselves a column's value, or stand in the body once more; others may be read before they go."""


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
