"""The records that pass between the steps of one document. Immutable, picklable, plain values only."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copydesk.schemas.enums import Completeness, SpanAction, SpanKind


def as_row(record: Any) -> dict[str, Any]:
    """Return a record as a row: its fields by name."""
    return {name: getattr(record, name) for name in record.__slots__}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article: address, caption and credit, each null where the document names none."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and agency that open a wire story, with the characters as they stand in the text."""

    place: str | None
    agency: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class Authors:
    """Who is credited: people of the place that won the vote (`method`), and people that other places name.

    Agencies and organisations are those of all places. `rejected` has the place behind each name.
    """

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    method: str | None = None
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """What a page says of one line of the extracted text, in [0, 1]; null where the page is silent.

    `link_ratio` is the share of characters inside links; `agreement_ratio` the share of other extractors
    that also took the line; `container` the joined class, id and role names of the nearest ancestors. Of a line
    that `is_left_out` extraction took none: it stands in the text for the record alone.
    """

    link_ratio: float | None = None
    agreement_ratio: float | None = None
    in_article_body: bool | None = None
    container: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Payload:
    """One document as received: bytes or text with the media type and what its carrier said of it.

    `media_type` is text/html or text/plain. The other fields come from the carrier (JSONL row, feed entry,
    WARC record) and are null where it says nothing.
    """

    content: bytes | str
    media_type: str
    charset: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    published_at: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    r"""The text of a document before cleaning, and what its page says outside the text.

    `text` has one line a paragraph or heading, as the extractor gave it. `lines` is parallel to
    `text.split("\n")`, or empty where there is no page (plain text). `page` is the page as it was read
    (`transforms.page.walk_page.Page`), for steps in the same process that ask it again; never changed. `selected_date`
    is what the user's own selector for dates finds.
    """

    text: str
    extractor: str
    title: str | None = None
    dek: str | None = None
    credited: Authors = field(default_factory=Authors)
    publisher: str | None = None
    language: str | None = None
    section: str | None = None
    licence: str | None = None
    canonical_url: str | None = None
    images: tuple[Image, ...] = ()
    completeness: Completeness = Completeness.FULL
    lines: tuple[LineEvidence, ...] = ()
    charset: str | None = None
    page: Any = field(default=None, repr=False, compare=False)
    selected_date: str | None = None

    @property
    def authors(self) -> tuple[str, ...]:
        """The people among those credited."""
        return self.credited.people


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch [start_char, end_char) of the extracted text, in Unicode code points."""

    start_char: int
    end_char: int
    kind: SpanKind
    action: SpanAction
    rule_id: str
    evidence: str = ""
    confidence_ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read from the text, mostly from the very spans that leave it."""

    title: str | None = None
    dek: str | None = None
    credited: Authors = field(default_factory=Authors)
    publisher: str | None = None
    publisher_guess: str | None = None
    licence: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    images: tuple[Image, ...] = ()
    comments_are_closed: bool | None = None
    completeness: Completeness = Completeness.FULL

    @property
    def authors(self) -> tuple[str, ...]:
        """The people among those credited."""
        return self.credited.people


@dataclass(frozen=True, slots=True)
class LayoutEdit:
    """White space that the body writes otherwise: body[at_char:at_char+length_chars] was `text`."""

    at_char: int
    length_chars: int
    text: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The body with everything that left it: spans (sorted, disjoint), layout edits, and what was read."""

    body: str
    spans: tuple[Span, ...]
    layout: tuple[LayoutEdit, ...]
    readings: Readings = field(default_factory=Readings)


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One date that a document offers. `value` is ISO 8601 at its precision; an offset only where stated."""

    value: str
    precision: str
    kind: str
    method: str
    start_char: int | None = None
    evidence: str = ""
    is_chosen: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """The publication date with all candidates. The interval is inferred and never stands in published_*.

    `published_local_at` is the time on the publisher's clock where nothing names its zone, and `published_at` null.
    `stated_at` is when the document says that it was last changed, else published.
    """

    published_at: datetime | None = None
    published_local_at: datetime | None = None
    published_on: str | None = None
    stated_at: datetime | None = None
    published_precision: str | None = None
    published_method: str | None = None
    between_start_at: datetime | None = None
    between_end_at: datetime | None = None
    between_confidence: str | None = None
    between_method: str | None = None
    candidates: tuple[DateCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Refined:
    """One document after all steps."""

    extracted: Extracted
    cleaned: Cleaned
    dated: Dated
