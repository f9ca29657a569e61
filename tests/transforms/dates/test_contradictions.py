"""Where sources of one page say different days, the one that is the article's is told from the others by what it is."""

from datetime import UTC, datetime

import pytest

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.read_whole_date import read_whole_date
from copydesk.transforms.records import Dated

TEXT = "".join(
    f"<p>{said} had stood for ninety years before the storm took it, and nobody in the town would have it elsewhere.</p>"
    for said in ("The pier", "The quay", "The mole", "The lamp")
)
UTC_STAMP = '<meta name="parsely-pub-date" content="2020-03-05T04:30:00Z">'
CHANGE = '<meta property="article:modified_time" content="2020-03-09T10:00:00Z">'
BIRTH = CHANGE.replace("modified", "published")


def dated(
    head: str = "", *, site: str = "", beside: str = "", below: str = "", lang: str = "en", live: str = ""
) -> Dated:
    source = (
        f'<html lang="{lang}"><head><title>Pier rebuilt</title>{head}</head><body><header class="site-header">{site}'
        f"</header><main><article><h1>{live}Pier rebuilt</h1>{beside}{TEXT}{below}</article></main></body></html>"
    )
    return find_dates(DateInput(html=source, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)))


SITE_CLOCKS = (
    "<div>10 March 2020, 08:14 | 12°C</div>",
    '<time datetime="2020-03-10T08:14">08:14, 10 March 2020</time>',
    '<time datetime="2020-03-10T08:14:00Z">10 March 2020 08:14</time>',
)


@pytest.mark.parametrize("site", SITE_CLOCKS)
def test_the_clock_of_a_site_dates_nothing_and_hides_nothing(site: str) -> None:
    """A time in the head of the site is no birth, not beside a change either, and takes nothing from one that is told."""
    for head, beside in (("", ""), (CHANGE, ""), ("", "<p>By Ann Finch | 4 March</p>")):
        assert dated(head, site=site, beside=beside).published_on is None
    for head in ('<meta name="date" content="2020-03-04">', '<link rel="canonical" href="/2020/03/04/pier">'):
        found = dated(head, site=site)
        assert found.published_on == ("2020-03-04" if "meta" in head else None)


@pytest.mark.parametrize("field", ["article:published_time", "datePublished"])
def test_a_local_time_and_its_moment_in_utc_are_one(field: str) -> None:
    """The day is that on the publisher's clock, the moment that of the stamp."""
    found = dated(f'<meta property="{field}" content="2020-03-04T23:30:00">{UTC_STAMP}')
    assert (found.published_on, found.published_at) == ("2020-03-04", datetime(2020, 3, 5, 4, 30, tzinfo=UTC))


def test_a_live_blog_began_with_its_first_entry() -> None:
    """Where nothing else dates it, the newest entry is no birth."""
    entries = "".join(
        f'<div class="entry"><time datetime="2020-03-{day}T{hour}:00:00Z">{day} March 2020 {hour}:00</time><p>Crews met.</p></div>'
        for day, hour in (("06", 19), ("06", 18), ("05", 17), ("04", 10))
    )
    assert dated(below=entries, live="Live: ").published_on == "2020-03-04"


@pytest.mark.parametrize("head", [BIRTH, BIRTH + CHANGE])
def test_a_birth_that_is_the_day_of_a_change_is_the_change(head: str) -> None:
    """A page that tells both beside its headline is believed on when it was born."""
    found = dated(head, beside="<p>First published 4 March 2020; updated 9 March 2020</p>")
    assert found.published_on == "2020-03-04"


def test_json_ld_of_other_articles_dates_them_alone() -> None:
    """Of several articles described only the one that the page's title names is the page's."""
    others = ",".join(
        f'{{"@type":"NewsArticle","headline":"Ferry strike {said}","datePublished":"2020-03-{day}T10:00:00Z"}}'
        for said, day in (("goes on", 11), ("ends", 12))
    )
    own = ',{"@type":"NewsArticle","headline":"Pier rebuilt","datePublished":"2020-03-04"}'
    script = '<script type="application/ld+json">[{}]</script>'
    assert (
        dated(script.format(others), beside='<p class="date">March 4, 2020</p>').published_on == "2020-03-04"
    )
    assert dated(script.format(others + own)).published_on == "2020-03-04"


def test_two_fields_that_agree_outvote_one() -> None:
    """A lone field of another day does not make the page contradict itself."""
    two = '<meta name="dc.date" content="2020-03-04"><meta name="parsely-pub-date" content="2020-03-04T09:00:00Z">'
    assert dated(BIRTH + two).published_on == "2020-03-04"


def test_a_label_between_two_dates_is_that_of_the_next() -> None:
    """Korean papers write entered and changed before each date, others behind it."""
    line = "<p>입력 2020.03.04 09:30 수정 2020.03.09 11:00</p>"
    assert dated(beside=line, lang="ko").published_on == "2020-03-04"


def test_an_american_clock_tells_the_order_of_day_and_month() -> None:
    """03/04/2020 09:30 PM ET is the fourth of March, of a zone that no other stands for."""
    found = dated(beside="<p>03/04/2020 09:30 PM ET</p>")
    assert (found.published_on, found.published_at) == ("2020-03-04", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 มีนาคม 2563", "2020-03-04"),
        ("25/12/2563", "2020-12-25"),
        ('{"$date":"2020-03-04T09:30:00Z"}', "2020-03-04T09:30:00Z"),
        ('{"$date": 1583314200000}', "2020-03-04T09:30:00Z"),
        ('["2020-03-04"]', "2020-03-04"),
    ],
)
def test_rows_of_thai_years_and_of_databases_are_read(text: str, value: str) -> None:
    """A year of the Buddhist era and the wrappings of an export are understood whole."""
    reading = read_whole_date(text)
    assert reading is not None
    assert reading.value == value
