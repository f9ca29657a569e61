"""Articles are settled in parts: in order of time, and few known articles around each."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest
from empty_warehouse import empty_warehouse, open_unstaged
from story_newsroom import SEEN, file_articles, on_day, told

from copydesk.flows.settle_stories import settle_stories
from copydesk.warehouse.stories.fetch_articles import look_at
from copydesk.warehouse.stories.in_parts import in_parts

KNOWN_DAYS = range(0, 400, 10)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """An archive with an article every ten days, and as many new ones beside them that are not settled yet."""
    connection = open_unstaged(empty_warehouse(tmp_path_factory.mktemp("archive")))
    known = [told("ferry", number) | on_day(day) for number, day in enumerate(KNOWN_DAYS)]
    file_articles(connection, known)
    settle_stories(connection, [str(each["article_id"]) for each in known], now=SEEN, run_id="run-0")
    file_articles(connection, [told("mayor", number) | on_day(day) for number, day in enumerate(KNOWN_DAYS)])
    look_at(connection, new_articles(connection), feed_days=7)
    yield connection
    connection.close()


def new_articles(con: duckdb.DuckDBPyConnection) -> pa.Array:
    rows = con.execute(
        "select article_id from articles join revisions using (article_id) anti join story_features using (article_id)"
        " order by coalesce(published_on, cast(published_at as date)), article_id"
    )
    return pa.array([row[0] for row in rows.fetchall()])


def test_parts_are_in_order_of_time_and_of_a_size(con: duckdb.DuckDBPyConnection) -> None:
    """Every article is in one part, after all that were published before it."""
    wanted = new_articles(con)
    parts = list(in_parts(con, wanted[::-1], size=7, window_days=20))
    assert [each for part in parts for each in part] == wanted.to_pylist()
    assert {len(part) for part in parts} == {7, 5}


def test_what_stands_around_a_part_is_bounded(con: duckdb.DuckDBPyConnection) -> None:
    """A few articles of many days do not have all the archive around them at a time."""
    wanted = new_articles(con)
    parts = list(in_parts(con, wanted, size=1_000, window_days=20, near_articles=12))
    assert [each for part in parts for each in part] == wanted.to_pylist()
    assert {len(part) for part in parts[:-1]} <= {8, 9, 10}
    assert len(parts) > 3


def test_a_crowded_time_is_no_reason_to_cut(con: duckdb.DuckDBPyConnection) -> None:
    """Where those around the first article alone are many, the others of its time come with it."""
    parts = list(in_parts(con, new_articles(con), size=1_000, window_days=400, near_articles=12))
    assert [len(part) for part in parts] == [len(KNOWN_DAYS)]
