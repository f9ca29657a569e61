"""Takes articles out of the tables as if their documents had never come, so that they can come again."""

from datetime import datetime

import duckdb

from copydesk.schemas.staged import STAGING
from copydesk.warehouse.site_memory.sightings import Forgotten
from copydesk.warehouse.write_revisions import take_revisions
from copydesk.warehouse.write_table import append_rows, delete_rows, update_rows

VERDICT = """
    exists (
        select 1 from leaving_documents
        where leaving_documents.document_id = quarantine.document_id
            and (leaving_documents.run_id = quarantine.run_id
                or quarantine.run_id in (select run_id from runs where flow = 'replay'))
    )
"""
"""The refusal that stands goes; earlier tries stay on record, and stay counted by their runs."""


def choose_leaving(con: duckdb.DuckDBPyConnection) -> None:
    """Choose what is written anew and make its documents the portion, before the run's transaction begins.

    A transaction writes to one database only, and what is staged stands in another than the lake.
    """
    con.execute(f"""
        create or replace temp table leaving_articles as
        -- one row per article that is written anew: those that differ, and those that documents of others join
        with joined as (
            select article_id from {STAGING}.refined semi join differing using (document_id)
            except
            select article_id from documents anti join staged using (document_id)
        ),
        chosen as (
            select article_id from staged semi join differing using (document_id)
            union
            select article_id from joined
        )
        select article_id, canonical_url from articles semi join chosen using (article_id)
    """)
    con.execute("""
        create or replace temp table leaving_documents as
        -- one row per document that comes again, with the article that it was of and the run that decided on it
        select document_id, article_id, run_id from documents
        semi join staged using (document_id)
        where article_id in (select article_id from leaving_articles)
            or document_id in (select document_id from differing)
    """)
    con.execute(
        "create or replace temp table leaving_revisions as"
        " select revision_id from revisions semi join leaving_articles using (article_id)"
    )
    con.execute(f"delete from {STAGING}.portion")
    con.execute(f"insert into {STAGING}.portion select document_id from leaving_documents")


def delete_articles(con: duckdb.DuckDBPyConnection) -> tuple[list[str], Forgotten]:
    """Remove what `choose_leaving` chose; return the articles and what site memory must settle without them."""
    revisions = [row[0] for row in con.execute("select revision_id from leaving_revisions").fetchall()]
    forgotten = take_revisions(con, revisions)
    delete_rows(con, "quarantine", VERDICT)
    delete_rows(con, "documents", "document_id in (select document_id from leaving_documents)")
    delete_rows(con, "articles", "article_id in (select article_id from leaving_articles)")
    rows = con.execute("select article_id from leaving_articles order by 1").fetchall()
    return [row[0] for row in rows], forgotten


def name_first_runs(con: duckdb.DuckDBPyConnection) -> None:
    """Give documents and articles that came again the runs that first brought them, and count those runs anew."""
    update_rows(con, "documents", "select document_id, run_id from leaving_documents")
    update_rows(
        con,
        "articles",
        """
        select article_id, run_id from documents
        where article_id in (
            select article_id from documents semi join leaving_documents using (document_id)
        )
        qualify 1 = row_number() over (partition by article_id order by fetched_at, source_id, document_id)
        """,
    )
    update_rows(
        con,
        "runs",
        """
        select
            run_id,
            count(*) filter (outcome = 'new') as new_count,
            count(*) filter (outcome = 'revised') as revised_count,
            count(*) filter (outcome = 'unchanged') as unchanged_count,
            count(*) filter (outcome = 'quarantined') as quarantined_count
        from document_outcomes
        where run_id in (select run_id from leaving_documents)
        group by run_id
        """,
    )


def keep_aliases(con: duckdb.DuckDBPyConnection, *, now: datetime, run_id: str) -> None:
    """Write for each article that is no more where its first document is now; forget aliases that are ids again.

    Runs after the documents of the articles that left were written anew.
    """
    con.execute("""
        create or replace temp table went as
        -- one row per article that is no more and whose documents are of others now
        select leaving_documents.article_id as alias_article_id, documents.article_id, leaving_articles.canonical_url
        from leaving_documents
        join documents using (document_id)
        join leaving_articles on leaving_articles.article_id = leaving_documents.article_id
        where documents.article_id is not null
            and leaving_documents.article_id not in (select article_id from articles)
        qualify 1 = row_number() over (
            partition by leaving_documents.article_id order by documents.fetched_at, documents.document_id
        )
    """)
    update_rows(
        con,
        "article_aliases",
        "select old.alias_article_id, went.article_id from article_aliases as old"
        " join went on went.alias_article_id = old.article_id",
    )
    delete_rows(con, "article_aliases", "alias_article_id in (select article_id from articles)")
    delete_rows(con, "article_aliases", "article_id not in (select article_id from articles)")
    append_rows(
        con,
        "article_aliases",
        "select *, $now::timestamptz as settled_at, $run_id as run_id from went"
        " anti join article_aliases using (alias_article_id)",
        {"now": now, "run_id": run_id},
    )


def forget_gone(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    """Let the stories forget those of the articles that are gone; return the members left behind.

    The stories of the members left must be settled again. A story without members goes.
    """
    if not article_ids:
        return []
    con.execute("create or replace temp table gone (article_id varchar)")
    con.executemany("insert into gone values (?)", [[each] for each in article_ids])
    con.execute("delete from gone where article_id in (select article_id from articles)")
    if con.execute("select count(*) from gone").fetchall() == [(0,)]:
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
