"""Cuts candidate pairs into portions of few articles, those that hang together side by side."""

from collections.abc import Iterator

import pyarrow as pa

from copydesk.transforms.text.forest import Forest

PORTION_ARTICLES = 1_000


def portions(pairs: pa.Table, articles: int = PORTION_ARTICLES) -> Iterator[pa.Table]:
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
