"""Dates are read as they are written in newsrooms, and nothing else is read as a date."""

import re
import sys
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.dates.read_date import DIGIT, read_dates, read_loose_dates
from copydesk.transforms.dates.read_whole_date import read_stamp, read_whole_date


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-05-04T07:08:09+02:00", "2019-05-04T07:08:09+02:00"),
        ("2019-05-04T07:08:09.123Z", "2019-05-04T07:08:09Z"),
        ("2019-05-04 07:08:09 -0500", "2019-05-04T07:08:09-05:00"),
        ("Sat, 04 May 2019 07:08:09 GMT", "2019-05-04T07:08:09Z"),
        ("20190504", "2019-05-04"),
        ("May 4, 2019 at 3:05 p.m.", "2019-05-04T15:05"),
        ("4:05 PM EST, May 4, 2019", "2019-05-04T16:05-05:00"),
        ("4th of May 2019", "2019-05-04"),
        ("Sept. 4, 2019", "2019-09-04"),
        ("4. März 2019, 7.08 Uhr", "2019-03-04T07:08"),
        ("04.05.19", "2019-05-04"),
        ("04 | 05 | 2019", "2019-05-04"),
        ("2019/5/4(土) 7:08", "2019-05-04T07:08"),
        ("2019年5月4日（土曜日）7時08分", "2019-05-04T07:08"),
        ("2019. 5. 4(토) 07:08", "2019-05-04T07:08"),
        ("le 1er août 2019 à 12h30", "2019-08-01T12:30"),
        ("4 de mayo de 2019", "2019-05-04"),
        ("4 de março de 2019", "2019-03-04"),
        ("4 maggio 2019", "2019-05-04"),
        ("4 mei 2019", "2019-05-04"),
        ("4 december 2019", "2019-12-04"),
        ("4 diciembre 2019", "2019-12-04"),
        ("4 listopada 2019", "2019-11-04"),
        ("4 มีนาคม 2562 เวลา 09:15 น.", "2019-03-04T09:15"),
        ("เผยแพร่ 4 มี.ค. 62 09:15", "2019-03-04T09:15"),
        ("๔ กุมภาพันธ์ พ.ศ. ๒๕๖๒", "2019-02-04"),
        ("04/03/2562", "2019-03-04"),
        ("٤ مارس ٢٠١٩", "2019-03-04"),
        ("2019. május 4.", "2019-05-04"),
        ("4 мая 2019", "2019-05-04"),
        ("2019年5月4日", "2019-05-04"),
        ("2019년 5월 4일", "2019-05-04"),
        ("29 February 2020", "2020-02-29"),
    ],
)
def test_reads_the_notations_of_newsrooms(text: str, value: str) -> None:
    """A date in a known notation is read with exactly the parts that it states."""
    assert [found.reading.value for found in read_dates(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "29 February 2019",
        "31/31/2019",
        "1.2.3.2019",
        "score 10-12-16",
        "call 2019-555-0142",
        "version 20191301",
        "37 pupils 2019",
    ],
)
def test_reads_no_date_where_there_is_none(text: str) -> None:
    """A number that is no day of the calendar is no date."""
    assert list(read_dates(text)) == []


def test_keeps_both_readings_of_a_slashed_date() -> None:
    """03/04/2016 can be two days, 13/04/2016 and 13.04.2016 only one."""
    (open_date,) = read_dates("03/04/2016")
    assert (open_date.reading.value, open_date.reading.swapped.value) == ("2016-04-03", "2016-03-04")
    assert [
        found.reading.swapped
        for text in ("13/04/2016", "04/13/2016", "03.04.2016")
        for found in read_dates(text)
    ] == [
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("since September 30 last", "--09-30", "September 30"),
        ("on 27 February it began", "--02-27", "27 February"),
        ("in September 2015", "2015-09", "September 2015"),
        ("made in 2016, but", "2016", "2016"),
    ],
)
def test_never_adds_a_year_that_is_not_stated(text: str, value: str, quote: str) -> None:
    """Less than a full date stays less than a full date."""
    (found,) = read_loose_dates(text)
    assert (found.reading.value, text[found.start_char : found.end_char]) == (value, quote)
    assert found.reading.on is None


def test_reads_unix_time() -> None:
    """Ten digits are seconds and thirteen milliseconds since 1970, in UTC."""
    assert {read_stamp("1556953689").value, read_stamp("1556953689000").value} == {"2019-05-04T07:08:09Z"}


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2098, 1, 1)),  # noqa: DTZ001 - hypothesis wants them without
    st.integers(-12 * 4, 14 * 4),
)
def test_conversion_to_utc_keeps_the_moment(local: datetime, quarters: int) -> None:
    """What a stamp with an offset states is the same moment in UTC, and its day the day as stated."""
    moment = local.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * quarters)))
    reading = read_stamp(moment.isoformat())
    assert reading.at == moment
    assert reading.at.utcoffset() == timedelta(0)
    assert reading.on == moment.date()


@given(st.text(max_size=400))
def test_any_text_is_read_in_order_and_within_it(text: str) -> None:
    """Found stretches lie in the text, in order and apart; no text makes the reader fail."""
    for reader in (read_dates, read_loose_dates):
        places = [(found.start_char, found.end_char) for found in reader(text)]
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert places == sorted(places)


def test_reads_no_zone_from_the_next_line() -> None:
    """The first word of a paragraph below a stamp is no time zone, and no part of the stamp."""
    text = "4 May 2019, 18:20\n\nCars queue at the pier."
    (found,) = read_dates(text)
    assert text[found.start_char : found.end_char] == "4 May 2019, 18:20"


def test_digits_are_all_digits() -> None:
    """The pattern of a digit that searches run by takes what the shorter one takes, in every script."""
    signs = "".join(map(chr, range(sys.maxunicode + 1)))
    assert re.findall(DIGIT, signs) == re.findall(r"\d", signs)


@pytest.mark.parametrize(
    ("stamp", "value"),
    [
        ("2020-05-01T02:30:00 00:00", "2020-05-01T02:30:00Z"),
        ("2020-05-01T02:30:00&#43;02:00", "2020-05-01T02:30:00+02:00"),
        ("20200501T023000Z", "2020-05-01T02:30:00Z"),
        ("20200501023000", "2020-05-01T02:30:00"),
        ("2020-05-01T02:30:00-5:00", "2020-05-01T02:30:00-05:00"),
        ("Fri May 01 2020 02:30:00 GMT+0530", "2020-05-01T02:30:00+05:30"),
        ("2020-05-01 13:30 PM", "2020-05-01T13:30"),
    ],
)
def test_a_spoilt_stamp_keeps_its_zone(stamp: str, value: str) -> None:
    """A plus lost on the way, an escape or a tight clock leave the time with its zone."""
    reading = read_stamp(stamp)
    assert reading is not None
    assert reading.value == value


@pytest.mark.parametrize(
    ("zone", "read"),
    [
        ("+0530", "+05:30"),
        ("+5:30", "+05:30"),
        (" GMT+2", "+02:00"),
        (" GMT +2", "+02:00"),
        ("+00:00Z", "Z"),
        ("Z+01", ""),
        ("+0530Z", ""),
        ("+02:00:00", ""),
        (" EST5EDT", ""),
        (" Europe/Berlin", "+02:00"),
        ("[Europe/Berlin]", "+02:00"),
        (" (UTC+8)", "+08:00"),
        ("-500", "-05:00"),
        (" МСК", "+03:00"),
    ],
)
def test_a_zone_is_read_right_or_the_time_stays_on_its_clock(zone: str, read: str) -> None:
    """A zone that is no zone, or two that contradict, shift no time; a page and a carrier have the same."""
    for reader in (read_stamp, read_whole_date):
        reading = reader(f"2024-07-03T23:30:00{zone}")
        assert reading is not None
        assert reading.value == f"2024-07-03T23:30:00{read}"


def test_the_end_of_a_time_is_no_zone() -> None:
    """`10:15-11:45` is when something lasts; a machine's `T10:15-05:00` bears an offset."""
    (found,) = read_dates("4 March 2024, 10:15-11:45")
    assert found.reading.value == "2024-03-04T10:15"
    assert read_stamp("2024-03-04T10:15-05:00").value == "2024-03-04T10:15-05:00"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Sent by admin on Tue, 12/05/2023 - 09:30", ["2023-12-05"]),
        ("Fri 12/05/2023", ["2023-05-12"]),
        ("12/05/2023, vendredi", ["2023-05-12"]),
        ("martes 12/05/2023", ["2023-12-05"]),
        ("Mon, 12/05/2023", ["2023-05-12", "2023-12-05"]),
        ("The fri 06/06/2023", ["2023-06-06"]),
        ("12/05/2023", ["2023-05-12", "2023-12-05"]),
    ],
)
def test_a_weekday_beside_a_date_settles_its_order(text: str, days: list[str]) -> None:
    """Of two readings the one that fell on that day is meant; a weekday of neither settles nothing."""
    (found,) = read_dates(text)
    readings = (found.reading, found.reading.swapped)
    assert [str(one.on) for one in readings if one] == days
    if not text.startswith(("The", "Sent")):
        whole = read_whole_date(text)
        assert whole is not None
        assert [str(one.on) for one in (whole, whole.swapped) if one] == days
