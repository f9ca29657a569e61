"""The five real articles, through the whole pipeline, come out exactly as read by hand."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asked import snapshots
from empty_warehouse import empty_warehouse

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

Gold = dict[str, Any]
Row = dict[str, Any]
NUMBERS = range(5)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def gold(shared: Path) -> Gold:
    found: Gold = json.loads((shared / "articles" / "gold.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def at_once(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(warehouse=tmp_path_factory.mktemp("gold") / "w", workers=2)
    summary = ingest([shared / "articles"], settings=settings, now=NOW)
    assert (summary.new_count, summary.quarantined_count) == (5, 0)
    return settings


@pytest.fixture(scope="module")
def ask(at_once: Settings) -> Callable[[str], list[Row]]:
    def query(sql: str) -> list[Row]:
        with connect_reader(at_once.place) as con:
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


def inferred(settings: Settings) -> dict[str, list[Any]]:
    """What was inferred of each document, and who shares a story with it."""
    with connect_reader(settings.place) as con:
        rows = con.execute(
            "select a.origin[:3], published_between_start_at::date::varchar,"
            " published_between_end_at::date::varchar, published_between_confidence,"
            " list(a.origin[:3]) over (partition by story_id order by a.origin"
            " rows between unbounded preceding and unbounded following), published_between_method"
            " from revisions r join articles a using (article_id) join story_members using (article_id)"
            " where published_on is null and published_at is null"
        ).fetchall()
    assert all(method for *_, method in rows)
    return {number: facts for number, *facts, _ in rows}


def wanted_of(document: Gold, stories: list[Gold]) -> list[Any]:
    """What a careful reader infers; where that takes knowledge of the world (low), what the text bounds."""
    found, number = document["published_inferred"], document["doc"]
    days = found["range"] if found["confidence"] == "medium" else document["text_only_bounds"]
    return [*days, found["confidence"], next(sorted(s["members"]) for s in stories if number in s["members"])]


def test_the_story_dates_the_undated(shared: Path, gold: Gold, at_once: Settings, tmp_path: Path) -> None:
    """All at once and part by part in another order, the days of writing are those that a careful reader infers.

    Four of them stay one story. The same input again writes nothing.
    """
    in_parts = Settings(warehouse=empty_warehouse(tmp_path / "w").folder, workers=1)
    (desk := tmp_path / "desk").mkdir()
    for part in ((4, 1, 3), (0, 2)):
        for number in part:
            shutil.copy(shared / "articles" / gold["docs"][number]["file"], desk)
        ingest([desk], settings=in_parts, now=NOW)
    before = snapshots(in_parts)
    assert ingest([desk], settings=in_parts, now=NOW).state == "nothing_new"
    assert snapshots(in_parts) == before
    for settings in (at_once, in_parts):
        assert inferred(settings) == {
            document["doc"]: wanted_of(document, gold["stories"]) for document in gold["docs"]
        }
