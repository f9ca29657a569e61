"""Writes the links of stories that changed, and takes away those of stories that ended."""

import duckdb
import pyarrow as pa

from warehouse.write_table import append_rows, delete_rows


def write_links(con: duckdb.DuckDBPyConnection, links: pa.Table, settled: pa.Array, *, run_id: str) -> None:
    """Replace all links of the settled stories (changed or ended) by the given ones; equal links stay as they are."""
    con.register("new_links", links)
    con.register("settled_stories", pa.table({"story_id": settled}))
    con.execute("""
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
    """)
    delete_rows(
        con,
        "story_links",
        "(story_id, related_story_id) in (select (story_id, related_story_id) from wrong_links)",
    )
    append_rows(
        con,
        "story_links",
        """
        select *, $run_id as run_id
        from new_links
        where (story_id, related_story_id) not in (select (story_id, related_story_id) from story_links)
        order by story_id, related_story_id
        """,
        {"run_id": run_id},
    )
    con.execute("drop table wrong_links")
    con.unregister("settled_stories")
    con.unregister("new_links")
