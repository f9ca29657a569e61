"""Groups: the same in any order, named after the first seen, not glued by digests."""

import random
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.copies.group import Grouped, group, pair_portions

START = datetime(2026, 3, 1, tzinfo=UTC)
Edge = tuple[str, str, str]


def edges(*rows: Edge, jaccard: float = 0.4) -> pa.Table:
    """Edges as (container or one, other, relation)."""
    return pa.table(
        {
            "article_id_a": pa.array([min(row[:2]) for row in rows], pa.string()),
            "article_id_b": pa.array([max(row[:2]) for row in rows], pa.string()),
            "relation": pa.array([row[2] for row in rows], pa.string()),
            "container_article_id": pa.array(
                [row[0] if row[2] == "contains" else None for row in rows], pa.string()
            ),
            "jaccard_ratio": pa.array([jaccard] * len(rows), pa.float64()),
        }
    )


def articles(
    names: str, published: dict[str, int] | None = None, words: dict[str, int] | None = None
) -> pa.Table:
    """Facts of articles that were seen in the order of their names."""
    return pa.table(
        {
            "article_id": list(names),
            "first_seen_at": [START + timedelta(hours=place) for place in range(len(names))],
            "published_on": pa.array(
                [
                    date(2026, 3, published[name]) if published and name in published else None
                    for name in names
                ],
                pa.date32(),
            ),
            "published_at": pa.array([None] * len(names), pa.timestamp("us", "UTC")),
            "body_words": pa.array([(words or {}).get(name, 100) for name in names], pa.int32()),
        }
    )


def known(**groups: str) -> pa.Table:
    rows = [(article, name) for name, members in groups.items() for article in members]
    return pa.table(
        {
            "article_id": pa.array([row[0] for row in rows], pa.string()),
            "group_id": pa.array([row[1] for row in rows], pa.string()),
        }
    )


def members(grouped: Grouped) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in grouped.groups.to_pylist():
        found[row["group_id"]] = found.get(row["group_id"], "") + row["article_id"]
    return {name: "".join(sorted(one)) for name, one in found.items()}


def representative(grouped: Grouped) -> list[str]:
    return [row["article_id"] for row in grouped.groups.to_pylist() if row["is_representative"]]


def test_chain_is_one_group_named_after_the_first_seen() -> None:
    """Copies of copies are one group, which bears the id of the member first seen."""
    assert members(group(edges(("c", "b", "near"), ("b", "a", "exact")), known(), articles("cab"))) == {
        "c": "abc"
    }


def test_representative_is_published_first_then_longest() -> None:
    """The earliest day stands for the group, then the earliest time, then the longest text; never what was seen first."""
    pair = edges(("a", "b", "near"))
    assert representative(group(pair, known(), articles("ab", {"a": 9, "b": 2}))) == ["b"]
    assert representative(group(pair, known(), articles("ab", {"b": 9}))) == ["b"]
    timed = articles("ab", {"a": 9, "b": 9}, {"a": 90}).set_column(3, "published_at", [[None, START]])
    assert representative(group(pair, known(), timed)) == ["b"]
    for seen in ("ab", "ba"):
        assert representative(group(pair, known(), articles(seen, words={"a": 10, "b": 90}))) == ["b"]
        assert representative(group(pair, known(), articles(seen))) == ["a"]


def test_a_digest_does_not_glue() -> None:
    """A text that holds two unrelated stories joins one of them, and the other stays apart."""
    digest = edges(("d", "a", "contains"), ("d", "b", "contains"), ("a", "x", "near"), ("b", "y", "exact"))
    assert members(group(digest, known(), articles("abdxy"))) == {"a": "adx", "b": "by"}


def test_copies_of_a_digest_do_not_glue() -> None:
    """Two copies of a digest are one container, though each edge was found with another of them."""
    digests = edges(("d", "e", "near"), ("d", "a", "contains"), ("e", "b", "contains"))
    assert members(group(digests, known(), articles("abde"))) == {"a": "ade"}


def test_a_wire_story_in_two_longer_pieces_joins_them() -> None:
    """What is contained bridges: two outlets that both carry a wire story are its copies."""
    wire = edges(("p", "w", "contains"), ("q", "w", "contains"))
    assert members(group(wire, known(), articles("wpq"))) == {"w": "pqw"}


def test_events_tell_merges_splits_and_new_names() -> None:
    """A known group whose members are elsewhere leaves an event; one that only grew leaves none."""
    merged = group(
        edges(("a", "c", "near"), ("a", "b", "near"), ("c", "d", "near")),
        known(a="ab", c="cd"),
        articles("abcd"),
    )
    assert merged.events.to_pylist() == [
        {"kind": "merged", "group_id": "a", "from_group_id": "c", "article_count": 2}
    ]
    split = group(edges(("a", "b", "near"), ("c", "d", "near")), known(a="abcd"), articles("abcd"))
    assert [(row["kind"], row["group_id"]) for row in split.events.to_pylist()] == [("split", "c")]
    renamed = group(edges(("b", "c", "near")), known(a="abc"), articles("abc"))
    assert [(row["kind"], row["group_id"]) for row in renamed.events.to_pylist()] == [("renamed", "b")]
    assert (
        group(edges(("a", "b", "near"), ("b", "c", "near")), known(a="ab"), articles("abc")).events.num_rows
        == 0
    )


NAMES = "abcdefgh"
EDGES = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["exact", "near", "contains"])
    ).filter(lambda row: row[0] != row[1]),
    unique_by=lambda row: frozenset(row[:2]),
    max_size=14,
)


@given(EDGES, st.randoms(use_true_random=False))
def test_order_free(rows: list[Edge], chance: random.Random) -> None:
    """The groups do not depend on the order of the edges or articles."""
    shuffled = chance.sample(rows, len(rows))
    order = pa.array(chance.sample(range(len(NAMES)), len(NAMES)))
    facts = articles(NAMES)
    assert group(edges(*rows), known(), facts).groups.equals(
        group(edges(*shuffled), known(), facts.take(order)).groups
    )


@given(EDGES, st.integers(2, 5))
def test_portions_hold_every_pair_once(rows: list[Edge], size: int) -> None:
    """Cut into pair_portions, no pair is lost or doubled, and each portion names few articles."""
    table = edges(*rows).select(["article_id_a", "article_id_b"])
    cut = list(pair_portions(table, size))
    assert sorted(tuple(row.values()) for part in cut for row in part.to_pylist()) == sorted(
        tuple(row.values()) for row in table.to_pylist()
    )
    assert all(
        len({*part["article_id_a"].to_pylist(), *part["article_id_b"].to_pylist()}) <= size + 1
        for part in cut
    )
