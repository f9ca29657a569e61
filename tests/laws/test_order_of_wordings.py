"""The wordings of an article stand in the order of what is known of their time, whatever came first."""

import json
import random
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from empty_warehouse import empty_warehouse

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WORDINGS = 4
Row = dict[str, Any]


def wording(url: int | str, number: int, **fields: str) -> Row:
    """A row of one of the wordings of an article, each with a sentence more than the one before."""
    crane = int.from_bytes(str(url).encode(), "big") % 1_000
    text = f"The harbour board has put off a choice on crane {crane}. Two firms have asked to see the quay, which holds {crane + 40} boats."
    more = "".join(
        f" On day {day} the chair added that {day + 3} letters had come in." for day in range(number)
    )
    address = f"https://board.example/crane-{url}"
    return {"url": address, "title": f"Crane {url}, wording {number}", "text": text + more, **fields}


def write(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def numbers(settings: Settings) -> dict[str, list[tuple[int, bool, int]]]:
    """The number of each wording and whether it is the latest, beside what its title says that it is, by article."""
    query = (
        "select split_part(canonical_url, 'crane-', 2), list((revision_number, is_latest, right(title, 1)::int)"
        " order by revision_number) from revisions join articles using (article_id) group by 1"
    )
    with connect_reader(settings.place) as con:
        return dict(con.execute(query).fetchall())


def desk(tmp_path: Path, name: str = "w", **options: Any) -> Settings:
    return Settings(warehouse=empty_warehouse(tmp_path / name).folder, workers=1, **options)


WANTED = [(number + 1, number == WORDINGS - 1, number) for number in range(WORDINGS)]


def stated(name: str, precision: str) -> list[Row]:
    """The wordings of three articles in any order, with times of a precision."""
    rows = []
    for url in range(3):
        for number in range(WORDINGS):
            is_day = precision == "day" or (precision == "mixed" and number % 2)
            at = f"2026-05-{number + 1:02}" + ("" if is_day else "T08:15:00Z")
            rows.append(wording(f"{name}-{url}", number, published_at=at))
    random.Random(name).shuffle(rows)
    return rows


def listed(name: str, **fields: str) -> list[Row]:
    """The wordings of three articles in their order, line by line."""
    return [wording(f"{name}-{url}", number, **fields) for number in range(WORDINGS) for url in range(3)]


def rows_of_one_file() -> list[Row]:
    """Rows of all kinds in turn, so that whatever cuts them cuts each kind."""
    kinds = [stated(name, name) for name in ("day", "minute", "mixed")]
    kinds += [listed("silent"), listed("one-day", published_at="2026-05-01")]
    return [
        *chain.from_iterable(zip(*kinds, strict=True)),
        wording("between", 1, published_at="2026-05-02"),
        wording("between", 2),
        wording("between", 0, published_at="2026-05-01"),
    ]


def page(number: int, changed: str) -> str:
    """A page that was published once and says when it was changed."""
    paragraphs = "".join(f"<p>{sentence}.</p>" for sentence in wording(0, number + 3)["text"].split(". "))
    return (
        f'<html lang="en"><head><title>Crane page, wording {number}</title>'
        '<link rel="canonical" href="https://board.example/crane-page">'
        '<meta property="article:published_time" content="2026-05-01T08:00:00Z">'
        f'<meta property="article:modified_time" content="{changed}"></head>'
        f"<body><article><h1>Crane page, wording {number}</h1>{paragraphs}</article></body></html>"
    )


BACK_FILLED = {"back": (3, 2, 1, 0), "shuffled": (2, 0, 3, 1)}
"""Which wording comes with which run."""

GONE_BACK = {"once": (0, 0, 0), "last-first": (1, 1, 0), "each": (0, 1, 2)}
"""With which run a wording, the next one and the first again come."""


@pytest.fixture(scope="module")
def four_runs(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse of four runs; the first brings what stands in one file, and saved pages whose names tell nothing."""
    folder = tmp_path_factory.mktemp("runs")
    (pages := folder / "pages").mkdir()
    for number, name in enumerate(("m", "c", "z", "a")):
        (pages / f"{name}.html").write_text(page(number, f"2026-05-0{number + 2}T09:30:00Z"), "utf-8")
    runs = [rows_of_one_file(), *([] for _ in range(1, WORDINGS))]
    for run, rows in enumerate(runs):
        for name, order in BACK_FILLED.items():
            at = f"2026-05-{order[run] + 1:02}T08:15:00Z"
            rows += [wording(f"{name}-{url}", order[run], published_at=at) for url in range(3)]
    for name, places in GONE_BACK.items():
        for number, day, place in zip((0, 1, 0), (1, 2, 3), places, strict=True):
            runs[place].append(wording(name, number, published_at=f"2026-05-0{day}"))
    settings = desk(folder)
    for run, rows in enumerate(runs):
        paths = [write(folder / f"{run}.jsonl", rows), *([] if run else [pages])]
        ingest(paths, settings=settings, now=NOW + timedelta(hours=run), source="board")
    return settings


@pytest.mark.parametrize("portion", [1_000, 32])
def test_times_and_lines_decide_in_one_file(tmp_path: Path, four_runs: Settings, portion: int) -> None:
    """Rows stand by the time that they state, however mixed; of those that state none, or one day, by their lines.

    A wording without a time stands behind the line before it, also where later lines are older; and so where a
    portion ends amid them.
    """
    settings = four_runs
    if portion == 32:
        settings = desk(tmp_path).model_copy(update={"portion_documents": portion})
        ingest([write(tmp_path / "rows.jsonl", rows_of_one_file())], settings=settings, now=NOW)
    found = numbers(settings)
    assert [number for _, _, number in found["between"]] == [0, 1, 2]
    names = [f"{name}-{url}" for name in ("day", "minute", "mixed", "silent", "one-day") for url in range(3)]
    assert {name: found[name] for name in names} == dict.fromkeys(names, WANTED)


def test_a_back_fill_does_not_become_the_latest(four_runs: Settings) -> None:
    """Runs that bring older wordings after newer ones give the same order, and so does a replay of them."""
    found, names = numbers(four_runs), [f"{name}-{url}" for name in BACK_FILLED for url in range(3)]
    assert {name: found[name] for name in names} == dict.fromkeys(names, WANTED)
    assert replay(four_runs, now=NOW + timedelta(days=1)).changes == ()


def test_changes_decide_between_pages_of_one_publication(four_runs: Settings) -> None:
    """Saved pages of an article stand by the change that they declare, not by their names or their letters."""
    assert numbers(four_runs)["page"] == WANTED


def test_an_old_wording_that_comes_back_is_the_latest_again(four_runs: Settings) -> None:
    """Going back to an earlier wording keeps its number; what the last row states makes it the latest."""
    found = numbers(four_runs)
    assert [found[name] for name in GONE_BACK] == [[(1, True, 0), (2, False, 1)]] * 3


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
        settings = desk(tmp_path, str(run))
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
