"""Copydesk from Python: `ingest` into a warehouse, `connect` to read it, `clean` documents without one.

Everything in `__all__` keeps its name and meaning within a major version; what lies below (`copydesk.transforms` and so
on) may move. Settings are those of the command (docs/reference.md), by name: `workers=2`, `timezone="Europe/Paris"`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from copydesk.schemas.user_error import UserError

if TYPE_CHECKING:
    import duckdb

    from copydesk.flows.ingest.summary import Summary
    from copydesk.flows.settings import Settings

__all__ = [
    "Article",
    "NotAnArticleError",
    "Refusal",
    "UserError",
    "clean",
    "clean_files",
    "connect",
    "ingest",
]


@dataclass(frozen=True, slots=True)
class Article:
    """What a document says, cleaned; the fields are the columns of that name in docs/tables.md.

    `spans` are dictionaries of what was cut from `extracted_text` or read out of it: `start_char` and `end_char` in
    code points, `kind`, `action`, `rule_id`, `evidence`, `text`. `images` have `url`, `caption`, `credit`. Days and
    times are ISO 8601. `line` counts from 1 in a file of many documents.
    """

    origin: str
    line: int | None
    title: str | None
    dek: str | None
    authors: list[str]
    publisher: str | None
    language: str | None
    section: str | None
    licence: str | None
    agency: str | None
    dateline: str | None
    canonical_url: str | None
    completeness: str
    published_at: str | None
    published_local_at: str | None
    published_on: str | None
    images: list[dict[str, Any]]
    body: str
    spans: list[dict[str, Any]]
    date_candidates: list[dict[str, Any]]
    extracted_text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that is no article or could not be read: a word of docs/tables.md (quarantine), and why."""

    origin: str
    line: int | None
    reason: str
    detail: str


class NotAnArticleError(ValueError):
    """`clean` was given something else than an article; `refusal` says what."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the refusal, so that the error can be sent from one process to another."""
        super().__init__(refusal)
        self.refusal = refusal

    def __str__(self) -> str:
        """Say why in the words of the refusal."""
        return f"{self.refusal.reason}: {self.refusal.detail}"


def clean(  # noqa: PLR0913 - what a carrier can say of a document
    content: str | bytes,
    *,
    url: str | None = None,
    title: str | None = None,
    authors: Sequence[str] = (),
    publisher: str | None = None,
    published_at: str | date | None = None,
    language: str | None = None,
    media_type: Literal["text/plain", "text/html"] | None = None,
) -> Article:
    """Clean one page or text in this process, without a limit on its time; for pages of strangers see `clean_files`.

    What its carrier says of it helps. What looks like HTML is read as a page, unless `media_type` says what it is.

    Raises NotAnArticleError where there is no article in it, UserError for a path, an address or no text at all.
    """
    from copydesk.flows.clean import clean_content

    stated = published_at.isoformat() if isinstance(published_at, date) else published_at
    known = {"url": url, "title": title, "publisher": publisher, "published_at": stated, "language": language}
    return _article(clean_content(content, media_type=media_type, authors=tuple(authors), **known))


def clean_files(*paths: str | Path, **settings: Any) -> Iterator[Article | Refusal]:
    """Yield an article of each document below files, folders and addresses, in their order, from limited workers.

    What a site's documents repeat among them is out, as in a warehouse. Raises UserError for a path that is not there.
    """
    from copydesk.flows.clean import clean_paths

    for record in clean_paths(_paths(paths), settings=_settings(settings)):
        yield Article(**record) if "body" in record else Refusal(**record)


def ingest(
    *paths: str | Path,
    warehouse: str | Path | None = None,
    source: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    **settings: Any,
) -> "Summary":
    """Store the articles of files, folders and addresses; without any, of the source list. Again adds nothing.

    `since` and `until` fill sources in backwards: days or moments, or words as on the command line (`yesterday`, `7d`),
    both inclusive, UTC where they name no zone.

    Returns counts (`new_count`, `revised_count`, `quarantined_count` ...). Raises UserError before anything is
    written, LeaseHeldError (a RuntimeError) where another run holds the warehouse.
    """
    from copydesk.flows.ingest.plan import ingest as run
    from copydesk.flows.sources.source import Period, read_moment

    period = Period(
        None if since is None else read_moment(since),
        None if until is None else read_moment(until, at=time.max),
    )
    return run(_paths(paths), settings=_settings(settings, warehouse), source=source, period=period)


def connect(warehouse: str | Path | None = None, **settings: Any) -> "duckdb.DuckDBPyConnection":
    """Open a warehouse read-only: its tables and views as they are now, also while a run writes.

    Raises FileNotFoundError where there is none, UserError where it has the form of another release.
    """
    from copydesk.warehouse.connect import connect_reader

    return connect_reader(_settings(settings, warehouse).place)


def _settings(given: dict[str, Any], warehouse: str | Path | None = None) -> "Settings":
    from copydesk.flows.settings import Settings

    return Settings(**given, **({} if warehouse is None else {"warehouse": warehouse}))


def _paths(given: Sequence[Any]) -> Sequence[str | Path]:
    if strange := next((each for each in given if not isinstance(each, str | Path)), None):
        raise UserError(f"{type(strange).__name__} is no path: give each one by itself, ingest(*paths)")
    return given


def _article(record: dict[str, Any]) -> Article:
    if "body" not in record:
        raise NotAnArticleError(Refusal(**record))
    return Article(**record)
