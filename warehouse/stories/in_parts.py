"""Cuts articles into parts whose stories are settled together: near in time, with bounded windows around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import register_tables

NEAR_ARTICLES = 10_000
"""So many known articles stand around a part at most, unless those around its first article alone are half as many.

A few articles of many years have all of an archive around them.
"""

IN_ORDER = """
-- one row per wanted article: its day of publication or, where none is known, of first sight
select article_id, cast(if(time_method = 'published', start_at, seen_at) as date) - date '1970-01-01' as day
from article_facts
semi join wanted using (article_id)
order by day, article_id
"""

BY_DAY = """
-- one row per day with how many known articles begin on it
select cast(floor(epoch(start_at) / 86400) as bigint) as day, count(*)
from story_features
where start_at is not null
group by day
order by day
"""


@dataclass(frozen=True, slots=True)
class _Archive:
    """Days in order, and how many known articles stand before each; one number more for all."""

    days: list[int]
    before: list[int]

    def count(self, first: int, last: int) -> int:
        """Return how many are of the days from first to last."""
        begin, end = bisect_left(self.days, first), bisect_right(self.days, last)
        return self.before[max(begin, end)] - self.before[begin]


def in_parts(
    con: duckdb.DuckDBPyConnection,
    article_ids: pa.Array,
    *,
    size: int,
    window_days: int,
    near_articles: int = NEAR_ARTICLES,
) -> Iterator[list[str]]:
    """Yield the articles in order of time, in equal parts of at most `size` whose windows are bounded.

    Expects their facts in `article_facts`. The window of a few that are left over costs as much as that of a part.
    """
    with register_tables(con, wanted=pa.table({"article_id": article_ids})):
        rows = con.execute(IN_ORDER).fetchall()
    counted = con.execute(BY_DAY).fetchall()
    archive = _Archive([row[0] for row in counted], [0, *accumulate(row[1] for row in counted)])
    size = ceil(len(rows) / max(1, ceil(len(rows) / size)))
    part: list[str] = []
    near = most = reached = 0
    for article_id, day in rows:
        first = max(day - window_days, reached + 1) if part else day - window_days
        added = archive.count(first, day + window_days)
        if part and (len(part) >= size or (added and near + added > most)):
            yield part
            part, near, added = [], 0, archive.count(day - window_days, day + window_days)
        if not part:
            most = max(near_articles, 2 * added)
        part.append(article_id)
        near, reached = near + added, day + window_days
    if part:
        yield part
