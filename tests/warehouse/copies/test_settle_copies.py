"""Copies as the warehouse keeps them: all at once = day by day = shuffled, through revisions and removals."""

import random
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow as pa
import pytest
from empty_warehouse import empty_warehouse, open_unstaged, stage_nothing
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.flows.settle_copies import CopyThresholds, settle_copies
from copydesk.schemas.table import TIMESTAMP
from copydesk.schemas.tables import TABLES
from copydesk.transforms.copies.sketch import Density
from copydesk.warehouse.copies.look_up import ONE_IN, WHOLE, CandidateThresholds
from copydesk.warehouse.create import declare_columns
from copydesk.warehouse.place import Place

NOW = datetime(2026, 3, 1, tzinfo=UTC)
COPY_TABLES = ("sketches", "duplicates", "look_alikes", "duplicate_groups", "duplicate_group_events")
# So low that small corpora cross the lines at which a hash becomes common, or a site's own.
CROSSED = CopyThresholds(look_up=CandidateThresholds(common_articles=5, site_articles=3))
Article = dict[str, str | int | None]


def story(topic: int, length: int = 60) -> str:
    """An invented text whose words depend on the topic."""
    chance = random.Random(topic)
    return " ".join("".join(chance.choices("abcdefgh", k=chance.randint(2, 7))) for _ in range(length)) + "."


def article(name: int, topic: int, kind: int, site: int) -> Article:
    """One of the forms in which a story runs."""
    own = story(1000 + name, 25)
    footer = story(500 + site, 20)
    forms = (
        story(topic),
        f"{story(topic)}\n\n{footer}",
        story(topic, 35),
        f"{own}\n\n{story(topic)}\n\n{footer}",
        f"{own}\n\n{footer}",
    )
    return {
        "id": f"{name:020x}",
        "seen": name,
        "site": f"s{site}.example" if site else None,
        "body": forms[kind],
    }


ARTICLES = st.lists(
    st.builds(article, st.integers(0, 40), st.integers(0, 3), st.integers(0, 4), st.integers(0, 2)),
    unique_by=lambda one: one["id"],
    min_size=2,
    max_size=14,
)


@pytest.fixture(scope="module")
def plain() -> duckdb.DuckDBPyConnection:
    """A DuckDB with the tables that copies reads and writes."""
    con = duckdb.connect(config={"threads": 1})
    con.execute("set timezone = 'UTC'")
    stage_nothing(con)
    for name in COPY_TABLES:
        con.execute(f"create table {name} ({declare_columns(TABLES[name])})")
    con.execute(
        "create table articles (article_id text, canonical_url text, site text, first_seen_at timestamptz)"
    )
    con.execute(
        "create table revisions (revision_id text, article_id text, is_latest bool, title text, body text,"
        " body_words int, publisher text, published_on date, published_at timestamptz, published_local_at timestamp)"
    )
    return con


def clear(con: duckdb.DuckDBPyConnection) -> None:
    for name in (*COPY_TABLES, "articles", "revisions"):
        con.execute(f"delete from {name}")


def put(con: duckdb.DuckDBPyConnection, articles: list[Article], version: int = 0) -> list[str]:
    """Store articles or new wordings of them, as the main job does before copies are settled."""
    for one in articles:
        if not con.execute("select 1 from articles where article_id = ?", [one["id"]]).fetchall():
            seen = NOW + timedelta(minutes=int(one["seen"] or 0))
            con.execute(
                "insert into articles values (?, ?, ?, ?)",
                [
                    one["id"],
                    one["site"] and f"https://{one['site']}/{one['id']}",
                    one["site"] or "file",
                    seen,
                ],
            )
        con.execute("update revisions set is_latest = false where article_id = ?", [one["id"]])
        con.execute(
            "insert into revisions values (?, ?, true, null, ?, ?, null, null, null, null)",
            [f"{one['id'][4:]}{version:04}", one["id"], one["body"], len(str(one["body"]).split())],
        )
    return [str(one["id"]) for one in articles]


def settle(con: duckdb.DuckDBPyConnection, ids: list[str], thresholds: CopyThresholds = CROSSED) -> None:
    settle_copies(con, ids, now=NOW, run_id="run", thresholds=thresholds)


def state(con: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    """Everything settled but who settled it."""
    return [
        con.sql(f"select {columns} from {table} order by all").fetchall()
        for table, columns in (
            ("duplicates", "* exclude (decided_at, run_id)"),
            ("look_alikes", "* exclude (decided_at, run_id)"),
            ("duplicate_groups", "* exclude (run_id)"),
            ("sketches", "* exclude (run_id)"),
        )
    ]


@settings(deadline=None, max_examples=6)
@given(ARTICLES, st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_free(
    plain: duckdb.DuckDBPyConnection, articles: list[Article], chance: random.Random, step: int
) -> None:
    """All at once, in parts and shuffled: the same sketches, edges, look-alikes and groups."""
    clear(plain)
    settle(plain, put(plain, articles))
    wanted = state(plain)
    clear(plain)
    shuffled = chance.sample(articles, len(articles))
    for start in range(0, len(shuffled), step):
        settle(plain, put(plain, shuffled[start : start + step]))
    assert state(plain) == wanted


@settings(deadline=None, max_examples=6)
@given(ARTICLES, ARTICLES, st.integers(1, 6))
def test_revised_or_removed_as_if_never_otherwise(
    plain: duckdb.DuckDBPyConnection, before: list[Article], after: list[Article], removed: int
) -> None:
    """After new wordings and removals the tables are those of a warehouse that only ever saw the last state."""
    # The address is the article's identity: a new wording comes from the same site.
    sites = {one["id"]: one["site"] for one in before}
    after = [{**one, "site": sites.get(one["id"], one["site"])} for one in after]
    clear(plain)
    settle(plain, put(plain, before))
    settle(plain, put(plain, after, version=1))
    everything = {str(one["id"]): one for one in [*before, *after]}
    gone = sorted(everything)[:removed]
    plain.execute("delete from revisions where article_id in (select unnest(?))", [gone])
    settle(plain, gone)
    found = state(plain)
    clear(plain)
    left = [one for name, one in sorted(everything.items()) if name not in gone]
    late = {str(one["id"]) for one in after}
    for version in (0, 1):
        put(plain, [one for one in left if (one["id"] in late) == bool(version)], version=version)
    settle(plain, [str(one["id"]) for one in left])
    assert found == state(plain)


def test_the_join_knows_how_sketches_are_sampled() -> None:
    """What is taken for the share of sampled hashes is the share that is sampled."""
    assert (Density().one_in, Density().whole) == (ONE_IN, WHOLE)


def test_nothing_new_writes_nothing(plain: duckdb.DuckDBPyConnection) -> None:
    """Settling no article leaves every table as it was."""
    clear(plain)
    settle(plain, put(plain, [article(1, 0, 0, 0), article(2, 0, 1, 1)]))
    before = state(plain)
    settle(plain, [])
    assert state(plain) == before
    assert len(before[0]) == 1


def test_what_a_site_repeats_is_no_candidate(plain: duckdb.DuckDBPyConnection) -> None:
    """Articles of one site that share its footer alone are not even compared; of two sites they would be."""
    clear(plain)
    settle(plain, put(plain, [article(name, 0, 4, 1) for name in range(3)]))
    assert state(plain)[1] == []
    clear(plain)
    settle(plain, put(plain, [article(name, 0, 4, 0) for name in range(3)]))
    assert len(state(plain)[1]) == 3


@pytest.mark.parametrize(("days", "edges"), [(None, 1), (1, 1), (0.5, 0)])
def test_look_back(plain: duckdb.DuckDBPyConnection, days: float | None, edges: int) -> None:
    """With a window, articles first seen further apart are not compared; without, the whole history counts."""
    clear(plain)
    day = 24 * 60
    ids = put(plain, [{**article(1, 0, 0, 0), "seen": 0}, {**article(2, 0, 0, 0), "seen": day}])
    settle(plain, ids, CopyThresholds(look_up=CandidateThresholds(look_back_days=days)))
    assert len(state(plain)[0]) == edges


def test_groups_that_become_one_are_logged(plain: duckdb.DuckDBPyConnection) -> None:
    """The article that joins two groups leaves an event, and the group seen first keeps its name."""
    half, other = story(1, 60), story(2, 60)
    articles: list[Article] = [
        {"id": f"{name:020x}", "seen": name, "site": None, "body": body}
        for name, body in enumerate([half, half + " end", other, other + " end"])
    ]
    clear(plain)
    settle(plain, put(plain, articles), CopyThresholds())
    bridge = [{**articles[2], "body": f"{other} {half}"}, {**articles[3], "body": f"{other} end {half}"}]
    settle(plain, put(plain, bridge, version=1), CopyThresholds())
    groups = plain.sql("select distinct group_id from duplicate_groups").fetchall()
    assert groups == [(articles[0]["id"],)]
    events = plain.sql(
        "select kind, group_id, from_group_id, article_count from duplicate_group_events"
    ).fetchall()
    assert events == [("merged", articles[0]["id"], articles[2]["id"], 2)]


def test_a_lake_is_settled_in_one_transaction(place: Place) -> None:
    """In a real lake the tables of copies are written inside the run's transaction, and not before its end."""
    con = open_unstaged(empty_warehouse(place.folder))
    rows = pa.table(
        {
            "article_id": [f"{name:020x}" for name in range(3)],
            "body": [story(1), story(1) + " end", story(2)],
        }
    )
    con.register("given", rows)
    con.execute("begin")
    for table, values in (
        ("articles", ("article_id, 'x' as origin, 'x' as source_id, 'x' as site, now() as first_seen_at,"
         " now() as last_seen_at, 'run' as run_id")),
        ("revisions", "article_id as revision_id, article_id, body, true as is_latest, 60 as body_words"),
    ):  # fmt: skip
        chosen = con.sql(f"select {values} from given").to_arrow_table()
        con.register("chosen", filled(chosen, table))
        con.execute(f"insert into {table} by name select * from chosen")
    settle_copies(con, rows["article_id"].to_pylist(), now=NOW, run_id="run")
    con.execute("commit")
    assert con.sql("select count(*) from duplicates").fetchall() == [(1,)]
    assert con.sql("select count(*) from duplicate_groups").fetchall() == [(2,)]
    assert con.sql("select count(distinct article_id) from sketches").fetchall() == [(3,)]
    assert_views_tell_the_copies(con)
    con.close()


def assert_views_tell_the_copies(con: duckdb.DuckDBPyConnection) -> None:
    """Nobody is first of undated copies of one run; the copies carry nearly all of each other, side by side."""
    rows = con.sql(
        "select article_id, first_basis, is_first, first_article_id, first_outlet, verbatim_ratio"
        " from syndication order by all"
    ).fetchall()
    one, other = (f"{name:020x}" for name in range(2))
    assert [row[:5] for row in rows] == [(one, None, None, None, None), (other, None, None, None, None)]
    assert all(row[5] > 0.9 for row in rows)
    pairs = con.sql(
        "select article_id_a, article_id_b, relation, group_id from copies_side_by_side"
    ).fetchall()
    assert pairs == [(one, other, "near", one)]


def filled(rows: pa.Table, table: str) -> pa.Table:
    """Give the columns that must not be null and are not of interest a value of their type."""
    blanks = {pa.string(): "x", pa.int32(): 0, pa.int64(): 0, pa.float64(): 0.0, pa.bool_(): False}
    for name, column in TABLES[table].columns.items():
        if name not in rows.column_names and not column.is_nullable:
            blank: object = blanks.get(column.type, NOW if column.type == TIMESTAMP else None)
            if blank is None:
                blank = [] if pa.types.is_list(column.type) else {}
            rows = rows.append_column(name, pa.array([blank] * rows.num_rows, column.type))
    return rows
