"""Compares what refining gives today with what stands in the tables."""

from typing import Any

import duckdb

from copydesk.schemas.staged import REFINED, STAGED, STAGING, WORDING_TABLES
from copydesk.schemas.tables import TABLES

Row = dict[str, Any]

NOT_COMPARED = {
    "document_id", "article_id", "revision_id", "versions", "fetched_at", "layout", "words_hash",
    "body", "body_sha256", "body_words", "body_chars", "same_as_revision_id",
    "source_id", "site", "canonical_url", "external_id", "origin", "charset", "stated_at",
    "published_between_start_at", "published_between_end_at",
    "published_between_confidence", "published_between_method",
}  # fmt: skip
"""The body by the rules is in revision_id; what site memory, copies and stories settle afterwards is theirs."""


def find_differing(con: duckdb.DuckDBPyConnection) -> int:
    """Write the table `differing`: documents read again whose outcome, wording or facts are not what stands.

    So does one whose stored body is no longer what was hashed: bodies themselves are not compared.
    """
    compared = [name for name in REFINED.columns if name not in NOT_COMPARED]
    now, then = (", ".join(f"{table}.{name}" for name in compared) for table in ("refined", "revisions"))
    parts = "".join(f" union select document_id from ({_part(table)})" for table in WORDING_TABLES)
    con.execute(f"""
        create or replace temp table differing as
        -- one row per document that a replay changes
        select document_id from reread
        left join {STAGING}.refined as refined using (document_id)
        where (reread.article_id, reread.revision_id) is distinct from (refined.article_id, refined.revision_id)
        union
        select refined.document_id from {STAGING}.refined as refined
        join reread using (document_id)
        join revisions on revisions.document_id = refined.document_id
            and revisions.revision_id = refined.revision_id
        where ({now}) is distinct from ({then})
        union
        select refusals.document_id from {STAGING}.refusals as refusals
        join reread using (document_id)
        left join documents_in_quarantine as quarantine on quarantine.document_id = refusals.document_id
        where quarantine.reason is distinct from refusals.reason
        union
        select document_id from {STAGING}.refined as refined join documents using (document_id)
        where refined.stated_at is distinct from documents.stated_at
            and documents.article_id in (select article_id from revisions group by article_id having count(*) > 1)
        union
        select document_id from revisions semi join reread using (document_id)
        where (body_sha256, body_chars) is distinct from (sha256(body), length(body))
        {parts}
    """)
    return int(con.execute("select count(*) from differing").fetchall()[0][0])


def _part(table: str) -> str:
    """Return SQL that gives the documents that opened a wording and now find other parts in it."""
    columns = [name for name in STAGED[table].columns if name != "document_id"]
    _, order = TABLES[table].key
    where = "rule_id <> 'site.line'" if table == "boilerplate_spans" else "true"
    row = "row(" + ", ".join(columns) + ")"
    return f"""
        with opening as (
            select revision_id, document_id from revisions
            semi join {STAGING}.refined as refined using (document_id, revision_id)
            semi join reread using (document_id)
        ),
        stood as (
            select document_id, list({row} order by {order}) as found
            from (select * from {table} where {where}) join opening using (revision_id) group by document_id
        ),
        found_now as (
            select document_id, list({row} order by {order}) as found
            from {STAGING}.{table} semi join opening using (document_id) group by document_id
        )
        select document_id from opening left join stood using (document_id) left join found_now using (document_id)
        where stood.found is distinct from found_now.found
    """


def read_changes(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return for each differing document its body as it stands, without its site's lines, and by the rules of now.

    Columns: origin, body, body_now, reason, reason_now.
    """
    rows = con.sql(f"""
        -- one row per differing document
        select
            documents.origin,
            revisions.body,
            refined.body as body_now,
            quarantine.reason,
            refusals.reason as reason_now
        from differing
        join documents using (document_id)
        left join revisions on revisions.revision_id = documents.revision_id
        left join {STAGING}.refined as refined on refined.document_id = documents.document_id
        left join {STAGING}.refusals as refusals on refusals.document_id = documents.document_id
        left join documents_in_quarantine as quarantine on quarantine.document_id = documents.document_id
        order by documents.origin, documents.document_id
    """).to_arrow_table()
    found: list[Row] = rows.to_pylist()
    return found


def chars_by_kind(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int, int]]:
    """Return for each kind of span the characters that the rules take from the differing documents, then and now."""
    rows = con.execute(f"""
        with stood as (
            select kind, sum(end_char - start_char) as chars
            from differing join documents using (document_id)
            join boilerplate_spans using (revision_id)
            where rule_id <> 'site.line'
            group by kind
        ),
        found_now as (
            select kind, sum(end_char - start_char) as chars
            from {STAGING}.boilerplate_spans semi join differing using (document_id) group by kind
        )
        select kind, coalesce(stood.chars, 0), coalesce(found_now.chars, 0)
        from stood full join found_now using (kind) order by kind
    """).fetchall()
    return [(kind, int(then), int(now)) for kind, then, now in rows]
