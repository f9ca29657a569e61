"""Removes what a takedown leaves behind the rows, and remembers it by hashes: who asked and why, and what stays out."""

from dataclasses import asdict, dataclass
from datetime import datetime

import duckdb

from copydesk.schemas.staged import STAGING
from copydesk.warehouse.takedown.bar import address_hash, has_tombstones
from copydesk.warehouse.takedown.choose import TakedownSubject, count_gone
from copydesk.warehouse.write_table import append_rows, delete_rows, update_rows


@dataclass(frozen=True, slots=True)
class TakedownRequest:
    """What was named, why, and by whom: as it stays on record."""

    subject: str
    reason: str
    asked_by: str


def remove_traces(con: duckdb.DuckDBPyConnection, named: TakedownSubject) -> None:
    """Remove what delete_articles leaves: earlier refusals, aliases, states of addresses, a source's own rows."""
    gone = "document_id in (select document_id from gone_documents)"
    delete_rows(con, "quarantine", gone)
    for table in ("article_aliases", "articles_to_settle"):
        delete_rows(con, table, "article_id in (select article_id from leaving_articles)")
    pages = f"(select {address_hash('url')} from leaving_urls)"
    delete_rows(con, "url_states", f"{address_hash('url')} in {pages}")
    for table in ("sources", "source_runs", "watermarks", "url_states") if named.source else ():
        delete_rows(con, table, "source_id = $source", {"source": named.source})
    update_rows(
        con,
        "story_events",
        "select event_id, null::varchar as article_id, 'the article was taken down' as detail from story_events"
        " where article_id in (select article_id from leaving_articles)"
        " and article_id not in (select article_id from articles)",
    )


def write_tombstones(
    con: duckdb.DuckDBPyConnection,
    named: TakedownSubject,
    asked: TakedownRequest,
    *,
    run_id: str,
    now: datetime,
) -> None:
    """Put on record who and why, and the hashes of what must not come back. Runs after the rows are written anew."""
    articles_count, documents_count = count_gone(con)
    row = {
        "takedown_id": run_id,
        **asdict(asked),
        "taken_down_at": now,
        "articles_count": articles_count,
        "documents_count": documents_count,
    }
    append_rows(con, "takedowns", [row])
    append_rows(
        con,
        "tombstones",
        f"""
        with buried as (
            select 'article' as kind, article_id as subject_hash from leaving_articles
            where article_id not in (select article_id from articles)
            union
            select 'document', document_id from gone_documents
            union
            select 'document', document_id from gone_staged
            union
            select 'payload', payload_sha256 from gone_documents
            where article_id is not null and payload_bytes > 0
                and payload_sha256 not in (select payload_sha256 from documents where payload_sha256 is not null)
            union
            select 'address', {address_hash("url")} from leaving_urls
            union
            select 'source', sha256($source::varchar) where $source is not null
        )
        select *, $takedown_id as takedown_id from buried anti join tombstones using (kind, subject_hash)
        """,
        {"source": named.source, "takedown_id": run_id},
    )


def write_barred_tombstones(con: duckdb.DuckDBPyConnection) -> None:
    """Remember the documents that a portion was to have of articles that were taken down."""
    if not has_tombstones(con):
        return
    append_rows(
        con,
        "tombstones",
        f"""
        select distinct on (document_id) 'document' as kind, document_id as subject_hash, takedown_id
        from {STAGING}.barred
        join {STAGING}.refined using (document_id)
        join tombstones as known on known.kind = 'article' and known.subject_hash = refined.article_id
        where document_id not in (select subject_hash from tombstones where kind = 'document')
        """,
    )
