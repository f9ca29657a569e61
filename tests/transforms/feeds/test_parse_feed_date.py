"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.feeds.feed import parse_feed_date

NOON = datetime(2031, 5, 4, 12, 30, tzinfo=UTC)
SAME_MOMENT = [
    "Sun, 04 May 2031 12:30:00 GMT", "Sun, 4 May 2031 12:30 UT", "4 May 31 07:30 EST", "Sun, 04 May 2031 14:30:00 +0200",
    "04 May 2031 12:30:00 +0000 (UTC)", "Sunday, 04-May-31 12:30:00 GMT", "Sun, 04 May 2031 13:30:00 GMT+0100",
    "2031-05-04T12:30:00Z", "2031-05-04T14:30:00.123+02:00", "2031-05-04 12:30:00", "2031-05-04T12:30Z", "20310504T123000Z",
    "2031-05-04 14:30:00 +0200 CEST", "2031/05/04 12:30", "May 4, 2031 12:30 PM", "Sunday, May 4th, 2031 at 12:30 p.m.",
    "Sun May  4 12:30:00 UTC 2031", "Sun May  4 12:30:00 2031", "04.05.2031 12:30", "Sun, 04 May 2031 05:30:00 PDT",
    "  Sun,\n 4 May 2031   12:30:00 GMT ", "Sun, 4 MAY 2031 12:30:00 Z", "Sun, 4 May 2031 12.30 GMT", "1935664200",
]  # fmt: skip
NO_DATES = [
    "",
    "soon",
    "31 Feb 2031",
    "2031",
    "2031-13-45",
    "Sun, 04 May 2031 25:30:00 GMT",
    "12:30",
    "99999999999999",
]


@pytest.mark.parametrize("text", SAME_MOMENT)
def test_one_moment_in_many_forms(text: str) -> None:
    """Every form gives the moment that it means, in UTC."""
    moment = parse_feed_date(text)
    assert moment is not None
    assert moment.replace(second=0, microsecond=0) == NOON


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2031-05-04", (2031, 5, 4)),
        ("4 May 2031", (2031, 5, 4)),
        ("2031-05", (2031, 5, 1)),
        ("25/12/2031", (2031, 12, 25)),
    ],
)
def test_days(text: str, day: tuple[int, int, int]) -> None:
    """A date without a time is its first moment in UTC."""
    assert parse_feed_date(text) == datetime(*day, tzinfo=UTC)


def test_midnight_at_the_end_of_the_day() -> None:
    """24:00 is the first moment of the next day."""
    assert parse_feed_date("Sun, 4 May 2031 24:00:00 GMT") == datetime(2031, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    """What is not on the calendar gives null, never a guess."""
    assert parse_feed_date(text) is None


@given(st.datetimes(datetime(1971, 1, 1), datetime(2068, 12, 31)))  # noqa: DTZ001 the zone is put on below
def test_what_is_written_is_read(moment: datetime) -> None:
    """A moment written by RFC 822 or RFC 3339 comes back."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_feed_date(moment.isoformat()) == moment
    assert parse_feed_date(moment.strftime("%d Jan %Y %H:%M:%S +0000")) == moment.replace(month=1)


@given(st.text(max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    """No text makes it raise."""
    parse_feed_date(text)
