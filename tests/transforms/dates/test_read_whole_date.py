"""A date is read to its last character, or not at all."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.read_whole_date import read_whole_date
from copydesk.transforms.feeds.feed import iso_date, parse_feed_date

READ = {
    # RFC 822 and 2822, with their obsolete forms and zones
    "Mon, 06 May 2024 12:30:00 +0200": "2024-05-06T10:30:00+00:00",
    "Mon, 6 May 24 12:30 GMT": "2024-05-06T12:30:00+00:00",
    "06 May 99 12:30 UT": "1999-05-06T12:30:00+00:00",
    "06 May 101 12:30 UT": "2001-05-06T12:30:00+00:00",
    "Mon, 06 May 2024 12:30:00 EST": "2024-05-06T17:30:00+00:00",
    "Mon, 06 May 2024 12:30:00 PDT": "2024-05-06T19:30:00+00:00",
    "Mon, 06 May 2024 12:30:00 CET": "2024-05-06T11:30:00+00:00",
    "Mon, 06 May 2024 12:30:00 JST": "2024-05-06T03:30:00+00:00",
    "Mon, 06 May 2024 12:30:00 A": "2024-05-06T12:30:00",
    "Mon, 06 May 2024 12:30:00 PT": "2024-05-06T12:30:00",
    "Mon, 06 May 2024 12:30:00 -0000": "2024-05-06T12:30:00+00:00",
    "Mon (a (deep) one), 06 May 2024 12:30:00 +0000 (UTC)": "2024-05-06T12:30:00+00:00",
    "Mon, 06 May 2024 24:00:00 GMT": "2024-05-07T00:00:00+00:00",
    "Mon, 06 May 2024 23:59:60 GMT": "2024-05-06T23:59:59+00:00",
    "Monday, 06-May-24 12:30:00 GMT": "2024-05-06T12:30:00+00:00",
    "Mon May  6 12:30:00 EST 2024": "2024-05-06T17:30:00+00:00",
    "Mon May 06 2024 12:30:00 GMT+0100 (Central European Standard Time)": "2024-05-06T11:30:00+00:00",
    # RFC 3339 and ISO 8601
    "2024-05-06T12:30:00.123456789Z": "2024-05-06T12:30:00+00:00",
    "2024-05-06 12:30:00 +0200 CEST": "2024-05-06T10:30:00+00:00",
    "2024-05-06T12:30:00.000+00:00[Europe/London]": "2024-05-06T12:30:00+00:00",
    "20240506T1230Z": "2024-05-06T12:30:00+00:00",
    "20240506123000": "2024-05-06T12:30:00",
    "2024-05-06T12:30:00": "2024-05-06T12:30:00",
    "2024-05-06": "2024-05-06",
    "2024-05": "2024-05",
    "1714998600": "2024-05-06T12:30:00+00:00",
    "1714998600123": "2024-05-06T12:30:00+00:00",
    # what the world's newsrooms write
    "2024年5月6日": "2024-05-06",
    "2024年5月6日 12:30": "2024-05-06T12:30",
    "2024年05月06日 下午3:05": "2024-05-06T15:05",
    "２０２４年５月６日（月）12時30分": "2024-05-06T12:30",
    "2024년 5월 6일 오후 3시 5분": "2024-05-06T15:05",
    "06.05.2024 12:30 Uhr": "2024-05-06T12:30",
    "6. Mai 2024, 12.30 Uhr": "2024-05-06T12:30",
    "lun., 6 mai 2024 12:30:00 +0200": "2024-05-06T10:30:00+00:00",
    "Lunes, 6 de mayo de 2024 12:30": "2024-05-06T12:30",
    "Пн, 06 мая 2024 12:30:00 +0300": "2024-05-06T09:30:00+00:00",
    "6 мая 2024 г. 12:30": "2024-05-06T12:30",
    "2024. május 6. 12:30": "2024-05-06T12:30",
    "6. května 2024": "2024-05-06",
    "06 Mayıs 2024 Pazartesi": "2024-05-06",
    "6 مايو 2024": "2024-05-06",
    "Δευ, 06 Μαΐ 2024 12:30:00 EET": "2024-05-06T10:30:00+00:00",
    "mar. 5 mars 2024": "2024-03-05",
    "Mar 5, 2024 3:05 p.m.": "2024-03-05T15:05",
    "2024/05/06 12:30": "2024-05-06T12:30",
    "2024-05-06 13:05 pm": "2024-05-06T13:05",
    "25/12/2024": "2024-12-25",
    "12/25/2024": "2024-12-25",
    "25-12-2024": "2024-12-25",
}
NOT_READ = [
    "06-05-2024", "06/05/2024 12:30", "202405", "2024", "6 May", "May 2024", "soon", "", "12:30", "2024-02-30",
    "Mon, 31 Feb 2024 12:30:00 GMT", "2024-05-06T12:30:00+99:99", "Mon, 06 May 2024 12:30:00 +9999", "2024-05-06T25:30:00Z",
    "2024-05-06 13:05 am", "Updated 6 May 2024", "6 May 2024 by Joe", "6 May 2024, 7 May 2024", "6 Mayhem 2024", "99999999999999",
    "2024-05-06T12:30:00 02:00", "6.5.24", "2024年13月6日", "2024年5月6日更新", "x" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READ.items(), ids=READ)
def test_forms_of_the_world(text: str, value: str) -> None:
    """Each form is read as finely as it is stated: a moment in UTC, else the day or the time that stands there."""
    assert iso_date(text) == value


@pytest.mark.parametrize("text", NOT_READ, ids=[text[:30] for text in NOT_READ])
def test_nothing_is_invented(text: str) -> None:
    """What is not understood to its last character, is not on the calendar, or could be one of two, is no date."""
    assert iso_date(text) is None
    assert parse_feed_date(text) is None


def test_both_readings_are_kept() -> None:
    """The other reading of a day that could be one of two stands beside the first, for who knows more."""
    reading = read_whole_date("06-05-2024 12:30")
    assert reading is not None
    assert reading.swapped is not None
    assert (reading.value, reading.swapped.value) == ("2024-05-06T12:30", "2024-06-05T12:30")


ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1971, 1, 1), datetime(2068, 12, 31)), ZONES)  # noqa: DTZ001 the zone is put on below
def test_valid_dates_are_read_as_others_read_them(naive: datetime, zone: timezone) -> None:
    """What RFC 2822 and RFC 3339 allow gives the moment that feedparser reads, too."""
    moment = naive.replace(microsecond=0, tzinfo=zone)
    for text in (
        format_datetime(moment),
        moment.isoformat(),
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    ):
        theirs = feedparser.datetimes._parse_date(text)
        assert parse_feed_date(text) == moment
        assert datetime(*theirs[:6], tzinfo=UTC) == moment


@given(st.text(max_size=130) | st.text("0123456789 :-/.,TZ+年月日May", max_size=40))
def test_any_text_is_read_or_not(text: str) -> None:
    """No text makes it raise, and what it reads is read again as the same."""
    reading = read_whole_date(text)
    value = iso_date(text)
    if reading is not None and reading.swapped is None:
        assert value is not None
        assert iso_date(value) == value
        assert value.isascii()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("Updated 6 May 2024", "only a part"),
        ("2024-05-06T12:30:00+99:99", "only a part"),
        ("06-05-2024", "nothing settles the order"),
    ],
)
def test_what_is_not_read_is_a_candidate_with_its_text(raw: str, reason: str) -> None:
    """A carrier's date that is not sure dates nothing; as it is written it stands among the candidates, and why."""
    dated = find_dates(DateInput(text="The harbour board met.", carrier_published_at=raw))
    assert dated.published_on is None
    (candidate,) = [one for one in dated.candidates if one.method == "carrier:published_at"]
    assert candidate.evidence == raw
    assert reason in candidate.reason


def test_a_day_without_a_zone_dates_the_article_to_the_day() -> None:
    """Where the carrier's time has no zone the day is known, and no moment."""
    dated = find_dates(DateInput(text="The harbour board met.", carrier_published_at="2024年5月6日 12:30"))
    assert (dated.published_on, dated.published_at) == ("2024-05-06", None)
