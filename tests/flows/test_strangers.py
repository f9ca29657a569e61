"""A stranger's folder through one run: what each file becomes, and what is said of it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stranger_stories import DAY, story, title
from strangers import write_strangers

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.read.fields import PRESETS
from copydesk.flows.read.format_of import COMPRESSIONS, FORMATS, format_of
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Summary, Settings, Path]:
    folder = tmp_path_factory.mktemp("strangers")
    desk = write_strangers(folder / "desk")
    settings = Settings(warehouse=folder / "w", workers=1, keep=("section", "keywords"))
    return ingest([desk], settings=settings), settings, desk


@pytest.fixture(scope="module")
def ask(taken: tuple[Summary, Settings, Path]) -> Ask:
    def asked(sql: str) -> list[tuple[Any, ...]]:
        with connect_reader(taken[1].place) as con:
            return con.execute(sql).fetchall()

    return asked


ONE_EACH = """
    alder.txt: Alder; birch.txt.gz: Birch; cedar.txt.bz2: Cedar; dogwood.txt.xz: Dogwood; elder.txt.zst: Elder;
    fir.html: Fir; gorse.htm.xz: Gorse; hazel.xhtml: Hazel; holly.xml: Holly; graph.json: Ivy; jsonfeed.json: Jasmine;
    fundus-body.json: Kapok; guardian.json: Lilac; newsplease-1.json: Maple; newsplease-2.json: Myrtle;
    fundus.json: Oak, Olive, Osier; newspaper4k.json: Pear; trafilatura.json: Pine; newsapi.json: Plum;
    wordpress.json: Quince; elastic.json: Rowan; by-address.json: Sorrel, Spruce; lines.json: Sumac, Tamarisk;
    cut.json.gz: Teak; numbers.jsonl: Thyme; rows.ndjson.bz2: Viburnum; mediacloud.csv: Walnut; ccnews.parquet: Willow;
    yarrow.parquet.gz: Yarrow; ccnews-fundus.jsonl: Yew; pandas.csv: Zinnia; excel.csv: Ähre; wide.csv: Agave;
    tabs.tsv: Aspen; pipes.csv.zst: Aster; backslash.csv: Azalea; crawl.warc: Briar; crawl.warc.gz: Broom;
    crawl.warc.xz: Cherry; saved.xml: Clover; letter.eml: Cowslip; letters.mbox: Cypress, Daphne;
    mixed.zip: Ebony, Fennel, Fuchsia; saved.rss: Magnolia; saved.atom: Mallow; saved.rdf: Marigold;
    extracted.xml: Mimosa; wire.xml: Hawthorn; g2.xml: Heather;
    saved.mht: Iris; saved.mhtml: Juniper; columns.json: Laurel, Linden; lists.json: Lobelia, Lupin; split.json: Lotus
"""
EXPECTED = {
    name: origin.strip()
    for origin, _, names in (each.partition(": ") for each in ONE_EACH.split(";"))
    for name in names.strip().split(", ")
}


def test_every_story_is_an_article_of_its_file(ask: Ask) -> None:
    """Each file gives its stories, whole, and no others: whoever wrote it, however it is packed."""
    found = {}
    for origin, body in ask("select origin, body from articles_latest"):
        (name,) = set(re.findall(r"lamp at (\S+) Point", body))
        assert body.endswith(story(name).split("\n\n")[-1])
        assert all(paragraph in body for paragraph in story(name).split("\n\n"))
        found[name] = re.split(r"[#]|(?<=\.zip)/", origin)[0]
    assert found == EXPECTED


def test_fields_are_read_as_their_tools_mean_them(ask: Ask) -> None:
    """Address, title, outlet and authors come from the tool's own columns; lists of names are people."""
    rows = ask("select article_urls.url, title, publisher, authors, published_on::text from article_urls"
               " join articles_latest using (article_id)"
               " where article_urls.url like 'https://tide.example/%'")  # fmt: skip
    found = {url.rpartition("/")[2]: row for url, *row in rows}
    names = [
        "Maple",
        "Oak",
        "Pear",
        "Pine",
        "Plum",
        "Lilac",
        "Walnut",
        "Willow",
        "Yew",
        "Zinnia",
        "Clover",
        "Quince",
    ]
    for name in names:
        assert found[name][0] == title(name)
    assert {name: found[name][1] for name in names} == {
        **dict.fromkeys(names, "The Tide"),
        **dict.fromkeys(["Maple", "Willow"], "tide.example"),
        **dict.fromkeys(["Oak", "Lilac", "Quince"], None),
    }
    assert found["Pine"][2] == found["Zinnia"][2] == ["Ann Bell", "Carl Dunn"]
    assert {found[name][3] for name in names if name != "Clover"} == {DAY}
    two = ask(
        "select distinct authors from articles_latest where origin in ('tabs.tsv', 'wide.csv', 'lines.json')"
    )
    assert two == [(["Ann Bell", "Carl Dunn"],)]
    rows = ask("select origin, title, authors, published_on::text, url from articles_latest"
               " where origin in ('wire.xml', 'g2.xml', 'saved.mht')")  # fmt: skip
    assert sorted(rows) == [
        ("g2.xml", title("Heather"), [], DAY, None),
        ("saved.mht", title("Iris"), [], None, "https://tide.example/Iris"),
        ("wire.xml", title("Hawthorn"), ["Ann Bell"], DAY, None),
    ]


def test_what_is_no_article_has_a_reason(ask: Ask) -> None:
    """Each refusal names its file, its place and why; a table without a text costs one row, not five hundred."""
    assert sorted(ask("select origin, reason, count(*) from quarantine group by all")) == [
        ("bare.csv", "invalid_row", 1),
        ("book.csv", "not_read", 1),
        ("cut.json.gz", "damaged_file", 1),
        ("cut.txt.bz2", "damaged_file", 1),
        ("cut.txt.xz", "damaged_file", 1),
        ("cut.zip", "damaged_file", 1),
        ("gdelt.csv", "no_text", 1),
        ("gdelt.json", "no_text", 1),
        ("lines.json", "invalid_json", 1),
        ("mediacloud-list.csv", "no_text", 1),
        ("mixed.zip/more.zip", "nested_archive", 1),
        ("numbers.jsonl", "no_article", 2),
        ("prices.csv", "no_text", 1),
        ("saved.xml", "no_text", 1),
        ("sitemap.xml", "no_text", 1),
    ]


def test_the_run_says_how_it_read(taken: tuple[Summary, Settings, Path]) -> None:
    """Tools that were recognised, columns that were not used, and files that were passed over stand in its notes."""
    said = "\n".join(taken[0].notes)
    for preset in {each.name for each in PRESETS} - {"GDELT's article list"}:
        assert re.search(rf"rows read as their tools write them: .*\d {preset}\b", said)
    assert "passed over below desk: 2 .docx, 1 .png, 1 without ending" in said
    assert "objects passed over, without text, title and address: 1" in said
    assert re.search(r"columns not used: .*image_url", said)
    assert "files without a byte in them: 1" in said


def test_every_form_stands_in_the_folder(taken: tuple[Summary, Settings, Path]) -> None:
    """What the reader of files takes is tried here, in each of its endings and each packing."""
    names = [path for path in taken[2].rglob("*") if path.is_file()]
    assert {format_of(path) for path in names} >= set(FORMATS)
    assert {path.suffix for path in names} >= set(COMPRESSIONS)


def test_kept_columns_are_asked_for_by_name(ask: Ask) -> None:
    """--keep carries columns along, as they stand, into documents.extra and a view."""
    assert ("Harbour",) in ask(
        "select value from kept_columns where column_name = 'section' and origin = 'tabs.tsv'"
    )
    assert ask("select extra from documents where origin = 'newspaper4k.json'") == [
        ('{"keywords": ["lamp"]}',)
    ]


def test_the_same_folder_again_adds_nothing(taken: tuple[Summary, Settings, Path]) -> None:
    """All of it is known, also what was refused."""
    _, settings, desk = taken
    again = ingest([desk], settings=settings)
    assert (again.state, again.known_count) == ("nothing_new", again.seen_count)
