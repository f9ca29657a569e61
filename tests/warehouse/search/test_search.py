"""Search finds what the tables hold now, and takes whatever is typed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_articles import Rows, add_article
from small_warehouse import build_warehouse, small_rows

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.place import Place
from copydesk.warehouse.search.search import Narrowing, read_words, search
from copydesk.warehouse.search.update_index import update_index

TIDE = "The tide clock at Orrin stopped.\n\nA clockmaker says the tide will not wait for the repair."
CAFE = "The café by the river serves crêpes.\n\nThe clock above its door shows the tide of another town."


def add_two(rows: Rows) -> None:
    add_article(rows, source="hask-herald", day=2, number=50, body=TIDE)
    add_article(rows, source="orrin-times", day=9, number=51, body=CAFE)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = build_warehouse(tmp_path_factory.mktemp("search"), small_rows(add_two))
    with connect_writer(place) as con:
        update_index(con, place)
    return place


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Place, duckdb.DuckDBPyConnection]]:
    place = build_warehouse(tmp_path, small_rows(add_two))
    with connect_writer(place) as con:
        yield place, con


def sources(place: Place, words: str, **narrowing: object) -> list[str]:
    return [hit.source_id for hit in search(place, words, narrowing=Narrowing(**narrowing), limit=99)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tide clock", {"hask-herald", "orrin-times"}),
        ('"tide clock"', {"hask-herald"}),
        ("tide -café", {"hask-herald"}),
        ('tide -"tide clock"', {"orrin-times"}),
        ("cafe CREPES", {"orrin-times"}),
        ("clockmaker OR crêpes", {"hask-herald", "orrin-times"}),
        ("clockm*", {"hask-herald"}),
        ("tide zebra", set()),
    ],
)
def test_words_mean_what_they_say(place: Place, words: str, expected: set[str]) -> None:
    """All words, "a phrase", -without, either OR other, begin*; case and accents do not count."""
    assert set(sources(place, words)) == expected


def test_narrowing(place: Place) -> None:
    """Source or site, language and days narrow what is found."""
    assert sources(place, "tide", source="hask-herald") == ["hask-herald"]
    assert sources(place, "tide", source="orrin-times.example") == ["orrin-times"]
    assert sources(place, "tide", since=date(2025, 3, 10)) == ["orrin-times"]
    assert sources(place, "tide", until=date(2025, 3, 10)) == ["hask-herald"]
    assert sources(place, "tide", language="de") == []


def test_better_hits_come_first(place: Place) -> None:
    """An article that says a word more often in as many words stands above one that says it once."""
    hits = search(place, "tide")
    assert [hit.source_id for hit in hits] == ["hask-herald", "orrin-times"]
    assert hits[0].rank_score > hits[1].rank_score
    assert "[tide]" in hits[0].snippet


@given(st.text())
def test_nothing_typed_is_a_syntax_error(place: Place, words: str) -> None:
    """Whatever is typed is looked for, or it is said that there is nothing to look for."""
    try:
        read_words(words)
    except UserError:
        return
    search(place, words)


def test_index_follows_the_tables(fresh: tuple[Place, duckdb.DuckDBPyConnection]) -> None:
    """An update touches what changed and nothing else; a reworded article is found by its new words only."""
    place, con = fresh
    total = con.execute("select count(*) from articles").fetchall()[0][0]
    assert update_index(con, place) == total
    assert update_index(con, place) == 0
    con.execute(
        "update revisions set body = 'A heron waits.', body_sha256 = 'x' where contains(body, 'clockmaker')"
    )
    assert update_index(con, place) == 1
    assert sources(place, "clockmaker") == []
    assert sources(place, "heron") == ["hask-herald"]
    con.execute("update revisions set is_latest = false where contains(body, 'heron')")
    assert update_index(con, place) == 1
    assert sources(place, "heron") == []


def test_step_by_step_equals_at_once(fresh: tuple[Place, duckdb.DuckDBPyConnection]) -> None:
    """An index that followed many changes finds, with the same scores, what a new one finds."""
    place, con = fresh
    for run in range(5, 14):
        con.execute(
            "update revisions set is_latest = not is_latest where run_id = ? and revision_number = 1",
            [f"run-{run:02}"],
        )
        update_index(con, place)
        con.execute(
            "update revisions set is_latest = not is_latest where run_id = ? and revision_number = 1",
            [f"run-{run:02}"],
        )
    update_index(con, place)
    followed = search(place, "council OR teachers OR day", limit=200)
    place.search_index.unlink()
    update_index(con, place)
    anew = search(place, "council OR teachers OR day", limit=200)
    assert [(hit.article_id, round(hit.rank_score, 6)) for hit in followed] == [
        (hit.article_id, round(hit.rank_score, 6)) for hit in anew
    ]
