"""Holds the stories around all parts of a run in memory, and gives each part its window of them.

The lake is read and written once, however many parts: the window is what a part's articles could change.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import register_tables
from copydesk.warehouse.stories.fetch_articles import fetch_features, look_further
from copydesk.warehouse.stories.find_near import WindowThresholds, find_near
from copydesk.warehouse.write_table import append_rows, delete_rows

HELD = {
    "story_members": """
        -- one row per article of a story that has an article near any part
        select *, true as is_held
        from story_members
        where story_id in (select story_id from story_members where article_id in (select article_id from story_near))
    """,
    "stories": """
        -- one row per story with an article near any part
        select *, true as is_held from stories where story_id in (select story_id from held)
    """,
    "story_keys": "select *, true as is_held from story_keys limit 0",
}
"""What is held of each table as it stood before; what is written meanwhile is not marked so."""

AROUND = """
-- one row per article near any part, or in a story with one, whose facts are not known
(select article_id from story_near union select article_id from held)
except select article_id from article_facts
"""

WRITTEN = (
    ("stories", "story_id", "story_id", "stories"),
    ("story_members", "article_id", "story_id, article_id", "story_members"),
    ("story_keys", "story_id", "story_id, term", "stories"),
)
"""What is written back, by which ids, in which order, and with whose changed rows its own go."""


MEMBERS = """
-- one row per article of a story that has an article near
select story_members.article_id, story_members.story_id, story_members.score, story_members.evidence
from story_members
where story_members.story_id in (
    select story_id from story_members where article_id in (select article_id from story_near where part = $part)
)
order by story_members.article_id
"""

FACTS = """
-- one row per article near, or in a story with one, that is not read anew
select article_id, source_id, outlet, vote_id, is_representative
from article_facts
where article_id in (
    select article_id from story_near where part = $part union select article_id from near_members
) and article_id not in (from read_articles)
"""

FORMS = """
-- one row per pair of articles here that fill in one form anew, as the copies step has judged them
with here as (
    select article_id from story_near where part = $part
    union
    select article_id from near_members
)

select article_id_a, article_id_b
from look_alikes
where reason = 'recurring' and article_id_a in (from here) and article_id_b in (from here)
order by article_id_a, article_id_b
"""

STORIES = """
-- one row per story with an article near
select * exclude (settled_at, run_id)
from stories
where story_id in (select story_id from near_members)
order by story_id
"""


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
    con.execute(f"create temp table story_members as {HELD['story_members']}")
    con.execute("create temp table held as select article_id, story_id from story_members")
    for table in ("stories", "story_keys"):
        con.execute(f"create temp table {table} as {HELD[table]}")
    look_further(con, con.execute(AROUND).to_arrow_table()["article_id"], feed_days=feed_days)
    yield
    for table in HELD:
        con.execute(f"alter table temp.{table} rename to new_{table}")
    for table, key, order, owner in WRITTEN:
        gone = f"select {key} from held except select {key} from new_{owner} where is_held"
        came = f"from new_{table} where is_held is null"
        if con.execute(f"{gone} limit 1").fetchall():
            delete_rows(con, table, f"{key} in ({gone})")
        if con.execute(f"select 1 {came} limit 1").fetchall():
            append_rows(con, table, f"select * exclude (is_held) {came} order by {order}")
    for table in ("story_near", "held", *(f"new_{table}" for table in HELD)):
        con.execute(f"drop table {table}")


@dataclass(frozen=True, slots=True)
class Window:
    """Tables of the window; the stories in it are whole, and `forms` are pairs of its articles.

    `features` are read as they are taken, and held by who takes them alone.
    """

    features: Iterator[pa.Table]
    members: pa.Table
    stories: pa.Table
    forms: pa.Table


def fetch_window(con: duckdb.DuckDBPyConnection, part: int, *, read: pa.Table) -> Window:
    """Return what stands near the articles of a part (`find_near`), out of what is held (`hold_stories`).

    Of articles that are `read` anew (article_id) their features here are left out.
    """
    here = {"part": part}
    members = con.execute(MEMBERS, here).to_arrow_table()
    with register_tables(con, near_members=members, read_articles=read):
        facts = con.execute(FACTS, here).to_arrow_table()
        stories = con.execute(STORIES).to_arrow_table()
        forms = con.execute(FORMS, here).to_arrow_table()
    return Window(fetch_features(con, facts), members, stories, forms)
