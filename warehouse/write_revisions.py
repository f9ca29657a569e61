"""Moves a portion of what is staged into the tables: documents, articles, revisions and all that hangs on them.

Every function runs inside a transaction of its run.
"""

from datetime import datetime

import duckdb
import pyarrow as pa

from copydesk.schemas.staged import STAGING, WORDING_TABLES
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.register_tables import register_tables
from copydesk.warehouse.site_memory.keys import remove_keys
from copydesk.warehouse.site_memory.sightings import NO_LINES, GoneLines, remove_sightings
from copydesk.warehouse.write_table import append_rows, delete_rows, update_rows

LATEST_CHANGED = """
create or replace temp table latest_changed as
select numbered.article_id
from numbered
left join revisions on revisions.revision_id = numbered.revision_id
where numbered.is_latest and not coalesce(revisions.is_latest, false)
"""

CARRIED = "{0}.source_id, {0}.payload_sha256, {0}.published_at_stated, {0}.timezone"
"""What tells whether a document carries the same again, of the table of documents that is named."""
PUBLISHED = ("published_on", "published_at", "published_local_at")
HANGS_ON_REVISIONS = (*WORDING_TABLES, "text_intervals")

NUMBERING = ("revision_number", "is_latest", "first_seen_at", "last_seen_at")


def read_candidates(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return one row per accepted document of the portion, as `revise` wants them."""
    return con.sql(
        "select document_id, article_id, revision_id, refined.fetched_at, stated_at, refined.origin, line,"
        f" {CARRIED.format('arrivals')}, {', '.join(PUBLISHED)}"
        f" from {STAGING}.refined semi join {STAGING}.portion using (document_id)"
        f" join {STAGING}.arrivals using (document_id)"
    ).to_arrow_table()


def read_known(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the known documents of the portion's articles; `is_opening` where a wording is shown as one."""
    return con.sql(
        "select documents.document_id, documents.article_id, revision_id, fetched_at, stated_at, origin, line,"
        f" {CARRIED.format('documents')}, {', '.join(PUBLISHED)},"
        " revisions.document_id = documents.document_id as is_opening"
        " from documents join revisions using (revision_id)"
        f" semi join (from {STAGING}.refined semi join {STAGING}.portion using (document_id)) as came"
        " on came.article_id = documents.article_id"
    ).to_arrow_table()


def write_revisions(
    con: duckdb.DuckDBPyConnection, *, outcomes: pa.Table, revisions: pa.Table, now: datetime, run_id: str
) -> tuple[list[str], GoneLines]:
    """Write documents, articles, revisions, spans, pictures, quotations, dates and quarantine of this run.

    Return the articles of which a known wording is shown as another document now, and what site memory must settle.
    Leaves `opening`: the revisions that documents of the portion open, with their articles.
    """
    with register_tables(con, outcomes=outcomes, numbered=revisions):
        con.execute(
            "create or replace temp table opening as"
            " select revision_id, article_id, document_id, is_latest from numbered where is_new or is_reopened"
        )
        _write_documents(con, run_id)
        _write_articles(con, run_id)
        con.execute(LATEST_CHANGED)
        reopened = _take_reopened(con, revisions)
        _renumber(con)
        opened = f"{STAGING}.refined join numbered using (document_id, revision_id, article_id)"
        _insert(con, "revisions", opened, run_id, where="is_new or is_reopened")
    for table in WORDING_TABLES:
        _insert(con, table, f"{STAGING}.{table} join opening using (document_id)", run_id)
    _write_quarantine(con, now, run_id)
    return reopened


def delete_revisions(con: duckdb.DuckDBPyConnection, revision_ids: list[str]) -> GoneLines:
    """Remove wordings with all that hangs on them; return what site memory must settle without them."""
    gone_lines = GoneLines(tuple(remove_sightings(con, revision_ids)), remove_keys(con, revision_ids))
    for table in (*HANGS_ON_REVISIONS, "revisions"):
        delete_rows(con, table, "revision_id in (select unnest($names))", {"names": revision_ids})
    return gone_lines


def changed_articles(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the articles whose latest wording this run changed, sorted."""
    return [row[0] for row in con.execute("select article_id from latest_changed order by 1").fetchall()]


def _write_documents(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    append_rows(
        con,
        "documents",
        f"""
        with settled as (
            select document_id, article_id, revision_id, outcome from outcomes
            union all
            select distinct document_id, null, null, 'quarantined' from {STAGING}.refusals
        )
        select
            arrivals.* replace (coalesce(refined.charset, arrivals.charset) as charset),
            settled.article_id, settled.revision_id, refined.stated_at, outcome, $run_id as run_id
        from {STAGING}.arrivals
        left join {STAGING}.refined using (document_id)
        semi join {STAGING}.portion using (document_id)
        join settled using (document_id)
        """,
        {"run_id": run_id},
    )


def _write_quarantine(con: duckdb.DuckDBPyConnection, now: datetime, run_id: str) -> None:
    """Append the refusals: a document that was fetched earlier and tried again is refused now."""
    append_rows(
        con,
        "quarantine",
        "select * replace (greatest(quarantined_at, $now) as quarantined_at), $run_id as run_id"
        f" from {STAGING}.refusals semi join {STAGING}.portion using (document_id)",
        {"now": now, "run_id": run_id},
    )


def _write_articles(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Insert articles seen first; move first and last sight of known ones where a document was outside them."""
    con.execute(
        f"""
        create or replace temp table sighted as
        with first_documents as (
            select * from {STAGING}.refined semi join {STAGING}.portion using (document_id)
            qualify 1 = row_number() over (
                partition by article_id order by fetched_at, source_id, external_id, document_id
            )
        ),
        sights as (
            select article_id, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
            from numbered group by article_id
        )
        select article_id, source_id, site, canonical_url, external_id, origin, first_seen_at,
            last_seen_at, ?::varchar as run_id
        from first_documents join sights using (article_id)
        """,
        [run_id],
    )
    con.execute(
        """
        create or replace temp table known_articles as
        select article_id, first_seen_at, last_seen_at, external_id, run_id
        from articles semi join sighted using (article_id)
        """
    )
    update_rows(
        con,
        "articles",
        """
        select
            article_id, sighted.first_seen_at, sighted.last_seen_at,
            -- of the rows of one run the first by its text names the article, in whatever portion it came
            if(known.run_id = sighted.run_id, least(known.external_id, sighted.external_id), known.external_id)
                as external_id
        from known_articles as known join sighted using (article_id)
        where (known.first_seen_at, known.last_seen_at) is distinct from
            (sighted.first_seen_at, sighted.last_seen_at)
            or (known.run_id = sighted.run_id and sighted.external_id < known.external_id)
        """,
    )
    append_rows(con, "articles", "from sighted anti join known_articles using (article_id)")


def _renumber(con: duckdb.DuckDBPyConnection) -> None:
    """Update number, sights and latest mark of known revisions where they changed."""
    stored = ", ".join(f"revisions.{name}" for name in NUMBERING)
    wanted = ", ".join(f"numbered.{name}" for name in NUMBERING)
    update_rows(
        con,
        "revisions",
        f"select revision_id, {wanted} from numbered join revisions using (revision_id)"
        f" where ({stored}) is distinct from ({wanted})",
    )


def _take_reopened(con: duckdb.DuckDBPyConnection, revisions: pa.Table) -> tuple[list[str], GoneLines]:
    """Take out the known wordings that another document shows now; return their articles, and what they leave."""
    reopened = revisions.filter(revisions["is_reopened"])
    names = reopened["revision_id"].to_pylist()
    gone_lines = delete_revisions(con, names) if names else NO_LINES
    return sorted(set(reopened["article_id"].to_pylist())), gone_lines


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, rows: str, run_id: str, *, where: str = "true"
) -> None:
    columns = ", ".join(name for name in TABLES[table].columns if name != "run_id")
    query = f"select {columns}, $run_id as run_id from {rows} where {where}"
    append_rows(con, table, query, {"run_id": run_id})
