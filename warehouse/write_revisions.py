"""Moves a portion of what is staged into the tables: documents, articles, revisions and all that hangs on them.

Every function runs inside a transaction of its run.
"""

from datetime import datetime

import duckdb
import pyarrow as pa

from schemas.tables import TABLES
from warehouse.staging.open_staging import NAME as STAGING
from warehouse.write_table import append_rows, delete_rows, update_rows

LATEST_CHANGED = """
create or replace temp table latest_changed as
select numbered.article_id
from numbered
left join revisions on revisions.revision_id = numbered.revision_id
where numbered.is_latest and not coalesce(revisions.is_latest, false)
"""

REDATED = f"""
create or replace temp table redated as
-- one row per known wording whose bytes came again with a word on its time: a day where it had none, or a zone
select
    known.revision_id, refined.article_id, refined.document_id, refined.published_at, refined.published_local_at,
    refined.published_on, refined.published_precision, refined.published_method
from {STAGING}.refined
semi join {STAGING}.portion using (document_id)
join {STAGING}.arrivals using (document_id)
join revisions as known on known.revision_id = refined.revision_id
join documents as opening on opening.document_id = known.document_id
where opening.document_id <> refined.document_id
    and (opening.source_id, opening.payload_sha256) = (arrivals.source_id, arrivals.payload_sha256)
    and case
        when known.published_on is null then refined.published_on is not null
        else opening.published_at_stated is not distinct from arrivals.published_at_stated
            and opening.timezone is distinct from arrivals.timezone
            and arrivals.timezone is not null
            and (opening.timezone is null
                or (opening.fetched_at, opening.document_id) < (arrivals.fetched_at, arrivals.document_id))
    end
qualify 1 = row_number() over (
    partition by known.revision_id order by arrivals.timezone is not null desc, arrivals.fetched_at desc, document_id
)
"""

NUMBERING = ("revision_number", "is_latest", "first_seen_at", "last_seen_at")


def read_candidates(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return one row per accepted document of the portion, as `revise` wants them."""
    return con.sql(
        "select document_id, article_id, revision_id, refined.fetched_at, stated_at, refined.origin, line"
        f" from {STAGING}.refined semi join {STAGING}.portion using (document_id)"
        f" join {STAGING}.arrivals using (document_id)"
    ).to_arrow_table()


def read_known(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the known documents of the portion's articles; `is_opening` where a wording hangs on one."""
    return con.sql(
        "select documents.document_id, documents.article_id, revision_id, fetched_at, stated_at, origin, line,"
        " revisions.document_id = documents.document_id as is_opening"
        " from documents join revisions using (revision_id)"
        f" semi join (from {STAGING}.refined semi join {STAGING}.portion using (document_id)) as came"
        " on came.article_id = documents.article_id"
    ).to_arrow_table()


def write_revisions(
    con: duckdb.DuckDBPyConnection, *, outcomes: pa.Table, revisions: pa.Table, now: datetime, run_id: str
) -> None:
    """Write documents, articles, revisions, spans, pictures, dates and quarantine of this run."""
    con.register("outcomes", outcomes)
    con.register("numbered", revisions)
    con.execute(
        "create or replace temp table opening as select revision_id, document_id from numbered where is_new"
    )
    _write_documents(con, run_id)
    _write_articles(con, run_id)
    con.execute(LATEST_CHANGED)
    _renumber(con)
    _insert(
        con,
        "revisions",
        f"{STAGING}.refined join numbered using (document_id, revision_id, article_id)",
        run_id,
        where="is_new",
    )
    for table, taken in (
        ("images", "pictures"),
        ("boilerplate_spans", "spans"),
        ("date_candidates", "dates"),
    ):
        _insert(con, table, f"{STAGING}.{taken} join opening using (document_id)", run_id)
    _redate(con, run_id)
    _write_quarantine(con, now, run_id)
    for name in ("outcomes", "numbered"):
        con.unregister(name)


def redated_articles(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the articles of which the portion dates a known wording anew, sorted."""
    return [row[0] for row in con.execute("select distinct article_id from redated order by 1").fetchall()]


def changed_articles(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the articles whose latest wording this run changed, sorted."""
    return [row[0] for row in con.execute("select article_id from latest_changed order by 1").fetchall()]


def count_outcomes(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return how many documents of this run had each outcome."""
    rows = con.execute(
        "select outcome, count(*) from documents where run_id = ? group by 1", [run_id]
    ).fetchall()
    return dict(rows)


def removed_by_kind(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return the characters that left the bodies of this run's revisions, by kind, most first."""
    rows = con.execute(
        "select kind, sum(end_char - start_char) from boilerplate_spans where run_id = ? and kind <> 'dateline'"
        " group by 1 order by 2 desc, 1",
        [run_id],
    ).fetchall()
    return {kind: int(chars) for kind, chars in rows}


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
                partition by article_id order by fetched_at, source_id, document_id
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
        create or replace temp table moved as
        select article_id, sighted.first_seen_at, sighted.last_seen_at
        from articles as known join sighted using (article_id)
        where (known.first_seen_at, known.last_seen_at) is distinct from
            (sighted.first_seen_at, sighted.last_seen_at)
        """
    )
    con.execute(
        "create or replace temp table fresh_articles as from sighted anti join articles using (article_id)"
    )
    update_rows(con, "articles", "from moved")
    append_rows(con, "articles", "from fresh_articles")


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


def _redate(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Let wordings be dated by the document that says more of their time than the one that opened them.

    What else it says of them is the same, since its bytes are.
    """
    again = con.execute("select count(*) from outcomes where outcome = 'unchanged'").fetchall()[0][0]
    con.execute(REDATED if again else "create or replace temp table redated (article_id varchar)")
    if not redated_articles(con):
        return
    update_rows(con, "revisions", "select * exclude (article_id) from redated")
    delete_rows(con, "date_candidates", "revision_id in (select revision_id from redated)")
    rows = f"{STAGING}.dates join (select revision_id, document_id from redated) using (document_id)"
    _insert(con, "date_candidates", rows, run_id)


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, rows: str, run_id: str, *, where: str = "true"
) -> None:
    columns = ", ".join(name for name in TABLES[table].columns if name != "run_id")
    query = f"select {columns}, $run_id as run_id from {rows} where {where}"
    append_rows(con, table, query, {"run_id": run_id})


def quarantine_reasons(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return how many documents of this run were refused, by reason."""
    rows = con.execute(
        "select reason, count(*) from quarantine where run_id = ? group by 1 order by 2 desc, 1", [run_id]
    ).fetchall()
    return dict(rows)
