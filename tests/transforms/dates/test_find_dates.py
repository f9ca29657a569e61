"""A page's publication date is chosen on evidence, or not at all, and every candidate says why."""

import pytest
from lxml import html
from made_page import FETCHED, HEADLINE, dated, page, reason

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.page.walk_page import walk_page
from copydesk.transforms.records import Span

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
