"""One address, one article: whoever brings a story, and however its address is written."""

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from asked import ask
from empty_warehouse import empty_warehouse
from small_newspaper import Newspaper, sitemap

from copydesk.flows.ingest.plan import Steps, ingest
from copydesk.flows.settings import Settings

SPELLINGS = [
    "https://www.courier.test/a/257",
    "HTTPS://WWW.Courier.test/a/257",
    "https://www.courier.test:443/a/257#tk.hp_fv",
    "https://www.courier.test/a/257?utm_source=x&utm_campaign=3",
    "https://www.courier.test/a/257?fbclid=abc",
    "https://www.courier.test/a/257?mod=rss_news&gclid=1",
    "https://www.courier.test/b/../a/%32%357?",
    "https://ada:secret@www.courier.test//a/257",
    "http://www.courier.test:80/a/257",
    "  https://www.courier.test/a/257?utm_medium=a&amp;utm_term=b ",
]
NO_URLS = ["not a url", "javascript:alert(1)", "mailto:ada@courier.test", "http://[::1", "a" * 9_000]


def story(place: str) -> str:
    return (
        f"The harbour council in {place} voted on Tuesday to keep the old ferry terminal open for another winter,"
        f" after a meeting at which fishermen of {place}, shopkeepers and two school classes spoke.\n\nCouncillor Ines"
        f" Harrow said the decision would cost {place} about 240,000 pounds, most of it for new pumps and a railing."
    )


def run(settings: Settings, folder: Path, rows: list[dict[str, Any]]) -> Any:
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return ingest([file], settings=settings, source="desk")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    return Settings(
        warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1, sources=tmp_path / "sources.toml"
    )


TWINS = [
    "https://www.courier.test/a/sea-wall-rises",
    "https://www.courier.test/a/sea-wall-rises/",
    "https://courier.test/a/sea-wall-rises",
    "https://courier.test/a/sea-wall-rises/amp/",
]
WALL = (
    "Masons laid the last stones of the new sea wall at Eyl before the spring tide came in, and the surveyor walked its"
    " whole length with a lamp.\n\nIt stands two metres higher than the one that broke in the gale of 1987, she said."
)


def spelled_rows() -> list[dict[str, Any]]:
    rows = [{"id": f"a{n}", "url": url, "text": story("Wexmouth")} for n, url in enumerate(SPELLINGS)]
    others = ["?action=faq&id=0", "?action=faq&id=1"]
    places = ["Lindmouth", "Harrowgate"]
    rows += [
        {"id": place, "url": f"https://www.courier.test/index.php{query}", "text": story(place)}
        for place, query in zip(places, others, strict=True)
    ]
    rows += [{"url": url, "text": WALL, "published_at": "2026-03-02"} for url in TWINS]
    return rows + [{"id": f"b{n}", "url": url, "text": story(f"Port {n}")} for n, url in enumerate(NO_URLS)]


IDS = "select article_id from articles order by 1"


PARTS = 2


def test_ten_spellings_are_one_article(tmp_path: Path, settings: Settings) -> None:
    """Ten spellings of one address are one article with one wording, in any order; two ids are two articles.

    A closing slash and `www.` make other articles, and one text at all of them is one group with one representative. A
    document whose address is none comes in under its own id, without an address; what was given can be read. A row is
    known by what its carrier wrote: the same rows again add nothing.
    """
    in_parts = Settings(warehouse=empty_warehouse(tmp_path / "parts").folder, workers=1)
    rows = spelled_rows()
    run(settings, tmp_path, rows)
    random.Random(3).shuffle(rows)
    for part in range(PARTS):
        run(in_parts, tmp_path, rows[part::PARTS])
    spelled = "canonical_url like '%/257' or canonical_url like '%/index.php%'"
    walls = "join articles using (article_id) where canonical_url like '%sea-wall%'"
    for each in (settings, in_parts):
        wordings = f"select count(*), count(distinct article_id) from revisions join articles using (article_id) where {spelled}"
        assert ask(each, wordings) == [(3, 3)]
        urls = "select count(distinct url) from documents where url not like '%sea-wall%'"
        assert ask(each, urls) == [(4,)], "http is kept apart from https"
        assert ask(each, f"select count(*), count(distinct group_id) from duplicate_groups {walls}") == [
            (4, 1)
        ]
        assert ask(each, "select count(*) from articles_unique where canonical_url like '%sea-wall%'") == [
            (1,)
        ]
        no_address = "select carrier_url from documents where url is null"
        assert sorted(url for (url,) in ask(each, no_address)) == sorted(NO_URLS)
        assert ask(each, "select count(*) from articles where canonical_url is null") == [(len(NO_URLS),)]
    assert ask(in_parts, IDS) == ask(settings, IDS)
    again = run(settings, tmp_path, rows)
    assert (again.state, again.known_count) == ("nothing_new", len(rows))


def page(place: str, canonical: str = "") -> bytes:
    body = "".join(f"<p>{part}</p>" for part in story(place).split("\n\n"))
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"<!doctype html><html lang=en><head><title>{place}</title>{link}</head><body><article><h1>{place} keeps its ferry</h1>{body}</article></body></html>".encode()


def test_feed_sitemap_and_rows_of_one_site_meet(tmp_path: Path, settings: Settings) -> None:
    """The stories that a site's feed, its sitemap and a file of rows name, each in its way, are one article each."""
    with Newspaper() as paper:
        base = paper.base
        (tmp_path / "sources.toml").write_text(
            f'[[source]]\nid = "feed"\nkind = "feed"\nurl = "{base}/feed.xml"\n'
            f'[[source]]\nid = "map"\nkind = "sitemap"\nurl = "{base}/sitemap.xml"\n'
        )
        feed, listed = "", ""
        for n in range(3):
            paper.put(f"/news/{n}", page(f"Port {n}"))
            paper.put(f"/news/{n}?utm_source=feed", page(f"Port {n}", f"/news/{n}?ref=rss" if n else ""))
            feed += f"<item><link>{base}/news/{n}?utm_source=feed#top</link><guid>{n}</guid></item>"
            listed += f"<url><loc>{base.upper().replace('HTTP', 'http')}/news/./{n}</loc></url>"
            paper.put(f"/news/./{n}", page(f"Port {n}"))
        paper.put("/feed.xml", f"<rss version='2.0'><channel>{feed}</channel></rss>".encode())
        paper.put("/sitemap.xml", f"<urlset>{listed}</urlset>".encode())
        ingest(settings=settings)
    rows = [
        {"id": f"row{n}", "url": f"{base}/news/{n}?fbclid=1", "html": page(f"Port {n}").decode()}
        for n in range(3)
    ]
    run(settings, tmp_path, rows)
    assert ask(settings, "select count(*) from quarantine") == [(0,)]
    assert ask(settings, "select count(distinct source_id), count(*) from documents") == [(3, 9)]
    assert ask(settings, "select count(*) from articles where source_id = 'desk'") == [(0,)]
    urls = ask(settings, "select canonical_url from articles order by 1")
    assert urls == [(f"{base}/news/{n}",) for n in range(3)]
    assert ask(settings, "select distinct url from url_states where role = 'page' order by 1") == urls


class BrokenOffError(Exception):
    """What ends a run of these tests before it has settled anything."""


def break_off(*_: Any, **__: Any) -> Any:
    raise BrokenOffError


def test_what_an_older_version_had_fetched_is_not_lost(tmp_path: Path, settings: Settings) -> None:
    """Pages that an interrupted run of another version has stored come in, and are not asked for again."""
    with Newspaper() as paper:
        (tmp_path / "sources.toml").write_text(
            f'[[source]]\nid = "map"\nkind = "sitemap"\nurl = "{paper.base}/sitemap.xml"\n'
        )
        paper.put("/sitemap.xml", sitemap(paper.base, range(3)))
        for n in range(3):
            paper.put(f"/news/{n}", page(f"Port {n}"))
        with pytest.raises(BrokenOffError):
            ingest(settings=settings, steps=Steps(settle=break_off))
        for file in settings.place.staging.glob("*/arrivals.parquet"):
            pq.write_table(pq.read_table(file).drop_columns(["carrier_url"]), file)
        for file in settings.place.staging.glob("*/url_states.parquet"):
            rows = pq.read_table(file)
            pq.write_table(rows.append_column("opinion", pa.nulls(rows.num_rows, pa.string())), file)
        paper.forget()
        assert ingest(settings=settings).new_count == 3
        assert [path for path in paper.asked() if path.startswith("/news/")] == []


def test_another_wording_from_another_carrier_is_a_revision_and_no_copy(
    tmp_path: Path, settings: Settings
) -> None:
    """A row and a page that claims the row's address are one article: two revisions, and no pair of copies."""
    address = "www.courier.test/2026/03/old-ferry-terminal-stays-open"
    text = story("Eastport")
    row = {"id": "1", "url": f"http://{address}?utm_source=feed", "title": "Old ferry terminal stays open"}
    run(settings, tmp_path, [row | {"text": text}])
    paragraphs = "".join(
        f"<p>{part}</p>" for part in [*text.split("\n\n"), "A vote on the quay follows in May."]
    )
    (tmp_path / "page.html").write_text(
        f'<html><head><title>Old ferry terminal stays open</title><link rel="canonical" href="https://{address}">'
        f"</head><body><article><h1>Old ferry terminal stays open</h1>{paragraphs}</article></body></html>"
    )
    ingest([tmp_path / "page.html"], settings=settings)
    assert ask(settings, "select count(distinct article_id), count(*) from revisions") == [(1, 2)]
    assert ask(settings, "select count(*) from duplicates") == [(0,)]
