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

HELD_MEMBERS = """
-- one row per article of a story that has an article near any part
select *
from story_members
where story_id in (select story_id from story_members where article_id in (select article_id from story_near))
"""

HELD_STORIES = """
-- one row per story with an article near any part
select * from stories where story_id in (select story_id from held_story_members)
"""

AROUND = """
-- one row per article near any part, or in a story with one, whose facts are not known
(select article_id from story_near union select article_id from held_story_members)
except select article_id from article_facts
"""

WRITTEN = (
    ("stories", "story_id", "stories"),
    ("story_members", "story_id, article_id", "story_members"),
    ("story_keys", "story_id, term", "stories"),
)
"""What is held, in which order its rows are written, and with whose changed rows its own go."""


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
    con.execute(f"create temp table held_story_members as {HELD_MEMBERS}")
    con.execute(f"create temp table held_stories as {HELD_STORIES}")
    con.execute("create temp table held_story_keys as from story_keys limit 0")
    look_further(con, con.execute(AROUND).to_arrow_table()["article_id"], feed_days=feed_days)
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
