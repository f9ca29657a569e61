"""Holds the stories around all parts of a run in memory: the lake is read and written once, however many parts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from copydesk.warehouse.stories.fetch_articles import look_at
from copydesk.warehouse.stories.find_near import WindowThresholds, find_near
from copydesk.warehouse.write_table import append_rows, delete_rows

MEMBERS = """
-- one row per article of a story that has an article near any part
select *
from story_members
where story_id in (select story_id from story_members where article_id in (select article_id from story_near))
"""

STORIES = """
-- one row per story with an article near any part
select * from stories where story_id in (select story_id from held_story_members)
"""

AROUND = "select article_id from story_near union select article_id from held_story_members"

WRITTEN = (
    ("stories", "story_id", "stories"),
    ("story_members", "story_id, article_id", "story_members"),
    ("story_keys", "story_id, term", "stories"),
)
"""What is held, in which order its rows are written, and with whose changed rows its own go."""


@contextmanager
def hold_stories(
    con: duckdb.DuckDBPyConnection,
    parts: Sequence[Sequence[str]],
    thresholds: WindowThresholds,
    *,
    feed_days: float,
) -> Iterator[None]:
    """Let `stories`, `story_members` and `story_keys` be those around some articles, and write back what changed.

    Inside, the names are temporary tables that stand before those of the lake; keys are only written. Expects the
    facts of the parts' articles in `article_facts`; those of all articles around are in it then.
    """
    find_near(con, parts, thresholds)
    con.execute(f"create temp table held_story_members as {MEMBERS}")
    con.execute(f"create temp table held_stories as {STORIES}")
    con.execute("create temp table held_story_keys as from story_keys limit 0")
    look_at(con, con.execute(AROUND).to_arrow_table()["article_id"], feed_days=feed_days)
    for table, _, _ in WRITTEN:
        con.execute(f"create temp table {table} as from held_{table}")
    yield
    for table, _, _ in WRITTEN:
        con.execute(f"create temp table gone_{table} as from held_{table} except from temp.{table}")
        con.execute(f"create temp table came_{table} as from temp.{table} except from held_{table}")
        con.execute(f"drop table temp.{table}")
    for table, order, owner in WRITTEN:
        _write_back(con, table, order, f"gone_{owner}")
    con.execute("drop table story_near")
    for table, _, _ in WRITTEN:
        for word in ("held", "gone", "came"):
            con.execute(f"drop table {word}_{table}")


def _write_back(con: duckdb.DuckDBPyConnection, table: str, order: str, gone: str) -> None:
    key = "article_id" if table == "story_members" else "story_id"
    if con.execute(f"select 1 from {gone} limit 1").fetchall():
        delete_rows(con, table, f"{key} in (select {key} from {gone})")
    if con.execute(f"select 1 from came_{table} limit 1").fetchall():
        append_rows(con, table, f"from came_{table} order by {order}")
