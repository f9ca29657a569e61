"""A page's publication date is chosen on evidence, or not at all, and every candidate says why."""

from datetime import UTC, datetime

import pytest
from lxml import html

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.page.walk_page import walk_page
from copydesk.transforms.records import Dated, Span

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


SOURCES = {
    "json-ld": page(
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-03-04"}</script>'
    ),
    "json-ld graph": page(
        '<script type="application/ld+json">{"@graph":[{"@type":["WebPage"],"name":"x"},'
        '{"@type":"Article","datePublished":"2020-03-04"}]}</script>'
    ),
    "broken json-ld": page(
        '<script type="application/ld+json">{"@type":"Article","datePublished":"2020-03-04",}}</script>'
    ),
    "json-ld of a live blog": page(
        '<script type="application/ld+json">{"@type":"LiveBlogPosting","datePublished":"2020-03-04","liveBlogUpdate":'
        '[{"@type":"BlogPosting","datePublished":"2020-03-05"},{"@type":"BlogPosting","datePublished":"2020-03-06"}]}'
        "</script>"
    ),
    "json-ld of a live blog that repeats its latest entry": page(
        '<meta property="article:published_time" content="2020-03-04">'
        '<script type="application/ld+json">{"@type":"LiveBlogPosting","datePublished":"2020-03-06T19:00:00Z",'
        '"liveBlogUpdate":[{"@type":"BlogPosting","datePublished":"2020-03-06T19:00:00Z"}]}</script>'
    ),
    "json-ld of a live blog whose entries are dated": page(
        '<script type="application/ld+json">{"@type":"LiveBlogPosting","datePublished":"2020-03-04"}</script>',
        '<h3><time datetime="2020-03-05">5 March 2020</time></h3>',
    ),
    "microdata of a live blog": page(
        beside='<meta itemprop="datePublished" content="2020-03-04"><div itemprop="liveBlogUpdate">'
        '<time itemprop="datePublished" datetime="2020-03-05T10:00Z">10:00</time></div>'
    ),
    "hebrew": page(beside="<p>4 במרץ 2020</p>", attributes='lang="he"'),
    "opengraph": page('<meta property="article:published_time" content="2020-03-04">'),
    "dublin core": page('<meta name="DC.date.issued" content="2020-03-04">'),
    "time element": page(beside='<time datetime="2020-03-04">yesterday</time>'),
    "itemprop": page(beside='<span itemprop="datePublished" content="2020-03-04"></span>'),
    "split over elements": page(beside='<div class="date"><b>4</b> <i>March</i> <u>2020</u></div>'),
    "beside the headline": page(beside="<p>4 March 2020</p>"),
    "labelled": page(beside="<p>Published on 4 March 2020</p>"),
    "german": page(beside="<p>Veröffentlicht am 4. März 2020</p>", attributes='lang="de"'),
    "japanese": page(beside="<p>公開 2020年3月4日</p>", attributes='lang="ja"'),
    "script data": page('<script>var page = {"publishedAt":"2020-03-04"};</script>'),
    "before the text": page(body="<p>Millmoor, 4 March 2020 – The council voted.</p>"),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_reads_every_source(source: str) -> None:
    """Each source that states the day alone is enough to choose it; a day is not turned into a moment."""
    found = dated(source)
    assert (found.published_on, found.published_at, found.published_precision) == ("2020-03-04", None, "day")
    assert sum(item.is_chosen for item in found.candidates) == 1


@pytest.mark.parametrize(
    "carrier",
    [
        {"url": "https://gull.example/2020/03/04/pier"},
        {"url": "https://gull.example/news/2020/mar/04/pier"},
        {"carrier_published_at": "Wed, 04 Mar 2020 00:00:00 GMT"},
    ],
    ids=["url", "url with a month's name", "feed"],
)
def test_reads_what_came_along(carrier: dict[str, str]) -> None:
    """The address and the feed date a page that says nothing itself."""
    assert dated(page(), **carrier).published_on == "2020-03-04"


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


REJECTED = {
    "future": (
        page('<meta property="article:published_time" content="2031-03-04">'),
        "2031-03-04",
        "after the document",
    ),
    "unix zero": (
        page('<meta property="article:published_time" content="1970-01-01T00:00:00Z">'),
        None,
        "zero of Unix",
    ),
    "before the web": (
        page('<meta property="article:published_time" content="1931-03-04">'),
        "1931-03-04",
        "before 1995",
    ),
    "modified": (
        page('<meta property="article:modified_time" content="2020-03-04">'),
        "2020-03-04",
        "changed",
    ),
    "updated label": (page(beside="<p>Last updated: 4 March 2020</p>"), "2020-03-04", "changed"),
    "copyright": (page(body="<p>Copyright 4 March 2020 The Gull</p>"), "2020-03-04", "copyright"),
    "picture": (
        page(beside="<figure><figcaption>4 March 2020</figcaption></figure>"),
        "2020-03-04",
        "picture",
    ),
    "comment": (
        page(body='<div class="comments"><p>4 March 2020</p><p>5 March 2020</p></div>'),
        "2020-03-04",
        "comments",
    ),
    "running text": (
        page(body="<p>The storm of 4 March 2020 took the pier and half of the boats with it.</p>"),
        "2020-03-04",
        "running text",
    ),
    "expiry": (
        page('<meta property="article:expiration_time" content="2020-03-04">'),
        "2020-03-04",
        "something else",
    ),
    "deadline": (page(beside="<p>Deadline: 4 March 2020</p>"), "2020-03-04", "event"),
    "embedded": (
        page(
            '<script type="application/ld+json">{"@type":"Article","video":{"datePublished":"2020-03-04"}}</script>'
        ),
        "2020-03-04",
        "embeds",
    ),
    "first of january": (page('<meta name="date" content="2020-01-01">'), "2020-01-01", "default"),
}


@pytest.mark.parametrize(("source", "value", "words"), REJECTED.values(), ids=REJECTED)
def test_rejects_with_the_reason(source: str, value: str | None, words: str) -> None:
    """A date of something else never becomes the publication date; it stays on record with the reason."""
    found = dated(source)
    assert (found.published_on, found.published_at, found.published_method) == (None, None, None)
    assert words in reason(found, value or "1970-01-01T00:00:00Z")


def test_the_dates_of_teasers_do_not_date_the_article() -> None:
    """A column of other articles is not evidence, and does not cast doubt on the article's own date."""
    teasers = "".join(
        f'<li class="teaser"><time datetime="2021-05-0{n}"></time> Elsewhere {n}</li>' for n in range(1, 8)
    )
    found = dated(
        page(beside='<time datetime="2020-03-04"></time>', body=f'<ul class="related">{teasers}</ul>')
    )
    assert found.published_on == "2020-03-04"
    assert "another article" in reason(found, "2021-05-03")


def test_a_frame_around_the_whole_article_is_no_foreign_place() -> None:
    """A wrapper named after the side column beside it holds the headline too, and says nothing about the date."""
    framed = page(beside="<p>4 March 2020</p>").replace(
        "<article>", '<div class="with-sidebar comments-open"><article>'
    )
    assert dated(framed).published_on == "2020-03-04"
    assert dated(framed.replace("<p>4 March", '<p class="comment">4 March')).published_on is None


def test_a_contradiction_is_no_date() -> None:
    """Where two days are as well founded, none is chosen, and both say so."""
    source = page(
        '<meta property="article:published_time" content="2020-03-04">',
        '<time class="published" datetime="2020-08-09"></time>',
    )
    found = dated(source)
    assert found.published_on is None
    assert "as well founded" in reason(found, "2020-03-04")


def test_a_shown_day_that_the_page_declares_as_its_change_is_no_publication() -> None:
    """A page that was rewritten shows the day of the change where others show their birth."""
    head = (
        '<meta property="article:published_time" content="2018-02-03T08:00:00+01:00">'
        '<meta property="article:modified_time" content="2020-03-04T09:00:00+01:00">'
    )
    found = dated(page(head, "<p>4 March 2020</p>"))
    assert found.published_on == "2018-02-03"
    assert "change" in reason(found, "2020-03-04")


@pytest.mark.parametrize(
    ("attributes", "url", "day"),
    [
        ('lang="en-GB"', "https://gull.example/pier", "2020-04-03"),
        ('lang="en-US"', "https://gull.example/pier", "2020-03-04"),
        ('lang="fr"', "https://gull.example/pier", "2020-04-03"),
        ('lang="en"', "https://gull.example/2020/03/04/pier", "2020-03-04"),
        ('lang="en"', "https://gull.example/pier", None),
    ],
    ids=["british", "american", "french", "settled by the address", "open"],
)
def test_settles_day_and_month_by_evidence_only(attributes: str, url: str, day: str | None) -> None:
    """03/04/2020 is read by region, language or another date of the page, and left open where none decides."""
    found = dated(page(beside='<p class="date">03/04/2020</p>', attributes=attributes), url=url)
    assert found.published_on == day
    if day is None:
        assert "could be 2020-04-03 or 2020-03-04" in reason(found, "2020-04-03")


def test_the_clock_of_a_site_is_not_its_articles_date() -> None:
    """An unlabelled date that is the day of the fetch could be the site's clock."""
    found = dated(page(beside="<p>1 June 2021</p>"))
    assert found.published_on is None
    assert "clock" in reason(found, "2021-06-01")
    assert dated(page(beside="<p>Published 1 June 2021</p>")).published_on == "2021-06-01"


DECLARED = '<meta property="article:published_time" content="2020-05-09">'
SCRIPT = '<script>var page = {"publishedAt":"2020-05-09"};</script>'
MAY = "https://gull.example/2020/05/pier"


@pytest.mark.parametrize(
    ("shown", "chosen"),
    [
        ("29 April 2020", "2020-05-09"),
        ("30 April 2020", None),
        ("4 May 2020", None),
        ("31 May 2020", None),
        ("1 June 2020", None),
        ("2 June 2020", "2020-05-09"),
    ],
)
def test_the_month_of_the_address_decides_between_two_days(shown: str, chosen: str | None) -> None:
    """A shown day outside the month that the address names gives way to the declared one in it; zones shift its eves."""
    shown = f"<p>Published {shown}</p>"
    found = dated(page(DECLARED, shown), url=MAY)
    assert found.published_on == chosen
    assert dated(page(DECLARED, shown)).published_on is None


def test_a_day_outside_the_month_of_the_address_stands_on_two_witnesses() -> None:
    """The month only lowers trust: what the feed gives and the page shows outweighs a script's day within it."""
    feed = "Wed, 04 Mar 2020 00:00:00 GMT"
    shown = page(SCRIPT, "<p>Published 4 March 2020</p>")
    assert dated(shown, url=MAY, carrier_published_at=feed).published_on == "2020-03-04"
    assert dated(page(SCRIPT, "<p>4 March 2020</p>"), url=MAY).published_on is None
    assert dated(page(beside="<p>4 March 2020</p>"), url=MAY).published_on == "2020-03-04"


def test_a_doubtful_day_stands_on_two_witnesses() -> None:
    """The first of January, and the day of the fetch, are a default or a clock where one witness names them, not two."""
    of_site = '<script type="application/ld+json">{"@type":"WebSite","datePublished":"2021-06-01"}</script>'
    assert dated(page(of_site)).published_on is None
    assert dated(page(of_site, "<p>1 June 2021</p>")).published_on == "2021-06-01"
    of_article = '<meta property="article:published_time" content="2020-01-01">'
    assert dated(page(of_article)).published_on is None
    assert dated(page(of_article, "<p>1 January 2020</p>")).published_on == "2020-01-01"


def test_a_change_on_the_next_day_may_be_the_zone() -> None:
    """A shown day is taken for the declared change from the second day on: one day apart may be one moment."""
    head = (
        '<meta property="article:published_time" content="2020-03-04">'
        '<meta property="article:modified_time" content="2020-03-0{0}">'
    )
    assert dated(page(head.format(5), "<p>5 March 2020</p>")).published_on is None
    assert dated(page(head.format(6), "<p>6 March 2020</p>")).published_on == "2020-03-04"


def test_the_capture_of_an_archive_is_not_a_publication() -> None:
    """An archive's address dates the capture; the address inside it dates the page."""
    archived = "https://web.archive.org/web/20210102030405/https://gull.example/2020/03/04/pier"
    found = dated(page(), url=archived)
    assert found.published_on == "2020-03-04"
    assert "archive" in reason(found, "2021-01-02T03:04:05Z")


def test_a_parsed_tree_gives_what_its_source_gives_and_stays_as_it_was() -> None:
    """Whoever has parsed the page already hands over the tree, and gets it back untouched."""
    for source in SOURCES.values():
        tree = html.document_fromstring(source)
        before = html.tostring(tree)
        assert find_dates(DateInput(page=walk_page(tree), fetched_at=FETCHED)) == dated(source)
        assert html.tostring(tree) == before


def test_text_without_a_page_is_dated_by_what_it_says_of_itself() -> None:
    """A label, a line of its own, or the span that cleaning found dates a text."""
    body = "The pier had stood for ninety years."
    assert (
        find_dates(DateInput(text=f"{HEADLINE}\nPublished: 4 March 2020\n{body}")).published_on
        == "2020-03-04"
    )
    assert (
        find_dates(DateInput(text=f"{HEADLINE}\nWednesday, 4 March 2020\n{body}")).published_on
        == "2020-03-04"
    )
    text = f"{HEADLINE}\nFrom our desk 4 March 2020 in Millmoor\n{body}"
    start = text.index("From")
    span = Span(start, text.index(body) - 1, SpanKind.TIMESTAMP, SpanAction.METADATA, "example")
    assert find_dates(DateInput(text=text)).published_on is None
    assert find_dates(DateInput(text=text, spans=(span,))).published_on == "2020-03-04"


def test_a_print_stamp_and_a_pictures_date_stay_on_record() -> None:
    """The only full stamp of a page may be a print stamp: it bounds the day, and is never it."""
    text = (
        f"{HEADLINE}\nThe pier on the morning of March 4, 2020. (Photo: A. Finch)\n\nThe pier is open again.\n\n"
        "Printable version | Dec 1, 2020 11:29:42 AM |"
    )
    found = find_dates(DateInput(text=text, language="en", fetched_at=FETCHED))
    assert found.published_on is None
    kinds = {item.value: (item.kind, item.reason) for item in found.candidates}
    assert kinds["2020-03-04"] == ("photo", "the date of a picture")
    assert kinds["2020-12-01T11:29:42"][0] == "print_stamp"
    assert (found.between_start_at.date().isoformat(), found.between_end_at.date().isoformat()) == (
        "2020-03-04",
        "2020-12-01",
    )


def test_the_interval_never_stands_beside_a_date() -> None:
    """What is inferred stays apart from what is stated."""
    text = f"{HEADLINE}\nPublished: 4 March 2020\nThe storm came on 1 February 2020 and stayed."
    found = find_dates(DateInput(text=text))
    assert found.published_on == "2020-03-04"
    assert (found.between_start_at, found.between_end_at, found.between_method) == (None, None, None)


@pytest.mark.parametrize(
    "line",
    [
        "This is an update to a post originally published on 4 March 2020.",
        "Updated: 4 March 2020",
        "The satellite image was published after 4 March 2020 by the harbour office in the neighbouring town.",
        "March 4",
    ],
)
def test_text_that_speaks_of_other_days_is_not_dated(line: str) -> None:
    """Another piece, a change, a story's own time and a day without a year are no publication date."""
    assert find_dates(DateInput(text=f"{HEADLINE}\n{line}\nThe pier is open again.")).published_on is None
