"""Sitemaps of all kinds, in pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.sitemaps.read_sitemap import (
    ListedPage,
    ListedSitemap,
    NotASitemapError,
    read_sitemap,
)

PAGES = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
    b"<url><loc> https://gazette.example/1 </loc><lastmod>2031-05-04</lastmod>"
    b"<image:image><image:loc>https://gazette.example/1.jpg</image:loc></image:image></url>"
    b"<url><news:news><news:publication><news:name>Gazette</news:name><news:language>en</news:language></news:publication>"
    b"<news:publication_date>2031-05-05T08:00:00Z</news:publication_date><news:title>Ferry &amp; tide</news:title></news:news>"
    b"<loc>https://gazette.example/2?a=1&amp;b=2</loc></url><url><loc>mailto:desk@gazette.example</loc></url></urlset>"
)
LISTED = [
    ListedPage("https://gazette.example/1", "2031-05-04"),
    ListedPage(
        "https://gazette.example/2?a=1&b=2", None, "Ferry & tide", "2031-05-05T08:00:00Z", "Gazette", "en"
    ),
    ListedPage("mailto:desk@gazette.example"),
]
INDEX = (
    b"<sitemapindex><sitemap><loc>https://gazette.example/s1.xml</loc><lastmod>2031-05-04</lastmod></sitemap>"
    b"<sitemap><loc>https://gazette.example/s2.xml.gz</loc></sitemap></sitemapindex>"
)


def test_pages_with_news_and_without() -> None:
    """Addresses come as written, with dates and news fields; an image's address is not the page's."""
    assert list(read_sitemap([PAGES])) == LISTED


@given(st.lists(st.integers(1, len(PAGES)), max_size=8))
def test_pieces_do_not_matter(cuts: list[int]) -> None:
    """However the file is cut into pieces, the same comes out."""
    edges = [0, *sorted(cuts), len(PAGES)]
    pieces = [PAGES[a:b] for a, b in pairwise(edges)]
    assert list(read_sitemap(pieces)) == LISTED


def test_an_index_names_sitemaps() -> None:
    """An index gives the sitemaps below it, with or without a namespace."""
    assert list(read_sitemap([INDEX])) == [
        ListedSitemap("https://gazette.example/s1.xml", "2031-05-04"),
        ListedSitemap("https://gazette.example/s2.xml.gz"),
    ]


def test_plain_lists() -> None:
    """A text file gives an address a line."""
    lines = [
        b"\xef\xbb\xbfhttps://gazette.example/1\r\nhttps://gaz",
        b"ette.example/2\nrubbish\nhttps://gazette.example/3",
    ]
    assert [page.url[-1] for page in read_sitemap(lines)] == ["1", "2", "3"]


def test_what_came_before_a_fault_is_kept() -> None:
    """A file that breaks off gives the addresses before the break."""
    assert list(read_sitemap([PAGES[: PAGES.index(b"<url><news")] + b"<url><loc>htt"])) == LISTED[:1]


@pytest.mark.parametrize(
    "payload", [b"", b"<html><body/></html>", b"<rss><channel/></rss>", b"rubbish\n", b"<", b"<!-- -->"]
)
def test_what_is_no_sitemap_is_refused(payload: bytes) -> None:
    """Another document is an error, not a sitemap without addresses."""
    with pytest.raises(NotASitemapError):
        list(read_sitemap([payload]))


def test_entities_are_not_expanded() -> None:
    """Declared entities stay unexpanded."""
    payload = (
        b'<!DOCTYPE urlset [<!ENTITY a "https://evil.example/">]><urlset><url><loc>&a;x</loc></url></urlset>'
    )
    assert [page.url for page in read_sitemap([payload])] == ["&a;x"]


def test_a_long_file_is_let_go_as_it_is_read() -> None:
    """Elements that were read leave the tree, so that it does not grow with the file."""
    pieces = (
        b"<urlset>" if n == 0 else b"<url><loc>https://gazette.example/%d</loc></url>" % n
        for n in range(5_000)
    )
    assert sum(1 for _ in read_sitemap(pieces)) == 4_999


def test_an_entity_is_not_cut_out_of_an_address() -> None:
    """An address with an entity of the file's own stays as it is written: without it, it would be another page's."""
    raw = b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&x;/b</loc></url></urlset>'
    assert [page.url for page in read_sitemap([raw])] == ["https://a.example/&x;/b"]


LABELLED = [
    ("shift_jis", "cp932", "①髙橋"),
    ("euc-kr", "cp949", "똠방각하"),
    ("euc-jp", "euc_jp", "髙橋の駅"[1:]),
    ("gb2312", "gb18030", "镕基"),
    ("x-sjis", "cp932", "会議"),
    ("iso-8859-1", "cp1252", "“Café”"),
    ("windows-1251", "cp1251", "Паром"),
    ("euc-kr", "utf-8", "배가 돌아왔다"),
    ("utf-8", "utf-8", "배"),
]


@pytest.mark.parametrize(("label", "codec", "title"), LABELLED)
@pytest.mark.parametrize("size", [150, 151, 10_000])
def test_a_declared_encoding_is_what_browsers_take_it_for(
    label: str, codec: str, title: str, size: int
) -> None:
    """Vendors' signs and labels that XML's own reader does not know, however the file comes in pieces."""
    raw = (
        f"<?xml version='1.0' encoding='{label}'?><urlset xmlns:news='n'><url><loc>https://h.example/a</loc>"
        f"<news:news><news:title>{title}</news:title></news:news></url></urlset>"
    ).encode(codec)
    found = list(read_sitemap(raw[start : start + size] for start in range(0, len(raw), size)))
    assert found == [ListedPage("https://h.example/a", title=title)]
