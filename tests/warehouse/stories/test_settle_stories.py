"""Stories in a real warehouse."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from empty_warehouse import empty_warehouse, open_unstaged
from story_newsroom import MONDAY, SEEN, file_articles, file_rows, on_day, told

from copydesk.flows.settle_stories import SettleStoriesThresholds, settle_stories
from copydesk.schemas.table import conform
from copydesk.schemas.tables import TABLES
from copydesk.transforms.stories.relate_stories import RelateThresholds
from copydesk.warehouse.place import Place
from copydesk.warehouse.register_tables import id_table
from copydesk.warehouse.stories.fetch_articles import fetch_articles, look_at
from copydesk.warehouse.stories.fetch_related import ReachThresholds
from copydesk.warehouse.stories.find_near import WindowThresholds
from copydesk.warehouse.stories.hold_stories import Window, fetch_window, hold_stories

Articles = list[dict[str, object]]
WRITTEN = (
    "stories", "story_members", "story_events", "story_aliases", "story_links", "story_features", "story_keys",
    "story_vocabulary", "story_vocabulary_versions",
)  # fmt: skip


@pytest.fixture
def con(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_unstaged(empty_warehouse(place.folder))
    yield connection
    connection.close()


def settle(con: duckdb.DuckDBPyConnection, articles: Articles, *, run: int = 0) -> Counter[str]:
    """Settle articles in a run of their own; return its events by kind."""
    con.execute("begin")
    file_articles(con, articles)
    named = [str(article["article_id"]) for article in articles]
    settle_stories(con, named, now=SEEN + timedelta(hours=run), run_id=f"run-{run}")
    con.execute("commit")
    events = con.execute("select kind from story_events where run_id = ?", [f"run-{run}"]).fetchall()
    return Counter(kind for (kind,) in events)


def together(con: duckdb.DuckDBPyConnection) -> set[tuple[str, ...]]:
    rows = con.execute("select list_sort(list(article_id)) from story_members group by story_id").fetchall()
    return {tuple(row[0]) for row in rows}


def ids(*articles: dict[str, object]) -> tuple[str, ...]:
    return tuple(sorted(str(article["article_id"]) for article in articles))


FERRY = [told("ferry", number) | on_day(number / 2) for number in range(3)]
MAYOR = [told("mayor", number) | on_day(number) for number in range(2)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which the ferry's story is settled."""
    place = empty_warehouse(tmp_path_factory.mktemp("ferry"))
    with open_unstaged(place) as con:
        settle(con, FERRY)
    return place.folder


@pytest.fixture
def ferry(template: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of it, to be written."""
    with open_unstaged(Place(shutil.copytree(template, tmp_path / "w"))) as con:
        yield con


def test_all_that_is_written_conforms(con: duckdb.DuckDBPyConnection) -> None:
    """Every table of the stories passes the gate, and the members are those of the events."""
    assert settle(con, FERRY + MAYOR) == {"opened": 2, "joined": 3}
    for name in WRITTEN:
        conform(con.execute(f"select * from {name}").to_arrow_table(), TABLES[name])
    assert together(con) == {ids(*FERRY), ids(*MAYOR)}
    opened = con.execute("select count(*) from story_events where kind in ('opened', 'joined')").fetchone()
    assert opened == (5,)


def test_the_same_again_writes_nothing(ferry: duckdb.DuckDBPyConnection) -> None:
    """Idempotent: no row, and no snapshot of the lake."""
    before = ferry.execute("select max(snapshot_id) from lake.snapshots()").fetchone()
    ferry.execute("begin")
    again = settle_stories(ferry, [str(article["article_id"]) for article in FERRY], now=SEEN, run_id="again")
    ferry.execute("commit")
    assert again == frozenset()
    assert ferry.execute("select max(snapshot_id) from lake.snapshots()").fetchone() == before


def test_one_by_one_is_all_at_once(con: duckdb.DuckDBPyConnection) -> None:
    """Through the warehouse too (law 3); a run rewrites only the story that it touches."""
    for run, article in enumerate([*MAYOR, FERRY[2], FERRY[0]]):
        settle(con, [article], run=run)
    settle(con, [FERRY[1]], run=9)
    assert together(con) == {ids(*FERRY), ids(*MAYOR)}
    untouched = con.execute(
        "select distinct stories.run_id from stories join story_members using (story_id) where article_id = ?",
        [MAYOR[0]["article_id"]],
    ).fetchall()
    assert untouched == [("run-1",)]
    joined = con.execute(
        "select joined_at from story_members where article_id = ?", [FERRY[2]["article_id"]]
    ).to_arrow_table()
    assert joined["joined_at"][0].as_py() == SEEN + timedelta(hours=2)


def test_a_merged_id_still_finds_its_story(con: duckdb.DuckDBPyConnection) -> None:
    """Saved SQL with an id that has ended finds the living story, also after a second merge."""
    apart = [FERRY[0], FERRY[1] | on_day(60), FERRY[2] | on_day(150)]
    settle(con, apart)
    saved = [row[0] for row in con.execute("select story_id from stories").fetchall()]
    assert len(saved) == 3
    assert settle(con, [FERRY[1]], run=1)["merged"] == 1
    assert settle(con, [FERRY[2]], run=2)["merged"] == 1
    found = con.execute(
        "select distinct current_story_id from story_ids where story_id in (select unnest(?))", [saved]
    ).fetchall()
    assert found == con.execute("select story_id from stories").fetchall()
    assert len(found) == 1
    assert con.execute("select count(*) from story_aliases").fetchone() == (2,)


def test_a_corrected_date_moves_an_article(ferry: duckdb.DuckDBPyConnection) -> None:
    """Dating changes the picture: the affected story is settled again, and the split is on record."""
    assert settle(ferry, [FERRY[2] | on_day(200)], run=1)["split"] == 1
    assert together(ferry) == {ids(*FERRY[:2]), ids(FERRY[2])}
    (link,) = ferry.execute("select kind from story_links").fetchall()
    assert link == ("follow_up",)


def test_links_follow_the_thresholds(con: duckdb.DuckDBPyConnection) -> None:
    """The stories of what is in doubt, as all is where thresholds have changed, are linked anew though none has changed."""
    settle(con, [*FERRY[:2], FERRY[2] | on_day(200)])
    doubted = [str(FERRY[2]["article_id"])]
    linked = con.execute("select * exclude (run_id) from story_links").fetchall()
    assert len(linked) == 1
    never = RelateThresholds(minimum=2.0, told_minimum=2.0)
    for run, (thresholds, links) in enumerate([
        (SettleStoriesThresholds(relate=never), []), (SettleStoriesThresholds(), linked),
        (SettleStoriesThresholds(reach=ReachThresholds(shared_names=999)), []), (SettleStoriesThresholds(), linked),
    ]):  # fmt: skip
        con.execute("begin")
        settle_stories(con, doubted, now=SEEN, run_id=f"again-{run}", thresholds=thresholds, doubted=doubted)
        con.execute("commit")
        assert con.execute("select * exclude (run_id) from story_links").fetchall() == links
    assert con.execute("select distinct run_id from stories").fetchall() == [("run-0",)]


def test_a_date_that_was_taken_back_counts_no_more(con: duckdb.DuckDBPyConnection) -> None:
    """When a replay takes a date away, the article is settled by its text again."""
    settle(con, [FERRY[0], FERRY[1] | on_day(200)])
    assert con.execute("select count(*) from stories").fetchone() == (2,)
    assert settle(con, [told("ferry", 1)], run=1)["merged"] == 1


def test_a_new_group_of_copies_takes_votes_away(ferry: duckdb.DuckDBPyConnection) -> None:
    """When articles turn out to be copies, their story counts them once, though only one of them was named."""
    group = str(FERRY[0]["article_id"])
    ferry.execute("begin")
    copies = zip(FERRY, (True, False), strict=False)
    rows = [
        {"article_id": article["article_id"], "group_id": group, "is_representative": is_first}
        for article, is_first in copies
    ]
    file_rows(ferry, "duplicate_groups", rows)
    settle_stories(ferry, [str(FERRY[1]["article_id"])], now=SEEN, run_id="run-1")
    ferry.execute("commit")
    assert ferry.execute("select article_count, vote_count from stories").fetchall() == [(3, 2)]


def test_a_failed_run_leaves_no_trace(con: duckdb.DuckDBPyConnection) -> None:
    """The settlement lives and dies with the transaction around it."""
    con.execute("begin")
    file_articles(con, FERRY)
    settle_stories(con, [str(article["article_id"]) for article in FERRY], now=SEEN, run_id="run-0")
    con.execute("rollback")
    for name in WRITTEN:
        assert con.execute(f"select count(*) from {name}").fetchone() == (0,)


def test_views_tell_a_story_in_time(ferry: duckdb.DuckDBPyConnection) -> None:
    """A row an article in order of publication; a row a day and story."""
    timeline = ferry.execute("select article_id, is_representative from story_timeline").fetchall()
    assert [row[0] for row in timeline] == [article["article_id"] for article in FERRY]
    assert sum(row[1] for row in timeline) == 1
    days = ferry.execute(
        "select day, article_count, source_count from stories_by_day order by day"
    ).fetchall()
    assert days == [(MONDAY.date(), 2, 2), (MONDAY.date() + timedelta(days=1), 1, 1)]


def test_only_a_feed_dates_by_fetching(con: duckdb.DuckDBPyConnection) -> None:
    """An undated article of a feed is of that week; of a folder, it is merely not younger than its first sight."""
    file_rows(con, "sources", [{"source_id": f"{kind}-source", "kind": kind} for kind in ("feed", "folder")])
    undated = [
        told("dam", 0, source_id="feed-source"),
        told("dam", 1, source_id="folder-source"),
        told("dam", 2, start_at=MONDAY, end_at=None, time_method="interval"),
        told("dam", 3) | on_day(2),
    ]
    file_articles(con, undated)
    asked = pa.array([str(article["article_id"]) for article in undated])
    look_at(con, asked, feed_days=7)
    rows = {row["article_id"]: row for row in fetch_articles(con, asked).to_pylist()}
    found = [
        tuple(rows[str(article["article_id"])][name] for name in ("time_method", "start_at", "end_at"))
        for article in undated
    ]
    assert found == [
        ("fetched", SEEN - timedelta(days=7), SEEN),
        ("unknown", None, SEEN),
        ("interval", MONDAY, SEEN),
        ("published", MONDAY + timedelta(days=2), MONDAY + timedelta(days=2)),
    ]


def window_around(
    con: duckdb.DuckDBPyConnection, article: dict[str, object], thresholds: WindowThresholds
) -> Window:
    look_at(con, pa.array(ids(article)), feed_days=7)
    with hold_stories(con, [ids(article)], thresholds, feed_days=7):
        return fetch_window(con, 0, read=id_table(article_id=ids(article)))


def test_the_window_does_not_grow_with_the_archive(con: duckdb.DuckDBPyConnection) -> None:
    """What is far in time is not fetched; what is near comes with its whole story; arrivals are bounded.

    Of an article that is read anew nothing comes but its story.
    """
    far = [told("mayor", number) | on_day(-300 + number) for number in range(3)]
    undated = [told("dam", number) for number in range(5)]
    settle(con, far + FERRY[:2] + undated)
    new = told("ferry", 2) | on_day(0)
    file_articles(con, [new])
    window = window_around(con, new, WindowThresholds(arrival_articles=0))
    assert set(pa.concat_tables(window.features)["article_id"].to_pylist()) == set(ids(*FERRY[:2]))
    assert window.stories.num_rows == 1
    window = window_around(con, new, WindowThresholds())
    assert set(pa.concat_tables(window.features)["article_id"].to_pylist()) == set(ids(*FERRY[:2], *undated))
    window = window_around(con, FERRY[0], WindowThresholds(arrival_articles=0))
    assert pa.concat_tables(window.features)["article_id"].to_pylist() == [*ids(FERRY[1])]
    assert set(window.members["article_id"].to_pylist()) == set(ids(*FERRY[:2]))
