"""Reads wordings with their spans, and writes them back where site memory changed them."""

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.fetch_rows import fetch_rows
from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.write_table import append_rows, delete_rows, replace_rows, update_rows

Row = dict[str, Any]

SLICE_ROWS = 500
WHOLE_ROWS = tuple(TABLES["revisions"].columns)
SIGHTED = ("revision_id", "article_id", "published_on", "published_at", "body", "layout")
"""What a sighting says hangs on these columns alone."""


def all_revisions(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return revision_id, article_id and site of all revisions."""
    return con.sql(
        "select revision_id, article_id, site from revisions join articles using (article_id) order by revision_id"
    ).to_arrow_table()


def sites_of(con: duckdb.DuckDBPyConnection, chosen: pa.Table) -> pa.Table:
    """Return revision_id, article_id and site of revisions (chosen: revision_id, article_id), in order."""
    with register_tables(con, chosen=chosen):
        return con.sql(
            "select revision_id, article_id, site from chosen join articles using (article_id) order by revision_id"
        ).to_arrow_table()


def read_revisions(
    con: duckdb.DuckDBPyConnection, chosen: pa.Table, columns: Sequence[str] = WHOLE_ROWS
) -> list[Row]:
    """Return rows of revisions (chosen: revision_id, article_id) in order of revision_id."""
    rows = fetch_rows(con, "revisions", chosen.select(["revision_id"]), columns)
    found: list[Row] = rows.sort_by("revision_id").to_pylist()
    return found


def read_spans(con: duckdb.DuckDBPyConnection, revision_ids: list[str]) -> dict[str, list[Row]]:
    """Return the spans of revisions in order of the text."""
    with register_tables(con, wanted=id_table(revision_id=revision_ids)):
        rows = con.sql(
            "select revision_id, start_char, end_char, kind, action, rule_id, evidence, confidence_ratio, text"
            " from boilerplate_spans where revision_id in (select revision_id from wanted)"
            " order by revision_id, start_char"
        ).to_arrow_table()
    spans: dict[str, list[Row]] = {revision_id: [] for revision_id in revision_ids}
    for row in rows.to_pylist():
        spans[row["revision_id"]].append(row)
    return spans


def read_latest(
    con: duckdb.DuckDBPyConnection, *, source: str | None, limit: int | None
) -> Iterator[tuple[Row, list[Row]]]:
    """Yield revision_id, origin, language, body and layout of latest wordings, each with its spans in order."""
    ids = con.execute(
        "select revision_id, origin, language from revisions join articles using (article_id)"
        " where is_latest and ($source is null or source_id = $source)"
        " order by revision_id limit coalesce($limit, 9223372036854775807)",
        {"source": source, "limit": limit},
    ).to_arrow_table()
    for start in range(0, ids.num_rows, SLICE_ROWS):
        part = ids.slice(start, SLICE_ROWS)
        spans = read_spans(con, part["revision_id"].to_pylist())
        texts = read_revisions(con, part, ("revision_id", "body", "layout"))
        for row, text in zip(part.to_pylist(), texts, strict=True):
            yield row | text, spans[row["revision_id"]]


def replace_texts(con: duckdb.DuckDBPyConnection, revisions: list[Row], own_spans: list[Row]) -> None:
    """Write changed revisions in place of what they were, with the spans that site memory took out."""
    replace_rows(con, "revisions", revisions)
    with register_tables(con, changed=id_table(revision_id=[row["revision_id"] for row in revisions])):
        own = "rule_id = 'site.line' and revision_id in (select revision_id from changed)"
        delete_rows(con, "boilerplate_spans", own)
    append_rows(con, "boilerplate_spans", own_spans)


def mark_same_wordings(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> None:
    """Point each wording that reads like an earlier one of its article to that one."""
    with register_tables(con, looked_at=id_table(article_id=article_ids)):
        # Few articles have a second wording: what the others say is not read.
        con.execute(
            "create or replace temp table reworded as select article_id from revisions"
            " semi join looked_at using (article_id) group by article_id having count(*) > 1"
        )
    if not con.execute("select 1 from reworded limit 1").fetchall():
        return
    update_rows(
        con,
        "revisions",
        """
        -- one row per revision whose mark is not what its settled wording says
        with told as (
            select
                revision_id,
                same_as_revision_id,
                first_value(revision_id) over (
                    partition by article_id, title, dek, body_sha256 order by revision_number
                ) as first_revision_id
            from revisions
            where article_id in (select article_id from reworded)
        )
        select revision_id, nullif(first_revision_id, revision_id) as same_as_revision_id
        from told
        where same_as_revision_id is distinct from nullif(first_revision_id, revision_id)
        """,
    )
