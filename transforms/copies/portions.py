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
    rows.sort(key=lambda row: (forest.root(row[0]), row))
    named: set[str] = set()
    begin = 0
    for end, row in enumerate(rows):
        named.update(row)
        if len(named) >= articles:
            yield _table(rows[begin : end + 1])
            named, begin = set(), end + 1
    if begin < len(rows):
        yield _table(rows[begin:])


def _table(rows: list[tuple[str, str]]) -> pa.Table:
    return pa.table(
        {
            "article_id_a": pa.array([row[0] for row in rows], pa.string()),
            "article_id_b": pa.array([row[1] for row in rows], pa.string()),
        }
    )
