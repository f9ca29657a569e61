"""A page made for the tests of dates, and how it is dated."""

from datetime import UTC, datetime

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.records import Dated

FETCHED = datetime(2021, 6, 1, 12, tzinfo=UTC)
HEADLINE = "Harbour town of Millmoor rebuilds its ferry pier"


def page(head: str = "", beside: str = "", body: str = "", *, attributes: str = "") -> str:
    return (
        f"<html {attributes}><head><title>{HEADLINE}</title>{head}</head><body><article><h1>{HEADLINE}</h1>{beside}"
        f"<p>The pier had stood for ninety years before the storm took it.</p>{body}</article></body></html>"
    )


def dated(source: str, **more: object) -> Dated:
    return find_dates(DateInput(html=source, fetched_at=FETCHED, **more))


def reason(found: Dated, value: str) -> str:
    return next(item.reason for item in found.candidates if item.value == value)
