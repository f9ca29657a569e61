"""Who had a text first: what `syndication` says of a group of copies."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Member = tuple[str | None, str | None, int]

FIRST = """
create or replace table duplicate_groups as
    select article_id, 'group' as group_id, false as is_representative from told;
create or replace table articles as
    select article_id, source_id, null as canonical_url, article_id || '.example' as site,
        timestamptz '2026-03-09 12:00' + to_hours(seen) as first_seen_at from told;
create or replace table revisions as
    select article_id, true as is_latest, 'title' as title, 100 as body_words, null::text as publisher, null::text as agency,
        published_on::date as published_on, published_at::timestamptz as published_at,
        published_local_at::timestamp as published_local_at from told;
create or replace table duplicates as
    select one.article_id as article_id_a, other.article_id as article_id_b, 'near' as relation,
        1.0 as containment_ratio from told as one join told as other on one.article_id < other.article_id;
"""
DAY, NEXT = "2026-03-01", "2026-03-02"


NO_HOURS = [None, None]
ORDERS: dict[str, tuple[list[Member], str | None, str | None, list[float | None]]] = {
    "undated, one run": ([(None, None, 0), (None, None, 0)], None, None, NO_HOURS),
    "undated, another run": ([(None, None, 5), (None, None, 0)], "seen", "b", NO_HOURS),
    "by day": ([(NEXT, None, 0), (DAY, None, 0)], "day", "b", NO_HOURS),
    "one day, one run": ([(DAY, None, 0), (DAY, None, 0)], None, None, NO_HOURS),
    "one day, another run": ([(DAY, None, 5), (DAY, None, 0)], "seen", "b", NO_HOURS),
    "by the hour": ([(DAY, f"{DAY} 12:30", 0), (DAY, f"{DAY} 09:00", 5)], "time", "b", [3.5, 0]),
    "one time alone is no order": ([(DAY, f"{DAY} 12:30", 0), (DAY, None, 0)], None, None, NO_HOURS),
    "hours over midnight": ([(NEXT, f"{NEXT} 01:00", 0), (DAY, f"{DAY} 23:00", 0)], "day", "b", [2, 0]),
    "the moment, whatever day the clocks show": (
        [(DAY, f"{DAY} 23:50:00-05:00", 0), (NEXT, f"{NEXT} 01:00:00+09:00", 0)], "time", "b", [12.8, 0],
    ),
    "the only date": ([(None, None, 0), (DAY, None, 5)], "day", "b", NO_HOURS),
    "a brief that states the day alone hides nobody": (
        [(DAY, f"{DAY} 12:30", 0), (DAY, f"{DAY} 09:00", 0), (DAY, None, 0)], "time", "b", [3.5, 0, None],
    ),
}  # fmt: skip
"""Days, moments and the hour at which each copy was seen; what tells the order, the first, and hours after it."""


@pytest.mark.parametrize("name", ORDERS)
def test_who_had_it_first(name: str) -> None:
    """The first outlet is named where days, times or what was seen before tell it, and only there."""
    members, basis, first, hours = ORDERS[name]
    rows = [(on, at, None, "one", seen) for on, at, seen in members]
    assert first_of(rows) == [
        (basis, first, after, None if basis is None else name == first)
        for name, after in zip("abc", hours, strict=False)
    ]


@pytest.mark.parametrize(
    ("members", "basis", "first", "hours"),
    [
        ([("12:30", "one"), ("09:00", "one")], "local_time", "b", [3.5, 0]),
        ([("12:30", "one"), ("09:00", "two")], None, None, NO_HOURS),
        ([("12:30", "one"), ("12:30", "one")], None, None, NO_HOURS),
    ],
    ids=["one clock", "two clocks", "the same minute"],
)
def test_a_clock_tells_who_of_its_own_was_first(
    members: list[tuple[str, str]], basis: str | None, first: str | None, hours: list[float]
) -> None:
    """Times whose zone nobody names are compared within a source, whose clock is one."""
    rows = [(DAY, None, f"{DAY} {at}", source, 0) for at, source in members]
    assert [row[:3] for row in first_of(rows)] == [(basis, first, after) for after in hours]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, 1, 2]),
            st.sampled_from([None, 1, 14, 23]),
            st.integers(-9, 9),
            st.booleans(),
            st.integers(0, 2),
        ),
        min_size=2,
        max_size=3,
    )
)
def test_nobody_is_before_the_first(members: list[tuple[int | None, int | None, int, bool, int]]) -> None:
    """Whatever days, moments, clocks and sights a group has, no hour after the first is below 0."""
    rows: list[tuple[str | None, str | None, str | None, str, int]] = []
    for day, hour, zone, is_local, seen in members:
        at = day and hour and f"2026-03-0{day} {hour:02}:00:00"
        moment = at and f"{at}{zone:+03}:00"
        on = day and f"2026-03-0{day}"
        rows.append(
            (
                on or None,
                None if is_local else moment or None,
                (at or None) if is_local else None,
                "one",
                seen,
            )
        )
    assert all(hours is None or hours >= 0 for _, _, hours, _ in first_of(rows))


def first_of(members: list[tuple[str | None, str | None, str | None, str, int]]) -> list[tuple[Any, ...]]:
    """What the view says of a group of copies: basis, first article, hours and whether it is first, a row a copy."""
    con = duckdb.connect()
    con.execute("set timezone = 'UTC'")
    texts = ("published_on", "published_at", "published_local_at", "source_id")
    schema = pa.schema(
        [("article_id", pa.string()), *((name, pa.string()) for name in texts), ("seen", pa.int64())]
    )
    rows = [
        dict(zip(schema.names, (name, *row), strict=True)) for name, row in zip("abc", members, strict=False)
    ]
    con.register("told", pa.Table.from_pylist(rows, schema))
    for statement in FIRST.split(";")[:-1]:
        con.execute(statement)
    view = (Path(__file__).parents[3] / "warehouse/views/syndication.sql").read_text("utf-8")
    return con.sql(
        f"select first_basis, first_article_id, hours_after_first, is_first from ({view}) order by article_id"
    ).fetchall()
