"""Whatever a feed, a list or a header holds, it costs itself and is text that every table can hold."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.flows.fetch.address import parse_address
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import ResponseHead
from copydesk.flows.fetch.judge_response import (
    MAX_WAIT_SECONDS,
    charset_of,
    media_type_of,
    parse_retry_after,
    redirect_target,
)
from copydesk.flows.fetch.receive_head import tidy_head
from copydesk.flows.sources.list_entries import entry_names, list_entries
from copydesk.flows.sources.listed import from_sitemap
from copydesk.transforms.feeds.feed import Feed, NotAFeedError
from copydesk.transforms.feeds.parse_feed import parse_feed
from copydesk.transforms.robots.decide import decide
from copydesk.transforms.robots.parse_robots import parse_robots
from copydesk.transforms.sitemaps.read_sitemap import ListedPage, NotASitemapError, read_sitemap

NOW = datetime(2031, 5, 4, 12, 30, tzinfo=UTC)
URL = "https://gazette.example/feed"
HEAD = '<rss version="2.0"><channel><title>Gazette</title>'
# Values that parsers and tables stumble over, beside all that hypothesis thinks of.
ODD = st.sampled_from(
    [
        "\ud800", "a\udfffb", "\0", "\x1b[31m", "\ufeff", "9" * 5_000, "1e999", "-1", "0x10", "²", "NaN", "http://[::1/", "http://[",
        "http://a.example:99999/", "http://\ud800.example/", "//", "http://a.example/\ud800?\udc00", "javascript:alert(1)", "file:///etc/passwd",
        "2024-05-06T12:30:00+99:99", "Mon, 06 May 2024 12:30:00 +99999999999999999999", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
        "&#xD800;", "&#0;", "&#99999999999999;", "&#x110000;", "&amp;#xDFFF;", "]]>", "<![CDATA[", "<item>", "&e;",
    ]
)  # fmt: skip
TEXT = st.text(max_size=40) | ODD
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)
ITEM_NAMES = (
    "id", "url", "external_url", "title", "date_published", "date_modified", "tags", "authors", "author", "language",
    "content_html", "content_text", "summary",
)  # fmt: skip
XML_NAMES = (
    "title", "link", "guid", "id", "pubDate", "dc:date", "updated", "published", "author", "dc:creator", "category",
    "description", "content:encoded", "language", "source", "media:content", "itunes:duration", "georss:point", "enclosure",
)  # fmt: skip


def assert_rows(feed: Feed) -> None:
    """Hold what every table and file asks: text is UTF-8, and Arrow takes it."""
    rows = [asdict(entry) for entry in feed.entries]
    pa.Table.from_pylist(rows or [{"url": None}])
    json.dumps([feed.title, rows], ensure_ascii=False).encode()
    for page in list_entries(feed, URL, fetches_pages=True, known={}):
        json.dumps(page.metadata, ensure_ascii=False).encode()
        page.key.encode()
    entry_names(feed, URL)


@given(st.lists(st.dictionaries(st.sampled_from(ITEM_NAMES), VALUE, max_size=6), max_size=4), VALUE)
def test_a_json_feed_of_any_values(items: list[dict[str, object]], other: object) -> None:
    """No value of an item costs another item, or cannot be stored."""
    sound = {"id": "sound", "url": "https://gazette.example/sound"}
    feed = parse_feed(json.dumps({"title": other, "items": [*items, other, sound]}).encode(), url=URL)
    assert feed.entries[-1].url == sound["url"]
    assert len(feed.entries) == len(items) + 1 + isinstance(other, dict)
    assert_rows(feed)


@settings(deadline=None)  # feedparser takes its time over some values, and more on a busy machine
@given(st.lists(st.tuples(st.sampled_from(XML_NAMES), TEXT), max_size=8))
def test_an_xml_feed_of_any_values(fields: list[tuple[str, str]]) -> None:
    """No value of an entry costs the entry before it, or cannot be stored."""
    sound = "<item><title>sound</title><link>https://gazette.example/sound</link></item>"
    odd = "".join(f"<{name}>{text}</{name}>" for name, text in fields)
    raw = f"{HEAD}{sound}<item>{odd}</item></channel></rss>".encode("utf-8", "surrogatepass")
    feed = parse_feed(raw, url=URL)
    assert [entry.title for entry in feed.entries][:1] == ["sound"]
    assert_rows(feed)


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")), TEXT
)
def test_feeds_of_any_bytes(raw: bytes, content_type: str) -> None:
    """Any bytes are a feed, or no feed."""
    for payload in (raw, HEAD.encode() + raw, HEAD.encode() + b"<item>" + raw + b"</item></channel></rss>"):
        try:
            assert_rows(parse_feed(payload, url=URL, content_type=content_type))
        except NotAFeedError as error:
            str(error).encode()


def test_what_a_parser_fails_on_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the parser of feeds fails as a whole, the entries beside the one that it fails on come in."""
    items = [f"<item><title>{n}</title><link>https://gazette.example/{n}</link></item>" for n in range(9)]
    items[4] = "<item><title>4</title><georss:point>&#xD800;</georss:point></item>"
    raw = f"{HEAD}{''.join(items)}</channel></rss>".encode()
    monkeypatch.setattr("copydesk.transforms.feeds.parse_feed.mend_references", lambda xml: xml)
    feed = parse_feed(raw, url=URL)
    assert [entry.title for entry in feed.entries] == ["0", "1", "2", "3", "5", "6", "7", "8"]
    assert feed.lost == (items[4].encode(),)


@given(st.lists(TEXT, max_size=4), TEXT)
def test_sitemaps_of_any_values(locs: list[str], lastmod: str) -> None:
    """No value of an entry of a sitemap cannot be stored, and none ends the reading with a fault of ours."""
    sound = "<url><loc>https://gazette.example/sound</loc></url>"
    odd = "".join(f"<url><loc>{loc}</loc><lastmod>{lastmod}</lastmod></url>" for loc in locs)
    raw = f"<urlset>{sound}{odd}</urlset>".encode("utf-8", "surrogatepass")
    listed = list(read_sitemap([raw[:50], raw[50:]]))
    assert listed[0].url == "https://gazette.example/sound"
    for page in listed:
        json.dumps(asdict(page), ensure_ascii=False).encode()
        if isinstance(page, ListedPage):
            from_sitemap_or_not(page)


def from_sitemap_or_not(page: ListedPage) -> None:
    try:
        listed = from_sitemap(page, "https://gazette.example/sitemap.xml")
    except FetchError:
        return
    listed.key.encode()


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_sitemaps_of_any_bytes(pieces: list[bytes]) -> None:
    """Any bytes are a sitemap, or no sitemap."""
    for start in (b"", b"<urlset>", b'<?xml version="1.0" encoding="x-none"?>'):
        try:
            list(read_sitemap([start, *pieces]))
        except NotASitemapError as error:
            str(error).encode()


@given(st.binary(max_size=300), TEXT)
def test_robots_of_any_bytes(raw: bytes, path: str) -> None:
    """Any bytes are rules, and any address is decided."""
    robots = parse_robots(b"User-agent: *\nCrawl-delay: " + raw)
    decide(robots, "Copydesk", f"https://gazette.example/{path}")
    for group in robots.groups:
        assert group.crawl_delay_seconds is None or 0 <= group.crawl_delay_seconds < 86_400
    "".join(robots.sitemaps).encode()


RETRIES = st.sampled_from(
    [
        "Mon, 01 Jan 2024 00:00:00 +99999999999999999999", "Mon, 01 Jan 99999 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -1400", "9" * 400,
        "Mon, 01 Jan 0000 00:00:00 GMT", "Mon, 99 Jan 2024 99:99:99 GMT", "Sat, 01 Jan 0001 00:00:00 +2359",
    ]
)  # fmt: skip


@given(TEXT | RETRIES)
def test_any_retry_after_is_a_bounded_wait(value: str) -> None:
    """Whatever a server asks for, we stay away for a month at most, or it says nothing."""
    wait = parse_retry_after(value, now=NOW)
    assert wait is None or 0 <= wait <= MAX_WAIT_SECONDS


@given(TEXT, st.binary(max_size=80))
def test_headers_of_any_text(value: str, raw: bytes) -> None:
    """Any header is read or refused with a reason."""
    text = value.encode("latin-1", "replace").decode("latin-1")
    head = ResponseHead(302, {"content-type": text, "location": text})
    assert len(media_type_of(head.headers)) <= len(text)
    (charset_of(head.headers) or "").encode()
    for url in (value, f"http://{value}/", f"https://gazette.example/{value}"):
        try:
            parse_address(url).url.encode("ascii")
            (
                redirect_target(head, parse_address("https://gazette.example/a")) or parse_address(URL)
            ).url.encode("ascii")
        except FetchError as error:
            error.detail.encode("utf-8", "backslashreplace")
    tidy_head(b"HTTP/1.1 200 OK\r\n" + raw + b"\r\n\r\n")
