"""Intervals in a real warehouse, settled after the stories."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from empty_warehouse import empty_warehouse, open_unstaged
from story_newsroom import MONDAY, SEEN, file_articles, told

from copydesk.flows.settle_intervals import settle_intervals
from copydesk.flows.settle_stories import settle_stories
from copydesk.warehouse.intervals.fetch_dating import fetch_dating
from copydesk.warehouse.place import Place
from copydesk.warehouse.write_table import append_rows

Article = dict[str, object]
NOON = timedelta(hours=12)


@pytest.fixture
def empty(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_unstaged(empty_warehouse(place.folder)) as con:
        yield con


def dated(event: str, number: int, day: int) -> Article:
    """An article published at noon, that many days after the Monday."""
    at = MONDAY + timedelta(days=day) + NOON
    return told(event, number, start_at=at, end_at=at, time_method="published")


def bounded(event: str, number: int, day: int) -> Article:
    """An article whose text tells of something before that day."""
    return told(event, number, start_at=MONDAY + timedelta(days=day), end_at=None, time_method="interval")


def run(
    con: duckdb.DuckDBPyConnection, *articles: tuple[Article, Sequence[str]], name: str = "run-0"
) -> None:
    """Bring articles with the relative words of their texts; a word after `+` is told as still to come."""
    con.execute("begin")
    file_articles(con, [article for article, _ in articles])
    for article, words in articles:
        con.execute("delete from date_candidates where revision_id = ?", [article["revision_id"]])
        append_rows(con, "date_candidates", [_mention(article, at, word) for at, word in enumerate(words)])
    changed = [str(article["article_id"]) for article, _ in articles]
    written = settle_stories(con, changed, now=SEEN, run_id=name)
    settle_intervals(con, changed, written, run_id=name)
    con.execute("commit")


def _mention(article: Article, at: int, word: str) -> dict[str, object]:
    return {
        "revision_id": article["revision_id"],
        "ordinal": at + 1,
        "value": word.removeprefix("+"),
        "precision": "day",
        "kind": "relative",
        "method": f"text:relative:{'future' if word.startswith('+') else 'past'}",
        "start_char": 100 * at,
        "evidence": f"word {at}",
        "is_chosen": False,
        "reason": "relative",
        "run_id": "run",
    }


def days(con: duckdb.DuckDBPyConnection, article: Article) -> tuple[str | None, ...]:
    (row,) = con.execute(
        "select published_between_start_at::date::varchar, published_between_end_at::date::varchar,"
        " published_between_confidence from revisions where revision_id = ?",
        [article["revision_id"]],
    ).fetchall()
    return tuple(row)


def written_by(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Return how many wordings a run gave an interval, or took it back."""
    ((count,),) = con.execute("select count(*) from revisions where run_id = ?", [name]).fetchall()
    return int(count)


def everything(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "select revision_id, columns('published_.*') from revisions order by 1"
    ).to_arrow_table()
    own = con.execute("select * exclude run_id from text_intervals order by 1").to_arrow_table()
    stories = con.execute(
        "select list_sort(list(article_id))::varchar as members from story_members group by story_id order by 1"
    ).to_arrow_table()
    return [str(row) for table in (rows, own, stories) for row in table.to_pylist()]


DATED = (dated("ferry", 0, 2), ["-W-1"])
"""Published on Wednesday, on what happened `on Monday`."""
NIGHT = (told("ferry", 1), ["-P1D"])
WEEKDAY = (bounded("ferry", 2, -40), ["-W-1", "+-W-3"])
ELSEWHERE = (told("mayor", 0), ["-W-1"])
STORY = (DATED, NIGHT, WEEKDAY)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which a run has settled the story."""
    made = empty_warehouse(tmp_path_factory.mktemp("story"))
    with open_unstaged(made) as con:
        run(con, *STORY)
    return made.folder


@pytest.fixture
def con(template: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of it, to be written."""
    with open_unstaged(Place(shutil.copytree(template, tmp_path / "after"))) as con:
        yield con


def test_the_story_dates_its_undated_and_nobody_else(empty: duckdb.DuckDBPyConnection) -> None:
    """Two undated articles get their days from the third; one of another story, and the dated one, get none."""
    run(empty, DATED, NIGHT, WEEKDAY, ELSEWHERE)
    assert days(empty, NIGHT[0]) == ("2025-03-04", "2025-03-04", "medium")
    assert days(empty, WEEKDAY[0]) == ("2025-03-03", "2025-03-05", "medium")
    assert days(empty, ELSEWHERE[0]) == days(empty, DATED[0]) == (None, None, None)
    dates = empty.execute("select count(published_at), count(published_on) from revisions").fetchone()
    assert dates == (1, 0)


def test_order_does_not_matter(con: duckdb.DuckDBPyConnection, empty: duckdb.DuckDBPyConnection) -> None:
    """All at once = one by one, the dated article last: the same intervals, the same memory of what texts say, the same stories."""
    for number, part in enumerate((NIGHT, WEEKDAY, DATED)):
        run(empty, part, name=f"run-{number}")
    assert everything(empty) == everything(con)


def test_a_second_call_writes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    """What is settled stays: no row is written again."""
    before = everything(con)
    con.execute("begin")
    settle_intervals(con, [str(article["article_id"]) for article, _ in STORY], (), run_id="run-1")
    con.execute("commit")
    assert (everything(con), written_by(con, "run-1")) == (before, 0)


def test_a_story_that_was_written_is_dated(con: duckdb.DuckDBPyConnection) -> None:
    """Its members' intervals follow though none of its articles changed: what is missing of them is written again."""
    before, stories = everything(con), con.execute("select story_id from stories").fetchall()
    con.execute("begin")
    con.execute("update revisions set published_between_confidence = null")
    settle_intervals(con, [], [story_id for (story_id,) in stories], run_id="run-1")
    con.execute("commit")
    assert everything(con) == before


def test_only_touched_stories_are_looked_at(con: duckdb.DuckDBPyConnection) -> None:
    """An article of another event leaves the story alone, however much it holds."""
    run(con, ELSEWHERE, name="run-1")
    assert fetch_dating(con, [str(ELSEWHERE[0]["article_id"])], ()).members.num_rows == 0
    assert written_by(con, "run-1") == 0


def test_an_interval_goes_with_its_evidence(con: duckdb.DuckDBPyConnection) -> None:
    """When the dated article turns out to have another date, the others follow, or have again what their texts say."""
    later = (dated("ferry", 0, 9), ["-W-1"])
    run(con, later, name="run-1")
    assert written_by(con, "run-1") == 2
    assert days(con, NIGHT[0]) == ("2025-03-11", "2025-03-11", "medium")
    undated = (told("ferry", 0), ["-W-1"])
    run(con, undated, name="run-2")
    assert written_by(con, "run-2") == 2
    assert days(con, NIGHT[0]) == (None, None, None)
    assert days(con, WEEKDAY[0])[0] == (MONDAY - timedelta(days=40)).date().isoformat()
    assert con.execute("select count(*) from text_intervals").fetchone() == (0,)


def test_what_a_story_gave_is_no_evidence_for_the_story(con: duckdb.DuckDBPyConnection) -> None:
    """The stories go on reading what the text alone says, also when they are settled again."""
    times = "select article_id, start_at::varchar, time_method from story_features order by 1"
    before = con.execute(times).fetchall()
    con.execute("delete from story_features")
    con.execute("begin")
    settle_stories(con, [str(article["article_id"]) for article, _ in STORY], now=SEEN, run_id="run-1")
    con.execute("commit")
    assert con.execute(times).fetchall() == before
    assert ("unknown" in {row[2] for row in before}, len(before)) == (True, 3)


def test_a_wording_that_is_no_longer_the_latest_has_its_own_interval_again(
    empty: duckdb.DuckDBPyConnection,
) -> None:
    """Only the latest wording bears what the story gave, so that it does not hang on when the story came."""
    run(empty, DATED, WEEKDAY)
    assert days(empty, WEEKDAY[0])[2] == "medium"
    empty.execute("update revisions set is_latest = false where revision_id = ?", [WEEKDAY[0]["revision_id"]])
    anew = (WEEKDAY[0] | {"revision_id": "anew", "start_at": None, "time_method": "unknown"}, ["-P1D"])
    run(empty, anew, name="run-1")
    assert days(empty, WEEKDAY[0])[1] is None
    assert empty.execute("select revision_id from text_intervals").fetchall() == [("anew",)]
    assert days(empty, anew[0]) == ("2025-03-04", "2025-03-04", "medium")
