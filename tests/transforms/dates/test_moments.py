"""Moments and zones: whose clock a time is of, and on which day a stamp falls."""

from datetime import UTC, datetime

import pytest
from made_page import dated, page, reason

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates


def test_gives_the_moment_in_utc_and_the_day_in_the_publishers_zone() -> None:
    """published_at is UTC; published_on is the day that the publisher shows, not the day in UTC."""
    stamp = '<meta property="article:published_time" content="2020-03-04T23:30:00Z">'
    found = dated(page(stamp, "<p>5. März 2020</p>", attributes='lang="de"'))
    assert found.published_at == datetime(2020, 3, 4, 23, 30, tzinfo=UTC)
    assert found.published_on == "2020-03-05"
    offset = dated(page('<meta property="article:published_time" content="2020-03-05T00:30:00+01:00">'))
    assert (offset.published_at, offset.published_on) == (found.published_at, "2020-03-05")


def test_a_time_without_a_zone_makes_no_moment() -> None:
    """Nobody knows which moment 10:15 is where no zone is stated: the time on the publisher's clock is kept."""
    found = dated(page(beside="<p>Published 4 March 2020, 10:15</p>"))
    assert (found.published_on, found.published_at, found.published_precision) == (
        "2020-03-04",
        None,
        "minute_local",
    )
    assert found.published_local_at == datetime(2020, 3, 4, 10, 15)  # noqa: DTZ001
    assert "2020-03-04T10:15" in {item.value for item in found.candidates}


def test_a_time_without_a_zone_is_one_of_the_sources_zone() -> None:
    """The zone of the source list, of the page's own scripts or of a country with one time makes a moment of it."""
    clock = page(beside="<p>Published 4 March 2020, 23:15</p>")
    named = page(
        '<script>var site = {"timezone": "Europe\\/Berlin"};</script>', "<p>Published 4 March 2020, 23:15</p>"
    )
    moment = datetime(2020, 3, 4, 22, 15, tzinfo=UTC)
    for found in (
        dated(clock, timezone="Europe/Berlin"),
        dated(named),
        dated(clock, url="https://gull.de/pier"),
    ):
        assert (found.published_on, found.published_at, found.published_local_at) == (
            "2020-03-04",
            moment,
            None,
        )
    row = find_dates(
        DateInput(text="The pier fell.", carrier_published_at="2020-03-04T23:15:00", timezone="Asia/Tokyo")
    )
    assert (row.published_on, row.published_at) == ("2020-03-04", datetime(2020, 3, 4, 14, 15, tzinfo=UTC))


def test_a_row_without_a_zone_keeps_its_time() -> None:
    """The address of an article is no word for whose clock a row was written by; the time is kept as it stands."""
    row = DateInput(
        text="The pier fell.", url="https://gull.de/pier", carrier_published_at="2020-03-04T23:15:00"
    )
    found = find_dates(row)
    assert (found.published_on, found.published_at) == ("2020-03-04", None)
    assert (found.published_local_at, found.published_precision) == (
        datetime(2020, 3, 4, 23, 15),  # noqa: DTZ001
        "minute_local",
    )


def test_a_stamp_at_night_falls_on_the_day_of_its_publisher() -> None:
    """02:54 UTC is the evening before in New York, where the page names that zone and shows no day."""
    stamp = '<meta property="article:published_time" content="2020-05-02T02:54:29Z">'
    found = dated(page(stamp + '<script>{"tz":"America/New_York"}</script>'))
    assert (found.published_on, found.published_at) == (
        "2020-05-01",
        datetime(2020, 5, 2, 2, 54, 29, tzinfo=UTC),
    )
    assert dated(page(stamp)).published_on == "2020-05-02"


def test_a_stamp_is_no_moment_of_another_shown_clock() -> None:
    """A shown clock with its zone tells which of two stamps is the moment, and which one was written in a wrong zone."""
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-11-20T02:15:49-06:00"}</script>'
        '<meta property="article:published_time" content="2019-11-20T02:15:49+00:00">'
    )
    found = dated(page(head, '<p class="date">Nov 19, 2019, 8:15 pm CST</p>'))
    assert (found.published_on, found.published_at) == (
        "2019-11-19",
        datetime(2019, 11, 20, 2, 15, 49, tzinfo=UTC),
    )


def test_the_page_is_believed_where_its_feed_is_a_day_off() -> None:
    """The feed's day stays as a candidate with the reason."""
    found = dated(page(beside="<p>Published 4 March 2020</p>"), carrier_published_at="2020-03-05")
    assert found.published_on == "2020-03-04"
    assert reason(found, "2020-03-05") == "a day off from what the page itself says"


def test_the_clock_of_a_site_is_not_the_day_of_its_article() -> None:
    """A later day above the headline is the site's clock, where another stands below it; declared days are the article's."""
    clock = '<div class="date">26.02.2020</div>'
    source = page(beside='<p class="date">1. Mai 2017</p>').replace("<article>", clock + "<article>")
    assert dated(source).published_on == "2017-05-01"
    declared = page('<meta name="date" content="2017-05-01T17:05:00+0200">')
    shown = declared.replace("<article>", f'{clock}<div class="masthead">01.05.2017</div><article>')
    assert dated(shown).published_on == "2017-05-01"


def test_a_bare_date_that_repeats_the_change_is_no_birth() -> None:
    """Where the address names an earlier day, a `date` equal to the declared change is a change."""
    stamp = "2020-03-09T10:00:00Z"
    head = f'<meta name="date" content="{stamp}"><meta property="article:modified_time" content="{stamp}">'
    found = dated(page(head, "<p>Published 4 March 2020</p>"))
    assert found.published_on == "2020-03-04"
    assert dated(page(head)).published_on == "2020-03-09"


def test_a_change_that_is_shown_in_another_zone_is_a_change() -> None:
    """A time that is the declared moment of change contradicts no birth, whatever its class says."""
    head = (
        '<meta property="article:published_time" content="2019-09-27T23:20:00Z">'
        '<meta property="article:modified_time" content="2020-11-24T00:13:49Z">'
    )
    shown = '<time class="published" datetime="2020-11-23T19:13:49-05:00">November 23, 2020</time>'
    assert dated(page(head, shown)).published_on == "2019-09-27"


@pytest.mark.parametrize(
    "line", ["<p>Member since 4 March 2015</p>", '<span class="user-joined">4 March 2015</span>']
)
def test_the_day_on_which_an_author_joined_is_no_publication(line: str) -> None:
    """A profile beside the headline tells of its owner."""
    assert dated(page(beside=line)).published_on is None
