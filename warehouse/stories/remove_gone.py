"""Takes articles that are no more out of their stories."""

import duckdb

from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.write_table import delete_rows, update_rows


def remove_gone(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    """Take those of the articles that are gone out of their stories; return the members left behind.

    The stories of the members left must be settled again. A story without members goes.
    """
    if not article_ids:
        return []
    with register_tables(con, rewritten=id_table(article_id=article_ids)):
        con.execute(
            "create or replace temp table gone as from rewritten anti join articles using (article_id)"
        )
    if not con.execute("select 1 from gone limit 1").fetchall():
        return []
    con.execute(
        "create or replace temp table shaken as select distinct story_id from story_members"
        " semi join gone using (article_id)"
    )
    for table in ("story_members", "story_features"):
        delete_rows(con, table, "article_id in (select article_id from gone)")
    # Events are history and stay; they keep their words and lose the reference.
    update_rows(
        con,
        "story_events",
        "select event_id, null as article_id, detail || ' (the article is no more)' as detail from story_events"
        " where article_id in (select article_id from gone)",
    )
    left = con.execute(
        "select article_id from story_members semi join shaken using (story_id) order by 1"
    ).fetchall()
    empty = "select story_id from shaken where story_id not in (select story_id from story_members)"
    delete_rows(con, "story_links", f"story_id in ({empty}) or related_story_id in ({empty})")
    for table in ("story_keys", "story_aliases", "stories"):
        delete_rows(con, table, f"story_id in ({empty})")
    return [row[0] for row in left]
