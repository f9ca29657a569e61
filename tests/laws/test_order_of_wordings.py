"""The wordings of an article stand in the order of what is known of their time, whatever came first."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from empty_warehouse import empty_warehouse

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

NOW = datetime(2026, 6, 1, tzinfo=UTC)
URLS = 5
WORDINGS = 4
Row = dict[str, Any]


def wording(url: int, number: int, **fields: str) -> Row:
    """A row of one of the wordings of an article, each with a sentence more than the one before."""
    text = f"The harbour board has put off a choice on crane {url}. Two firms have asked to see the quay, which holds {url + 40} boats."
    more = "".join(
        f" On day {day} the chair added that {day + 3} letters had come in." for day in range(number)
    )
    address = f"https://board.example/crane-{url}"
    return {"url": address, "title": f"Crane {url}, wording {number}", "text": text + more, **fields}


def write(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def numbers(settings: Settings) -> list[tuple[int, bool, int]]:
    """The number of each wording and whether it is the latest, beside what its title says that it is."""
    query = "select revision_number, is_latest, right(title, 1)::int from revisions order by article_id, 1"
    with connect_reader(settings.place) as con:
        return con.execute(query).fetchall()


WANTED = [(number + 1, number == WORDINGS - 1, number) for number in range(WORDINGS)] * URLS


@pytest.mark.parametrize(("precision", "portion"), [("day", 1_000), ("minute", 9), ("mixed", 9)])
def test_stated_times_decide(tmp_path: Path, precision: str, portion: int) -> None:
    """Rows of one file stand by the time that they state, however they are mixed and the run is cut."""
    rows = []
    for url in range(URLS):
        for number in range(WORDINGS):
            is_day = precision == "day" or (precision == "mixed" and number % 2)
            at = f"2026-05-{number + 1:02}" + ("" if is_day else "T08:15:00Z")
            rows.append(wording(url, number, published_at=at))
    random.Random(portion).shuffle(rows)
    settings = Settings(
        warehouse=empty_warehouse(tmp_path / "w").folder, workers=1, portion_documents=portion
    )
    ingest([write(tmp_path / "rows.jsonl", rows)], settings=settings, now=NOW)
    assert numbers(settings) == WANTED


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (2, 0, 3, 1)])
def test_a_back_fill_does_not_become_the_latest(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Runs that bring older wordings after newer ones give the same order, and so does a replay of them."""
    settings = Settings(warehouse=empty_warehouse(tmp_path / "w").folder, workers=1)
    for run, number in enumerate(order):
        at = f"2026-05-{number + 1:02}T08:15:00Z"
        rows = [wording(url, number, published_at=at) for url in range(URLS)]
        path = write(tmp_path / f"{number}.jsonl", rows)
        ingest([path], settings=settings, now=NOW + timedelta(hours=run), source="board")
    assert numbers(settings) == WANTED
    assert replay(settings, now=NOW + timedelta(days=1)).changes == ()


def test_lines_decide_where_nothing_states_a_time(tmp_path: Path) -> None:
    """Of rows of one read that state nothing, or one day, the last line of a file is the latest wording."""
    for number, fields in enumerate(({}, {"published_at": "2026-05-01"})):
        rows = [wording(url, number, **fields) for number in range(WORDINGS) for url in range(URLS)]
        settings = Settings(warehouse=empty_warehouse(tmp_path / str(number)).folder, workers=1)
        ingest([write(tmp_path / f"rows{number}.jsonl", rows)], settings=settings, now=NOW)
        assert numbers(settings) == WANTED


def test_a_row_that_states_nothing_stays_with_its_neighbours(tmp_path: Path) -> None:
    """A wording without a time stands behind the line before it, also where later lines are older."""
    rows = [wording(0, 1, published_at="2026-05-02"), wording(0, 2), wording(0, 0, published_at="2026-05-01")]
    settings = Settings(warehouse=empty_warehouse(tmp_path / "w").folder, workers=1)
    ingest([write(tmp_path / "rows.jsonl", rows)], settings=settings, now=NOW)
    assert [number for _, _, number in numbers(settings)] == [0, 1, 2]


def page(number: int, changed: str) -> str:
    """A page that was published once and says when it was changed."""
    paragraphs = "".join(f"<p>{sentence}.</p>" for sentence in wording(0, number + 3)["text"].split(". "))
    return (
        f'<html lang="en"><head><title>Crane 0, wording {number}</title>'
        '<link rel="canonical" href="https://board.example/crane-0">'
        '<meta property="article:published_time" content="2026-05-01T08:00:00Z">'
        f'<meta property="article:modified_time" content="{changed}"></head>'
        f"<body><article><h1>Crane 0, wording {number}</h1>{paragraphs}</article></body></html>"
    )


def test_changes_decide_between_pages_of_one_publication(tmp_path: Path) -> None:
    """Saved pages of an article stand by the change that they declare, not by their names or their letters."""
    folder = tmp_path / "board"
    folder.mkdir()
    for number, name in enumerate(("m", "c", "z", "a")):
        (folder / f"{name}.html").write_text(page(number, f"2026-05-0{number + 2}T09:30:00Z"), "utf-8")
    settings = Settings(warehouse=empty_warehouse(tmp_path / "w").folder, workers=1)
    ingest([folder], settings=settings, now=NOW)
    assert numbers(settings) == WANTED[:WORDINGS]


def test_an_old_wording_that_comes_back_is_the_latest_again(tmp_path: Path) -> None:
    """Going back to an earlier wording keeps its number; what the last row states makes it the latest."""
    days = ("2026-05-01", "2026-05-02", "2026-05-03")
    rows = [wording(0, number, published_at=day) for number, day in zip((0, 1, 0), days, strict=True)]
    expected = [(1, True, 0), (2, False, 1)]
    for name, parts in {
        "once": [rows],
        "last first": [rows[2:], rows[:2]],
        "each": [[row] for row in rows],
    }.items():
        settings = Settings(warehouse=empty_warehouse(tmp_path / name).folder, workers=1)
        for run, part in enumerate(parts):
            path = write(tmp_path / f"{name} {run}.jsonl", part)
            ingest([path], settings=settings, now=NOW + timedelta(hours=run), source="board")
        assert numbers(settings) == expected, name


SHOWN = {
    "revisions": "select columns(c -> c not in ('run_id', 'first_seen_at', 'last_seen_at')) from revisions",
    "spans": "select * exclude (run_id) from boilerplate_spans",
    "dates": "select * exclude (run_id) from date_candidates where kind <> 'capture'",
    "pictures": "select * exclude (run_id) from images",
    "lines": "select line_hash, verdict from site_lines",
    "copies": "select article_id_a, article_id_b, relation from duplicates",
    "stories": "select list(article_id order by article_id) from story_members group by story_id",
}


def saved_page(url: int, number: int) -> str:
    """A page of one wording, whose furniture and dates are those of the day on which it was saved."""
    appeal = "<p>Share this on Facebook</p><p>Sign up for our newsletter</p>" * (number + 1)
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in wording(url, 4)["text"].split(". "))
    return (
        f'<html lang="en"><head><title>Crane {url}</title><link rel="canonical" href="https://board.example/crane-{url}">'
        f'<meta property="article:published_time" content="2026-05-0{4 - number}T08:00:00Z"></head><body><article>'
        f"<h1>Crane {url}</h1>{paragraphs}{appeal}</article></body></html>"
    )


def test_one_wording_is_shown_as_the_same_document(tmp_path: Path) -> None:
    """Of pages that clean to one body the earliest published gives spans, layout and dates, whatever came first."""
    pages, told = [(url, number) for url in range(2) for number in range(3)], []
    for run, parts in enumerate(((pages,), (pages[::2], pages[1::2]))):
        settings = Settings(warehouse=empty_warehouse(tmp_path / str(run)).folder, workers=1)
        for hour, part in enumerate(parts):
            folder = tmp_path / f"{run} {hour}"
            folder.mkdir(exist_ok=True)
            for url, number in part:
                (folder / f"{url}{number}.html").write_text(saved_page(url, number), "utf-8")
            ingest([folder], settings=settings, now=NOW + timedelta(hours=hour), source="board")
        with connect_reader(settings.place) as con:
            told.append({name: sorted(map(str, con.execute(sql).fetchall())) for name, sql in SHOWN.items()})
            days = con.execute("select published_on::varchar, count(*) from revisions group by 1").fetchall()
            assert days == [("2026-05-02", 2)]
    assert told[0] == told[1]
