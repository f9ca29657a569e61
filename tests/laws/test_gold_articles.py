"""The five real articles, through the whole pipeline, come out exactly as read by hand."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.ingest.plan import ingest
from flows.settings import Settings
from warehouse.connect import connect_reader

Gold = dict[str, Any]
Row = dict[str, Any]
NUMBERS = range(5)


@pytest.fixture(scope="module")
def gold(shared: Path) -> Gold:
    found: Gold = json.loads((shared / "articles" / "gold.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def ask(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Row]]:
    settings = Settings(warehouse=tmp_path_factory.mktemp("gold") / "w", workers=2)
    summary = ingest([shared / "articles"], settings=settings)
    assert (summary.new_count, summary.quarantined_count) == (5, 0)

    def query(sql: str) -> list[Row]:
        with connect_reader(settings.place) as con:
            rows: list[Row] = con.execute(sql).to_arrow_table().to_pylist()
            return rows

    return query


def row_of(ask: Callable[[str], list[Row]], document: Gold, table: str = "revisions") -> list[Row]:
    return ask(
        f"select t.* from {table} t join revisions r on r.revision_id = t.revision_id"
        f" join articles a on a.article_id = r.article_id where a.origin = '{document['file']}'"
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_body_and_readings(ask: Callable[[str], list[Row]], gold: Gold, number: int) -> None:
    """Body, title, dek, authors, dateline, licence, agency, publisher and language are exact."""
    document = gold["docs"][number]
    (row,) = row_of(ask, document)
    assert row["body_sha256"] == document["body"]["sha256"]
    assert row["body"].count("\n\n") + 1 == document["body"]["paragraphs"]
    for name in ("title", "dek", "authors", "agency", "language"):
        assert row[name] == document[name], name
    assert row["licence"] == (document["license"] and document["license"]["value"])
    assert row["publisher"] == document["publisher"]["value"]
    dateline = document["dateline"]
    assert (row["dateline"], row["dateline_place"]) == (
        (dateline["raw"], dateline["place"]) if dateline else (None, None)
    )
    assert all(heading["text"] in row["body"].split("\n\n") for heading in document["headings_keep"])
    assert all(wanted in row["body"] for wanted in document["must_keep"])
    assert not any(unwanted in row["body"] for unwanted in document["must_not_contain"])


@pytest.mark.parametrize("number", NUMBERS)
def test_pictures(ask: Callable[[str], list[Row]], gold: Gold, number: int) -> None:
    """Captions come with their credit."""
    document = gold["docs"][number]
    images = row_of(ask, document, "images")
    assert [(image["caption"], image["credit"]) for image in images] == [
        (image["caption"], image["credit"]) for image in document["images"]
    ]


@pytest.mark.parametrize("number", NUMBERS)
def test_spans(ask: Callable[[str], list[Row]], gold: Gold, number: int) -> None:
    """What leaves the text is what a reader marked, with its class, to the character."""
    document = gold["docs"][number]
    found = {
        (span["start_char"], span["end_char"], span["kind"], span["action"])
        for span in row_of(ask, document, "boilerplate_spans")
    }
    wanted = {
        (span["start"], span["end"], span["cls"], "drop" if span["action"].startswith("drop") else "metadata")
        for span in document["spans"]
    }
    assert found == wanted


@pytest.mark.parametrize("number", NUMBERS)
def test_no_date_is_made_up(ask: Callable[[str], list[Row]], gold: Gold, number: int) -> None:
    """No publication date stands in these texts; the tempting ones are on record, rejected with a reason."""
    document = gold["docs"][number]
    (row,) = row_of(ask, document)
    assert row["published_at"] is None
    assert row["published_on"] is None
    dates = row_of(ask, document, "date_candidates")
    assert not any(date["is_chosen"] for date in dates)
    assert all(date["reason"] for date in dates)
    rejected = {(date["kind"], re.sub(r"\D", "", date["value"])[:8]) for date in dates}
    for image in document["images"]:
        if image["taken_on"]:
            assert ("photo", image["taken_on"].replace("-", "")) in rejected
    if document.get("captured_at_hint"):
        assert ("print_stamp", document["captured_at_hint"][:10].replace("-", "")) in rejected


def test_no_copies_among_them(ask: Callable[[str], list[Row]]) -> None:
    """Five pieces on like events are no copies of each other."""
    assert ask("select * from duplicates") == []


def test_one_story_and_its_look_alike(ask: Callable[[str], list[Row]], gold: Gold) -> None:
    """Four tell of one event; the fifth, 21 months later, is a story of its own, and related."""
    members = ask(
        "select a.origin[1:3] as doc, m.story_id from story_members m join articles a using (article_id)"
    )
    stories: dict[str, set[str]] = {}
    for member in members:
        stories.setdefault(member["story_id"], set()).add(member["doc"])
    assert sorted(map(sorted, stories.values())) == sorted(
        sorted(story["members"]) for story in gold["stories"]
    )
    assert len(ask("select * from story_links")) == 1
