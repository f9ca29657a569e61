"""Joins copies into groups with lasting names, and says when groups became one or fell apart.

Enters: the edges and articles of whole connected regions, and the groups known so far. Leaves: the groups as
they now are. The result depends on edges and articles alone, never on the order in which they came.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from copydesk.schemas.tables import TABLES
from copydesk.transforms.text.forest import Forest

GROUPS = TABLES["duplicate_groups"].without("run_id")
EVENTS = TABLES["duplicate_group_events"].without("event_id", "happened_at", "run_id")
Row = dict[str, Any]
_LAST = datetime.max.replace(tzinfo=UTC)

PORTION_ARTICLES = 1_000


@dataclass(frozen=True, slots=True)
class Grouped:
    """`groups`: a row a member of a group of two or more (GROUPS). `events`: what befell known groups (EVENTS)."""

    groups: pa.Table
    events: pa.Table


def group(edges: pa.Table, known: pa.Table, articles: pa.Table) -> Grouped:
    """Return the groups that the edges make.

    `edges`: article_id_a, article_id_b, relation, container_article_id, jaccard_ratio.
    `known`: article_id, group_id. `articles`: article_id, first_seen_at, published_on, published_at, body_words, for
    every article of the edges.

    Exact and near copies join. A text that contains others joins them where these belong together; one that
    holds unrelated texts (a digest) joins those of which it has most, and leaves the others apart. A group
    is named after the member first seen, ties by article_id. Its representative is the one published first, by day and
    then by time, then the longest, then the smallest article_id: never the one that happened to arrive first.
    """
    facts = {row["article_id"]: row for row in articles.to_pylist()}
    forest = Forest[str]()
    for a, b in _joining(edges.to_pylist()):
        forest.join(a, b)
    members = [sorted(tree) for tree in forest.trees() if len(tree) > 1]
    groups = {min(tree, key=lambda one: (facts[one]["first_seen_at"], one)): tree for tree in members}
    rows = [
        {"article_id": one, "group_id": name, "is_representative": one == _representative(tree, facts)}
        for name, tree in sorted(groups.items())
        for one in tree
    ]
    return Grouped(pa.Table.from_pylist(rows, schema=GROUPS), _events(known, groups))


def _joining(edges: list[Row]) -> Iterable[tuple[str, str]]:
    """Yield the pairs that belong to one group."""
    cores = Forest[str]()
    linked: set[tuple[str, str]] = set()
    for edge in edges:
        a, b = edge["article_id_a"], edge["article_id_b"]
        linked |= {(a, b), (b, a)}
        if edge["relation"] != "contains":
            cores.join(a, b)
            yield a, b
    # Copies of one digest are one container: else each could draw in another of its stories.
    held: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for edge in edges:
        if edge["relation"] == "contains":
            a, b, container = (
                edge[name] for name in ("article_id_a", "article_id_b", "container_article_id")
            )
            held[cores.root(container)].append((edge["jaccard_ratio"], b if container == a else a))
    for container, pieces in held.items():
        for piece in _main_family(pieces, cores, linked):
            yield container, piece


def _main_family(
    pieces: list[tuple[float, str]], cores: Forest[str], linked: set[tuple[str, str]]
) -> Iterable[str]:
    """Of the texts that one text contains, return those that belong together and fill most of it."""
    families = Forest[str]()
    names = sorted({piece for _, piece in pieces})
    for place, one in enumerate(names):
        for other in names[:place]:
            if (one, other) in linked or cores.root(one) == cores.root(other):
                families.join(one, other)
    best = min(pieces, key=lambda piece: (-piece[0], piece[1]))[1]
    return [one for one in names if families.root(one) == families.root(best)]


def _representative(tree: list[str], facts: dict[str, Row]) -> str:
    def rank(one: str) -> tuple[date, datetime, int, str]:
        fact = facts[one]
        return fact["published_on"] or date.max, fact["published_at"] or _LAST, -fact["body_words"], one

    return min(tree, key=rank)


def _events(known: pa.Table, groups: dict[str, list[str]]) -> pa.Table:
    """Say where members of a known group are now, if elsewhere than in the group of its name."""
    now = {one: name for name, tree in groups.items() for one in tree}
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[str]] = defaultdict(set)
    for row in known.to_pylist():
        target = now.get(row["article_id"])
        if target is not None:
            moves[row["group_id"]][target] += 1
            sources[target].add(row["group_id"])
    rows = []
    for name, targets in sorted(moves.items()):
        for target, count in sorted(targets.items()):
            kind = "split" if len(targets) > 1 else "merged" if len(sources[target]) > 1 else "renamed"
            if target != name:
                rows.append({"kind": kind, "group_id": target, "from_group_id": name, "article_count": count})
    return pa.Table.from_pylist(rows, schema=EVENTS)


def pair_portions(pairs: pa.Table, articles: int = PORTION_ARTICLES) -> Iterator[pa.Table]:
    """Yield the pairs, each once, in portions that name hardly more than so many articles.

    Connected pairs come together, so that most articles are read and hashed once.
    """
    forest = Forest[str]()
    rows = list(zip(pairs["article_id_a"].to_pylist(), pairs["article_id_b"].to_pylist(), strict=True))
    for a, b in rows:
        forest.join(a, b)
    order = sorted(range(len(rows)), key=lambda at: (forest.root(rows[at][0]), rows[at]))
    named: set[str] = set()
    begin = 0
    for end, at in enumerate(order, start=1):
        named.update(rows[at])
        if len(named) >= articles or end == len(order):
            yield pairs.take(order[begin:end])
            named, begin = set(), end
