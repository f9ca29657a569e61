"""Chooses what a replay writes anew, and keeps the ids of articles that are others now."""

from datetime import datetime

import duckdb

from copydesk.schemas.staged import STAGING
from copydesk.warehouse.write_table import append_rows, delete_rows, update_rows


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
            select article_id from documents anti join reread using (document_id)
        ),
        chosen as (
            select article_id from reread semi join differing using (document_id)
            union
            select article_id from joined
        )
        select article_id, canonical_url from articles semi join chosen using (article_id)
    """)
    con.execute("""
        create or replace temp table leaving_documents as
        -- one row per document that comes again, with the article that it was of and the run that decided on it
        select document_id, article_id, run_id from documents
        semi join reread using (document_id)
        where article_id in (select article_id from leaving_articles)
            or document_id in (select document_id from differing)
    """)
    con.execute(f"delete from {STAGING}.portion")
    con.execute(f"insert into {STAGING}.portion select document_id from leaving_documents")


def keep_aliases(con: duckdb.DuckDBPyConnection, *, now: datetime, run_id: str) -> None:
    """Write for each article that is no more where its first document is now; remove aliases that are ids again.

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
