"""Chooses the documents of a replay, and leaves out those that come to nothing."""

from datetime import datetime
from typing import Any

import duckdb

from copydesk.schemas.reasons import SAYS_NOTHING
from copydesk.schemas.staged import STAGING
from copydesk.warehouse.write_table import delete_rows

Row = dict[str, Any]

REREAD = """
create or replace temp table reread as
-- one row per document to read again: those asked for, and all others of their articles
with readable as (
    select document_id, article_id, revision_id, outcome, source_id, fetched_at
    from documents
    where payload is not null
        and document_id not in (select document_id from quarantine where step in ('read', 'fetch'))
        -- an article is read again whole or not at all: of some the payloads' time has ended
        and coalesce(article_id, '') not in (
            select article_id from documents where payload is null and article_id is not null
        )
),
asked as (
    select * from readable
    where {asked}
)
select document_id, article_id, revision_id, outcome
from readable
where document_id in (select document_id from asked)
    or article_id in (select article_id from asked where article_id is not null)
"""


ASKED = "($source is null or source_id = $source) and ($since is null or fetched_at >= $since)"
MARKED = "article_id in (select article_id from articles_to_settle)"


FAILED = f"""
create or replace temp table failed as
-- one row per document read again that came to nothing by the machine's fault or the code's, or is damaged
with damaged as (
    select document_id, article_id, origin, 'read' as step, 'damaged' as reason,
        'the stored payload is not what came: it has another hash' as detail, true as is_news
    from documents semi join reread using (document_id)
    where payload_sha256 <> sha256(payload)
)
from damaged
union all
select documents.document_id, documents.article_id, documents.origin, refusals.step, refusals.reason,
    refusals.detail, refusals.reason is distinct from standing.reason as is_news
from {STAGING}.refusals as refusals
semi join reread using (document_id)
join documents using (document_id)
left join documents_in_quarantine as standing using (document_id)
where list_contains($says_nothing, refusals.reason)
    and document_id not in (select document_id from damaged)
"""


def choose_documents(con: duckdb.DuckDBPyConnection, *, source: str | None, since: datetime | None) -> int:
    """Choose the documents to read again; return how many."""
    return _choose(con, ASKED, {"source": source, "since": since})


def choose_marked(con: duckdb.DuckDBPyConnection) -> int:
    """Choose the documents of articles that a migration has left to be settled again; return how many."""
    return _choose(con, MARKED, {})


def count_marked(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many articles a migration has left to be settled again."""
    return int(con.execute("select count(*) from articles_to_settle").fetchall()[0][0])


def unmark(con: duckdb.DuckDBPyConnection) -> None:
    """Remove the marks of the articles that were settled, and of those that have no document to read again."""
    delete_rows(
        con,
        "articles_to_settle",
        "article_id in (select article_id from reread)"
        " or article_id not in (select article_id from documents where article_id is not null)",
    )


def _choose(con: duckdb.DuckDBPyConnection, asked: str, values: dict[str, Any]) -> int:
    con.execute(REREAD.format(asked=asked), values)
    return int(con.execute("select count(*) from reread").fetchall()[0][0])


def leave_out_failed(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Take out of the replay the documents whose refusal says nothing of them, with all others of their articles.

    So are those whose stored payload is damaged: what was made of it while it was whole is worth more.

    Returns origin, step, reason and detail of those that stood otherwise: their article, or another
    reason, stays as it is.
    """
    con.execute(FAILED, {"says_nothing": sorted(SAYS_NOTHING)})
    con.execute("""
        create or replace temp table aside as
        select document_id from reread
        where document_id in (select document_id from failed)
            or article_id in (select article_id from failed)
    """)
    con.execute("delete from reread where document_id in (select document_id from aside)")
    rows: list[Row] = (
        con.sql("select origin, step, reason, detail from failed where is_news order by origin, document_id")
        .to_arrow_table()
        .to_pylist()
    )
    return rows
