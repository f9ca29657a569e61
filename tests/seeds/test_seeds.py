"""The sample agrees with its ground truth."""

import hashlib
import json
import re
from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import urlsplit

import feedparser
import lxml.html
import pytest
from seed_files import ARTICLES, GOLD, PAGES, SEEDS, TEXTS, plain, read, rows

from copydesk.schemas.enums import STAYS_IN_BODY, SpanAction, SpanKind

NOT_LINKS = {"schema.org", "creativecommons.org", "www.w3.org", "purl.org", "search.yahoo.com", "ogp.me"}


def body_by_the_rule(text: str, gold: dict) -> str:
    leaving = [span for span in gold["spans"] if span["kind"] not in STAYS_IN_BODY]
    edges = [0, *(edge for span in leaving for edge in (span["start_char"], span["end_char"])), len(text)]
    rest = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    blocks = re.split(r"\n[ \t]*\n", rest) if gold["layout"] == "wrapped" else rest.split("\n")
    return "\n\n".join(paragraph for block in blocks if (paragraph := " ".join(block.split())))


def test_every_file_has_its_truth() -> None:
    """No article lies in the folder without an entry in the gold, and none is missing."""
    told = {entry["file"] for entry in (*GOLD["texts"], *GOLD["pages"])} | {"wire.jsonl"}
    assert {path.name for path in ARTICLES.iterdir()} == told


@pytest.mark.parametrize("gold", TEXTS)
def test_offsets_meet_their_text(gold: dict) -> None:
    """Each span is the stretch of the file that it claims, of a known kind, after the span before it."""
    text = read(gold["file"])
    for span in gold["spans"]:
        assert text[span["start_char"] : span["end_char"]] == span["text"]
        assert SpanKind(span["kind"])
        assert SpanAction(span["action"])
    assert all(a["end_char"] <= b["start_char"] for a, b in pairwise(gold["spans"]))


@pytest.mark.parametrize("gold", TEXTS)
def test_body_follows_its_rule(gold: dict) -> None:
    """The hash is that of the body under the written rule; headings and quotations that must stay are in it."""
    body = body_by_the_rule(read(gold["file"]), gold)
    assert hashlib.sha256(body.encode()).hexdigest() == gold["body_sha256"]
    assert len(body.split("\n\n")) == gold["body_paragraphs"]
    assert set(gold["headings_keep"]) <= set(body.split("\n\n"))
    assert [sentence for sentence in gold["must_keep"] if sentence not in body] == []


@pytest.mark.parametrize("gold", TEXTS)
def test_metadata_stands_in_the_text(gold: dict) -> None:
    """What the gold reads from a text is written there: a reader could point to it."""
    text = read(gold["file"])
    images = [part for image in gold["images"] for part in image.values()]
    told = [gold["title"], gold["dek"], gold["publisher"], gold["licence"], *gold["authors"], *images]
    assert [value for value in told if value and value not in text] == []


@pytest.mark.parametrize("gold", PAGES)
def test_page_declares_itself(gold: dict) -> None:
    """Canonical URL, title, dates and publisher of the gold are what the page's own head says."""
    page = lxml.html.fromstring(read(gold["file"]))
    assert page.xpath("//link[@rel='canonical']/@href") == [gold["canonical_url"]]
    assert page.xpath("string(//meta[@property='og:title']/@content)") == gold["title"]
    assert page.xpath("string(//meta[@property='og:site_name']/@content)") == gold["publisher"]
    assert page.xpath("string(/html/@lang)").startswith(gold["language"])
    assert page.xpath("string(//figure/img/@src)") == gold["image"]["url"]
    article = json_ld_article(page)
    assert article["datePublished"] == gold["published_at"]
    assert article["dateModified"] == gold["modified_at"]


def json_ld_article(page: lxml.html.HtmlElement) -> dict:
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    nodes = data if isinstance(data, list) else data.get("@graph", [data])
    return next(node for node in nodes if node["@type"] == "NewsArticle")


@pytest.mark.parametrize("gold", PAGES)
def test_page_holds_body_and_boilerplate(gold: dict) -> None:
    """The sentences to keep and the words to lose both stand on the page, so that losing them means something."""
    words = plain(lxml.html.fromstring(read(gold["file"])).text_content())
    told = [*gold["must_keep"], *gold["must_not_contain"], *gold["repeated_lines"], gold["image"]["caption"]]
    assert [sentence for sentence in told if plain(sentence) not in words] == []


def test_rows_have_the_documented_fields() -> None:
    """Three rows use this project's field names and one the aliases; each can be joined back by its id."""
    *own, aliased = rows()
    for row in own:
        assert set(row) == {"id", "url", "title", "text", "published_at", "source", "language", "authors"}
    assert {"content", "date"} <= set(aliased)
    assert len({row["id"] for row in rows()}) == 4


def test_feed_points_at_the_pages() -> None:
    """The feed is well-formed, and each page of the sample is an entry of it, published when the page says."""
    feed = feedparser.parse((SEEDS / "feed" / "feed.xml").read_bytes())
    assert not feed.bozo
    published = {
        entry.link.partition("?")[0]: datetime(*entry.published_parsed[:6], tzinfo=UTC)
        for entry in feed.entries
    }
    for page in GOLD["pages"]:
        assert published[page["canonical_url"]] == datetime.fromisoformat(page["published_at"])


def test_every_link_is_invented() -> None:
    """No link leads to a site that could be somebody's: every host ends in .example, bar vocabularies."""
    files = [path for path in SEEDS.rglob("*") if path.is_file() and path.suffix != ".toml"]
    urls = [url for path in files for url in re.findall(r"https?://[^\s\"'<>)]+", path.read_text("utf-8"))]
    hosts = {urlsplit(url).hostname or "" for url in urls}
    assert {host for host in hosts if not host.endswith(".example")} <= NOT_LINKS
