"""Writes what a settlement changed: rows that differ are replaced, the rest is left alone."""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.warehouse.register_tables import register_tables
from copydesk.warehouse.write_table import append_rows, delete_rows

MEMBERS = """
select
    changed.article_id,
    changed.story_id,
    changed.score,
    changed.evidence,
    $parameters_version as parameters_version,
    coalesce(earlier.joined_at, $now) as joined_at,
    $run_id as run_id
from changed_members as changed
left join earlier_members as earlier
    on earlier.article_id = changed.article_id and earlier.story_id = changed.story_id
order by changed.story_id, changed.article_id
"""

STORIES = """
select *, $now as settled_at, $run_id as run_id
from changed_stories
order by story_id
"""

WRONG_LINKS = """
create or replace temp table wrong_links as
-- one row per stored link of a settled story that does not hold any more
select story_links.story_id, story_links.related_story_id
from story_links
where (
    story_id in (select story_id from settled_stories)
    or related_story_id in (select story_id from settled_stories)
)
and (story_id, related_story_id, kind, score, evidence) not in (
    select (story_id, related_story_id, kind, score, evidence) from new_links
)
"""


def write_features(con: duckdb.DuckDBPyConnection, features: pa.Table, *, run_id: str) -> None:
    """Replace the features of the articles that were read, in order of their time."""
    by_time = pc.sort_indices(features, [("start_at", "ascending"), ("article_id", "ascending")])
    with register_tables(con, read_features=features.take(by_time)):
        delete_rows(con, "story_features", "article_id in (select article_id from read_features)")
        append_rows(
            con,
            "story_features",
            "select * exclude (source_id, outlet, is_representative), $run_id as run_id from read_features",
            {"run_id": run_id},
        )


def write_members(
    con: duckdb.DuckDBPyConnection, members: pa.Table, *, now: object, run_id: str, thresholds_version: str
) -> None:
    """Replace changed memberships; who stays in a story keeps the time of joining."""
    with register_tables(con, changed_members=members):
        con.execute("""
            create or replace temp table earlier_members as
            select article_id, story_id, joined_at
            from story_members
            where article_id in (select article_id from changed_members)
        """)
        delete_rows(con, "story_members", "article_id in (select article_id from changed_members)")
        append_rows(
            con,
            "story_members",
            MEMBERS,
            {"now": now, "run_id": run_id, "parameters_version": thresholds_version},
        )
        con.execute("drop table earlier_members")


def write_stories(
    con: duckdb.DuckDBPyConnection,
    stories: pa.Table,
    keys: pa.Table,
    merged: pa.Table,
    *,
    now: object,
    run_id: str,
) -> None:
    """Replace changed stories and their keys, end the merged ones, and point their ids to the survivors.

    `merged` has alias_story_id and story_id; ids that pointed to an ended story follow it.
    """
    gone = "select story_id from changed_stories union all select alias_story_id from merged_stories"
    with register_tables(con, changed_stories=stories, new_keys=keys, merged_stories=merged):
        for table in ("stories", "story_keys"):
            delete_rows(con, table, f"story_id in ({gone})")
        append_rows(con, "stories", STORIES, {"now": now, "run_id": run_id})
        append_rows(con, "story_keys", "from new_keys order by story_id, term")
        if merged.num_rows:
            _write_aliases(con, now=now, run_id=run_id)


def _write_aliases(con: duckdb.DuckDBPyConnection, *, now: object, run_id: str) -> None:
    con.execute("""
        create or replace temp table moved_aliases as
        -- one row per id that pointed to a story which has ended now
        select story_aliases.* replace (merged_stories.story_id as story_id)
        from story_aliases
        join merged_stories on merged_stories.alias_story_id = story_aliases.story_id
    """)
    delete_rows(
        con,
        "story_aliases",
        "alias_story_id in ("
        "select alias_story_id from moved_aliases union all select alias_story_id from merged_stories)",
    )
    append_rows(con, "story_aliases", "from moved_aliases")
    append_rows(
        con,
        "story_aliases",
        """
        select alias_story_id, story_id, $now as merged_at, $run_id as run_id
        from merged_stories
        order by alias_story_id
        """,
        {"now": now, "run_id": run_id},
    )
    con.execute("drop table moved_aliases")


def write_links(con: duckdb.DuckDBPyConnection, links: pa.Table, settled: pa.Array, *, run_id: str) -> None:
    """Replace all links of the settled stories (changed or ended) by the given ones; equal links stay as they are."""
    with register_tables(con, new_links=links, settled_stories=pa.table({"story_id": settled})):
        con.execute(WRONG_LINKS)
        both = "(story_id, related_story_id)"
        if con.execute("select 1 from wrong_links limit 1").fetchall():
            delete_rows(con, "story_links", f"{both} in (select {both} from wrong_links)")
        if links.num_rows:
            fresh = f"from new_links where {both} not in (select {both} from story_links) order by {both}"
            append_rows(con, "story_links", f"select *, $run_id as run_id {fresh}", {"run_id": run_id})
        con.execute("drop table wrong_links")
