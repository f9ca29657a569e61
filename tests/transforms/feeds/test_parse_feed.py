"""Feeds of all kinds, whole and broken."""

import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.transforms.feeds.feed import Entry, NotAFeedError
from copydesk.transforms.feeds.parse_feed import parse_feed

URL = "https://gazette.example/feed.xml"


def only(payload: str | bytes, **options: str) -> Entry:
    raw = payload.encode() if isinstance(payload, str) else payload
    (entry,) = parse_feed(raw, url=URL, **options).entries
    return entry


def rss(item: str, *, head: str = "") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:yandex="http://news.yandex.ru" xmlns:turbo="http://turbo.yandex.ru"'
        ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
        f' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Gazette</title>{head}<item>{item}</item></channel></rss>'
    )


def atom(entry: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry>{entry}</entry></feed>'


RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Gazette</title></channel>'
    '<item rdf:about="https://gazette.example/1"><title>Ferry</title><link>https://gazette.example/1</link>'
    "<dc:date>2031-05-04T12:30:00Z</dc:date></item></rdf:RDF>"
)
LINKS = {
    "rss link": (rss("<link>https://gazette.example/1</link>"), "https://gazette.example/1"),
    "relative link": (rss("<link>/1</link>"), "https://gazette.example/1"),
    "guid alone": (rss("<guid>https://gazette.example/1</guid>"), "https://gazette.example/1"),
    "guid that is no address": (rss("<title>x</title><guid isPermaLink='false'>n-1</guid>"), None),
    "atom link in rss": (rss('<atom:link href="https://gazette.example/1"/>'), "https://gazette.example/1"),
    "before the tracker": (
        rss(
            "<link>https://t.example/r</link><feedburner:origLink>https://gazette.example/1</feedburner:origLink>"
        ),
        "https://gazette.example/1",
    ),
    "atom alternate": (
        atom('<link rel="self" href="/s"/><link rel="alternate" href="/1"/><id>n</id>'),
        "https://gazette.example/1",
    ),
    "atom without rel": (atom('<link href="/1"/>'), "https://gazette.example/1"),
    "atom enclosure is no page": (
        atom('<link rel="enclosure" href="/a.mp3"/><id>https://gazette.example/1</id>'),
        "https://gazette.example/1",
    ),
    "rdf": (RDF, "https://gazette.example/1"),
}
DATES = {
    "pubDate": rss("<title>x</title><pubDate>Sun, 4 May 2031 12:30:00 GMT</pubDate>"),
    "dc:date": rss("<title>x</title><dc:date>2031-05-04T12:30:00Z</dc:date>"),
    "odd date": rss("<title>x</title><pubDate>May 4, 2031 12:30 PM UTC</pubDate>"),
    "atom published": atom(
        "<title>x</title><published>2031-05-04T12:30:00Z</published><updated>2031-06-01T00:00:00Z</updated>"
    ),
    "atom updated alone": atom("<title>x</title><updated>2031-05-04T12:30:00Z</updated>"),
    "rdf": RDF,
}
TITLES = {
    "plain": (rss("<title>Ferry &amp; tide</title>"), "Ferry & tide"),
    "markup": (rss("<title>&lt;b&gt;Ferry&lt;/b&gt; tide</title>"), "Ferry tide"),
    "cdata": (rss("<title><![CDATA[Ferry &amp; tide]]></title>"), "Ferry & tide"),
    "atom html": (atom('<title type="html">Ferry &lt;i&gt;tide&lt;/i&gt;</title>'), "Ferry tide"),
    "atom xhtml": (
        atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Ferry <b>tide</b></div></title>'),
        "Ferry tide",
    ),
    "white space": (rss("<title>\n Ferry\n  tide </title>"), "Ferry tide"),
}


@pytest.mark.parametrize(("payload", "url"), LINKS.values(), ids=LINKS)
def test_the_link_is_the_page(payload: str, url: str | None) -> None:
    """The address of an entry is that of its page, absolute, wherever the feed puts it."""
    assert only(payload).url == url


@pytest.mark.parametrize("payload", DATES.values(), ids=DATES)
def test_the_date_is_read(payload: str) -> None:
    """The publication date is kept as written and read as UTC."""
    entry = only(payload)
    assert entry.published
    assert entry.published_at == "2031-05-04T12:30:00+00:00"


@pytest.mark.parametrize(("payload", "title"), TITLES.values(), ids=TITLES)
def test_the_title_is_text(payload: str, title: str) -> None:
    """Titles lose markup and escapes."""
    assert only(payload).title == title


TOLD = {
    "pubDate": "Sun, 4 May 2031 12:30:00 GMT", "dc:date": "2031-05-04", "atom:published": "2031-05-04T12:30:00Z",
    "atom:updated": "2031-05-04T12:30:00Z", "dc:title": "Ferry", "title": "Ferry", "guid": "n-1", "atom:id": "n-1",
    "link": "https://gazette.example/1", "feedburner:origLink": "https://gazette.example/1", "dc:language": "en",
    "dc:rights": "CC BY", "dc:creator": "Ann Rook", "category": "Harbour", "content:encoded": "<p>Barges met.</p>",
}  # fmt: skip


@pytest.mark.parametrize("empty", ["<{0}/>", "<{0}></{0}>", "<{0}><![CDATA[ ]]>\n</{0}>"])
def test_what_is_empty_takes_nothing_back(empty: str) -> None:
    """An entry that has a field twice says what it says, whichever of them is empty, also under the field's other name."""
    for name, value in TOLD.items():
        field = f"<{name}>{value}</{name}>"
        wanted = only(rss(field))
        for other in TOLD:
            nothing = empty.format(other)
            assert only(rss(field + nothing)) == wanted, (field, nothing)
            assert only(rss(nothing + field)) == wanted, (nothing, field)


def test_full_content_goes_with_the_entry() -> None:
    """The longest content is kept beside the summary."""
    entry = only(
        rss("<description>short</description><content:encoded><![CDATA[<p>long text</p>]]></content:encoded>")
    )
    assert (entry.summary_html, entry.content_html) == ("short", "<p>long text</p>")


@pytest.mark.parametrize(
    ("payload", "content"),
    [
        pytest.param(atom('<content type="html">A whole text.</content>'), "A whole text.", id="atom"),
        pytest.param(
            rss("<yandex:full-text>One &amp; two.\nThree.</yandex:full-text>"), "<p>One &amp; two.</p><p>Three.</p>", id="yandex"
        ),
        pytest.param(
            rss("<turbo:content><![CDATA[<p>One.</p>]]></turbo:content>"), "<p>One.</p>", id="yandex turbo"
        ),
    ],
)  # fmt: skip
def test_a_full_text_is_no_summary(payload: str, content: str) -> None:
    """What an entry carries as its full text is content, and a summary is what it calls so."""
    entry = only(payload)
    assert (entry.summary_html, entry.content_html) == (None, content)


def test_json_feed() -> None:
    """JSON Feed gives the same fields; text content becomes paragraphs."""
    item = {
        "id": 7, "url": "/1", "title": "Ferry", "content_text": "One & two\n\nthree", "authors": [{"name": "Ada Pell"}],
        "date_published": "2031-05-04T12:30:00Z", "tags": ["sea", 3],
    }  # fmt: skip
    entry = only(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item, "rubbish"]}))
    assert entry == Entry(
        "https://gazette.example/1", "7", "Ferry", ("Ada Pell",), "2031-05-04T12:30:00Z", "2031-05-04T12:30:00+00:00",
        content_html="<p>One &amp; two</p><p>three</p>", tags=("sea",),
    )  # fmt: skip


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """Neither an entity that grows nor one that names a file is put in its place."""
    secret = tmp_path / "secret"
    secret.write_text("do not read me")
    declared = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 1000}"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file://{secret}">]>'
    for encoding in ("utf-8", "utf-16"):
        payload = (declared + rss("<title>T &b; &f;</title><guid>n</guid>").partition("?>")[2]).encode(
            encoding
        )
        text = repr(parse_feed(payload, url=URL))
        assert "do not read me" not in text
        assert "xxx" not in text


def test_bytes_are_never_a_file_name(tmp_path: Path) -> None:
    """A payload that is the path of a feed is not opened."""
    file = tmp_path / "feed.xml"
    file.write_text(rss("<title>x</title>"))
    with pytest.raises(NotAFeedError):
        parse_feed(str(file).encode(), url=URL)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"   ",
        b"<!doctype html><html><body>404</body></html>",
        b"{}",
        b"[" * 100_000,
        b"not a feed",
        gzip.compress(b"x", mtime=0),
    ],
)
def test_what_is_no_feed_is_refused(payload: bytes) -> None:
    """A page, an empty answer or rubbish is an error with a reason, not a feed without entries."""
    with pytest.raises(NotAFeedError):
        parse_feed(payload, url=URL)


def test_an_empty_feed_is_a_feed() -> None:
    """A feed without entries is read as such."""
    assert parse_feed(b'<rss version="2.0"><channel><title>x</title></channel></rss>').entries == ()


@settings(max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_damage_is_no_crash(rubbish: bytes, at: int) -> None:
    """A feed with rubbish in its middle gives a feed or the one error."""
    whole = rss("<title>Ferry</title><link>https://gazette.example/1</link>").encode()
    with suppress(NotAFeedError):
        parse_feed(whole[:at] + rubbish + whole[at:], url=URL)


@pytest.mark.parametrize(
    ("declared", "header", "codec"),
    [
        ("shift_jis", None, "cp932"),
        ("euc-kr", None, "cp949"),
        ("utf-8", "text/xml; charset=shift_jis", "cp932"),
        ("iso-8859-1", "text/xml; charset=iso-8859-1", "utf-8"),
    ],
    ids=["shift_jis is cp932", "euc-kr is cp949", "the header goes first", "UTF-8 is believed"],
)
def test_a_feed_is_read_under_the_labels_of_the_web(declared: str, header: str | None, codec: str) -> None:
    """Signs of vendors and syllables of UHC survive; bytes that are UTF-8 are read as such."""
    title = "똠 항구" if codec == "cp949" else "①髙 港"
    xml = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item><title>{title}</title></item></channel></rss>'
    (entry,) = parse_feed(xml.encode(codec), content_type=header).entries
    assert entry.title == title


def test_words_in_place_of_a_link_are_no_address() -> None:
    """They stay as they are written, to be refused on record, and are not taken for a file beside the feed."""
    found = parse_feed(
        b"<rss version='2.0'><channel><item><link>not a url</link><guid>7</guid></item></channel></rss>",
        url="https://paper.example/feed.xml",
    )
    assert [entry.url for entry in found.entries] == ["not a url"]


SOUND = '{"id": "a", "url": "https://paper.example/a", "title": "A, \\"b\\" [c]"}'
BAD_ITEMS = {
    "deep list": '{"id": "x", "_more": ' + "[" * 30_000 + "]" * 30_000 + "}",
    "deep object": '{"a":' * 30_000 + "1" + "}" * 30_000,
    "a broken value": '{"id": "x", "n": tru}',
    "nothing between commas": "",
    "a string": '"story"',
    "null": "null",
    "a number": "5",
    "a list": "[1, [2]]",
}


@pytest.mark.parametrize("item", BAD_ITEMS.values(), ids=BAD_ITEMS)
def test_an_item_of_a_json_feed_costs_itself_only(item: str) -> None:
    """What is no item or cannot be read is given back as it stands, and all others come in."""
    items = f"{SOUND}, {item}, {SOUND.replace('/a', '/b')}"
    text = f'{{"title": "T", "authors": [{{"name": "items"}}], "items": [{items}], "_x": {{"items": [1]}}}}'
    feed = parse_feed(text.encode(), url="https://paper.example/feed.json")
    assert [(entry.url, entry.title) for entry in feed.entries] == [
        ("https://paper.example/a", 'A, "b" [c]'),
        ("https://paper.example/b", 'A, "b" [c]'),
    ]
    assert feed.title == "T"
    assert feed.lost == (item.encode(),)


def test_a_json_feed_that_does_not_end_is_none() -> None:
    """What was cut off is not taken for the whole list."""
    with pytest.raises(NotAFeedError):
        parse_feed(f'{{"items": [{SOUND}, {SOUND}'.encode())
