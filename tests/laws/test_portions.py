"""A run is committed in portions: a reader sees each whole or not at all, and how they are cut changes nothing."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from asked import ask
from logical_rows import facts_of

from copydesk.flows.ingest import commit_portions
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.settings import Settings
from copydesk.transforms.copies.sketch import sketch
from copydesk.transforms.stories.read_features import read_features
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.copies.wordings import read_wordings
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.stories.fetch_articles import fetch_articles, look_at

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PIECES, PORTION = 7, 3


class BrokenOffError(Exception):
    """What ends a run of these tests."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles in which the third and last are copies of the first, and all carry one appeal."""
    folder = tmp_path_factory.mktemp("desk")
    for number in range(PIECES):
        piece = 0 if number in {2, PIECES - 1} else number
        lines = [
            f"Sentence {line} of piece {piece} tells of {piece * 37 + line} barrels in the harbour shed."
            for line in range(9)
        ]
        text = "\n\n".join([f"Barrels counted, part {number}", *lines, "The shed welcomes guests on Sundays"])
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


def settings(folder: Path, portion: int) -> Settings:
    return Settings(warehouse=folder, workers=1).model_copy(update={"portion_documents": portion})


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The tables of a run in one portion."""
    place = tmp_path_factory.mktemp("whole")
    ingest([folder], settings=settings(place, 1_000), now=NOW, source="desk")
    return facts_of(settings(place, 1_000).place)


@pytest.fixture(scope="module")
def cut(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Summary]:
    """The settings of a run that was cut into portions, and what it told."""
    chosen = settings(tmp_path_factory.mktemp("cut"), PORTION)
    return chosen, ingest([folder], settings=chosen, now=NOW, source="desk")


def rows_of(table: pa.Table) -> list[str]:
    return sorted(map(str, table.to_pylist()))


def snapshots(chosen: Settings) -> int:
    with connect_reader(chosen.place) as con:
        rows = con.execute("select count(*) from lake.snapshots() where author = 'copydesk'").fetchall()
    return int(rows[0][0])


def test_portions_change_nothing(cut: tuple[Settings, Summary], whole: dict[str, list[str]]) -> None:
    """The tables are the same as of a run that was not cut, and each portion is a snapshot."""
    chosen, summary = cut
    assert (summary.state, summary.new_count) == ("done", PIECES)
    assert facts_of(chosen.place) == whole
    assert snapshots(chosen) == -(-PIECES // PORTION)
    assert ask(chosen, "select new_count, outcome from runs") == [(PIECES, "done")]
    assert not chosen.place.staging.exists()


WORDS = [
    "harbour", "ferry", "council", "river", "tide", "school", "bridge", "organ", "museum", "winter",
    "market", "storm", "budget", "election", "teacher", "doctor", "police", "fire", "train", "airport",
    "island", "valley", "farmer", "weather", "minister", "court", "library", "hospital", "festival",
    "engine", "water",
]  # fmt: skip


def test_what_happens_twice_in_a_run_is_two_events(tmp_path: Path) -> None:
    """Stories of vague texts open, merge and part again from portion to portion; each time is a row of its own."""
    draw = random.Random(5)
    words = [*WORDS, *map(str.capitalize, WORDS)]
    lines = []
    for number in range(48):
        text = "\n\n".join("The " + " ".join(draw.choices(words, k=40)) + "." for _ in range(6))
        address = f"https://site{number % 4}.example/news/{number}"
        day = f"2024-05-{1 + number % 28:02}"
        lines.append(json.dumps({"url": address, "title": draw.choice(WORDS), "text": text, "date": day}))
    (tmp_path / "vague.jsonl").write_text("\n".join(lines), "utf-8")
    chosen = settings(tmp_path / "w", 12)
    ingest([tmp_path / "vague.jsonl"], settings=chosen, now=NOW)
    for table in ("story_events", "duplicate_group_events"):
        rows = ask(chosen, f"select count(*), count(distinct event_id) from {table}")
        assert rows[0][0] == rows[0][1]
    again = "select kind, story_id, other_story_id from story_events group by all having count(*) > 1"
    assert ask(chosen, again) != []


def test_what_was_committed_stays_and_the_rest_comes_next(
    folder: Path, tmp_path: Path, whole: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ends in its second portion leaves the first, whole and said to be unfinished; the next goes on."""
    chosen = settings(tmp_path, 5)
    write_run, calls = commit_portions._write_run, []

    def break_off(*args: Any, **kwargs: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise BrokenOffError
        write_run(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(commit_portions, "_write_run", break_off)
        with pytest.raises(BrokenOffError):
            ingest([folder], settings=chosen, now=NOW, source="desk")
    assert ask(chosen, "select new_count, outcome from runs") == [(5, "unfinished")]
    assert ask(chosen, "select count(*) from documents") == [(5,)]
    brought = "select documents_count from source_runs order by 1 desc"
    assert ask(chosen, brought) == [(5,)]
    with connect_reader(chosen.place) as con:
        assert [each.name for each in check(con, now=NOW) if not each.is_passed] == []
    assert [each.state for each in list_attempts(chosen.place, limit=9)] == ["failed"]
    summary = ingest([folder], settings=chosen, now=NOW, source="desk")
    assert (summary.known_count, summary.new_count) == (5, PIECES - 5)
    assert facts_of(chosen.place) == whole
    assert ask(chosen, brought) == [(5,), (PIECES - 5,)]
    assert not chosen.place.staging.exists()


def test_what_workers_read_is_what_the_wordings_say(cut: tuple[Settings, Summary]) -> None:
    """Sketches and features are those of the settled bodies, also where a line of the site has left them."""
    chosen, _ = cut
    with connect_reader(chosen.place) as con:
        ids = [row[0] for row in con.execute("select article_id from articles order by 1").fetchall()]
        taken = con.execute("select count(*) from boilerplate_spans where rule_id = 'site.line'").fetchall()
        sketches = con.execute("select * exclude (run_id) from sketches").to_arrow_table()
        features = con.execute(
            "select columns('terms|quotes|lead_names|headline|.*year.*') from story_features"
            " order by article_id"
        ).to_arrow_table()
        look_at(con, pa.array(ids), feed_days=7.0)
        articles = fetch_articles(con, pa.array(ids)).sort_by("article_id")
        assert taken[0][0] > 0
        assert rows_of(sketches) == rows_of(sketch(read_wordings(con, ids)))
        assert features.to_pylist() == read_features(articles).select(features.column_names).to_pylist()


def test_what_was_taken_in_is_committed_though_its_file_is_gone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that has arrived has arrived: the next run of its source commits it; runs of others leave it, and say so."""
    chosen = settings(tmp_path / "w", 1_000)
    desk, other = tmp_path / "desk", tmp_path / "other"
    for place, names in ((desk, ("00.txt", "01.txt")), (other, ("03.txt",))):
        place.mkdir()
        for name in names:
            (place / name).write_bytes((folder / name).read_bytes())

    def break_off(*_: Any, **__: Any) -> None:
        raise BrokenOffError

    with monkeypatch.context() as patch:
        patch.setattr("copydesk.flows.ingest.commit_portions._write_run", break_off)
        with pytest.raises(BrokenOffError):
            ingest([desk], settings=chosen, now=NOW)
    (desk / "01.txt").unlink()
    done = ingest([other], settings=chosen, now=NOW)
    assert ask(chosen, "select origin from articles") == [("03.txt",)]
    assert done.notes == ingest([other], settings=chosen, now=NOW).notes
    assert done.notes == (
        "desk: a run that broke off has left 2 documents, which the next run of desk settles",
    )
    assert chosen.place.staging.exists()
    assert ingest([desk], settings=chosen, now=NOW).notes == ()
    assert ask(chosen, "select origin from articles order by 1") == [("00.txt",), ("01.txt",), ("03.txt",)]
    assert not chosen.place.staging.exists()
