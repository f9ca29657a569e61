"""Keeps the ids and addresses of articles that a replay has settled elsewhere, so that they can still be found."""

from datetime import datetime

import duckdb

from warehouse.write_table import append_rows, delete_rows, update_rows


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
