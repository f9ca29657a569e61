"""What `find_dates` may look at: the page, its text and what the carrier said. Plain values, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.records import Span


@dataclass(frozen=True, slots=True)
class DateInput:
    """One document as far as its date goes; every field may be missing.

    `page` spares parsing `html`; it is only read. `text` is the extracted text before cleaning, `spans` what cleaning
    found in it: a timestamp, a print stamp, a caption or a dateline says what a date inside it is the date of.
    `carrier_published_at` comes from a feed entry or a row, `selected_date` from the user's own selector for the site;
    `timezone` is the IANA zone that times and the page's are in, where the source list names one. `headers` are the
    HTTP headers. `fetched_at` is aware; without it no date is in the future.
    """

    html: str | bytes | None = None
    page: Page | None = None
    text: str = ""
    title: str | None = None
    spans: tuple[Span, ...] = ()
    language: str | None = None
    url: str | None = None
    carrier_published_at: str | None = None
    selected_date: str | None = None
    timezone: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None
