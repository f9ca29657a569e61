"""The real undated articles: every trap is on record as rejected, and their bounds and intervals are reached."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.transforms.dates.bound_text import bound_text
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.infer_interval import infer_interval
from copydesk.transforms.records import Dated

DOCS = ["000", "001", "002", "003", "004"]
KINDS = {
    "photo_date": {"photo"},
    "print_stamp": {"print_stamp"},
    "background_event": {"background"},
    "earlier_event": {"background"},
    "weekday": {"relative"},
    "weekday_future": {"relative"},
    "relative_day": {"relative"},
    "relative_week": {"relative"},
    "relative_month": {"relative"},
    "relative_in_quote": {"relative"},
    "future_event": {"relative", "event"},
}


@pytest.fixture(params=DOCS)
def article(request: pytest.FixtureRequest, shared: Path) -> tuple[dict[str, Any], str, Dated]:
    gold = json.loads((shared / "articles" / "gold.json").read_text(encoding="utf-8"))
    doc = next(doc for doc in gold["docs"] if doc["doc"] == request.param)
    text = (shared / "articles" / doc["file"]).read_text(encoding="utf-8")
    fetched_at = datetime(2025, 1, 1, tzinfo=UTC)
    return doc, text, find_dates(DateInput(text=text, language=doc["language"], fetched_at=fetched_at))


def day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def test_no_trap_becomes_a_publication_date(article: tuple[dict[str, Any], str, Dated]) -> None:
    """None of them says when it was published; each date that it mentions is on record for what it is."""
    doc, _, found = article
    assert (found.published_at, found.published_on) == (None, None)
    at = {item.start_char: item for item in found.candidates}
    for mention in doc["date_mentions"]:
        if mention["kind"] in KINDS:
            item = at[mention["start"]]
            assert item.kind in KINDS[mention["kind"]], mention
            assert item.reason
            assert not item.is_chosen


def test_the_text_alone_reaches_its_bounds(article: tuple[dict[str, Any], str, Dated]) -> None:
    """The bounds are those that a careful reader draws from the text, and nothing tighter."""
    doc, text, found = article
    bounds = bound_text(found.candidates, text)
    assert [day(bounds.first_on), day(bounds.last_on)] == doc["text_only_bounds"]


def test_the_storys_day_reaches_the_inferred_interval(article: tuple[dict[str, Any], str, Dated]) -> None:
    """With the day of the event, the interval is that of a careful reader."""
    doc, text, found = article
    days = [date.fromisoformat(doc["event_date"])]
    interval = infer_interval(found.candidates, bounds=bound_text(found.candidates, text), story_days=days)
    assert interval is not None
    assert [interval.first_on.isoformat(), interval.last_on.isoformat()] == doc["published_inferred"]["range"]
    assert interval.confidence == doc["published_inferred"]["confidence"]
