"""Keeps the verdicts on pairs, reads whole regions of connected articles, and keeps the groups that they form."""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.write_table import append_rows, delete_rows

NEXT = """
-- articles joined by an edge or a known group with one of the region, and not yet of it
with reached as (
    select article_id_b as article_id from duplicates where article_id_a in (select article_id from region)
    union
    select article_id_a from duplicates where article_id_b in (select article_id from region)
    union
    select article_id from duplicate_groups where group_id in (
        select group_id from duplicate_groups where article_id in (select article_id from region)
    )
)

insert into region select article_id from reached anti join region using (article_id)
"""


@dataclass(frozen=True, slots=True)
class Region:
    """Edges, groups so far and facts of all articles that hang together with some given ones."""

    edges: pa.Table
    known: pa.Table
    articles: pa.Table


def read_region(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> Region:
    """Return all that decides the groups of the articles and of those connected with them."""
    with register_tables(con, wanted=id_table(article_id=article_ids)):
        con.execute("create or replace temp table region as select distinct article_id from wanted")
    while con.execute(NEXT).fetchall()[0][0]:
        pass
    inside = "article_id in (select article_id from region)"
    return Region(
        edges=con.sql(
            "select article_id_a, article_id_b, relation, container_article_id, jaccard_ratio from duplicates"
            " where article_id_a in (select article_id from region) order by article_id_a, article_id_b"
        ).to_arrow_table(),
        known=con.sql(
            f"select article_id, group_id, is_representative from duplicate_groups where {inside}"
        ).to_arrow_table(),
        articles=_facts(con),
    )


def _facts(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return article_id, first_seen_at, body_words, published_on and published_at of the region's articles."""
    return con.sql(
        "select article_id, articles.first_seen_at, body_words,"
        " coalesce(published_on, cast(published_at as date)) as published_on,"
        " coalesce(published_at, timezone('UTC', published_local_at)) as published_at"
        " from articles semi join region using (article_id) join revisions using (article_id) where is_latest"
    ).to_arrow_table()


def write_groups(con: duckdb.DuckDBPyConnection, groups: pa.Table, known: pa.Table, run_id: str) -> list[str]:
    """Replace the memberships that changed; return the articles whose did, sorted."""
    columns = "article_id, group_id, is_representative"
    now, before = (f"select {columns} from {name}" for name in ("now", "before"))
    with register_tables(con, now=groups, before=known):
        left = con.sql(f"{before} except {now}").to_arrow_table()
        joined = con.sql(f"{now} except {before}").to_arrow_table()
    regrouped = sorted({*left["article_id"].to_pylist(), *joined["article_id"].to_pylist()})
    if regrouped:
        with register_tables(con, left_groups=left, joined_groups=joined):
            delete_rows(con, "duplicate_groups", "article_id in (select article_id from left_groups)")
            query = f"select {columns}, $run_id as run_id from joined_groups order by article_id"
            append_rows(con, "duplicate_groups", query, {"run_id": run_id})
    return regrouped


def remove_edges(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    """Delete all verdicts on pairs with one of the articles; return the articles at their other ends."""
    with register_tables(con, leaving=id_table(article_id=article_ids)):
        touches = "article_id_a in (select article_id from leaving) or article_id_b in (select article_id from leaving)"
        ends = con.sql(
            f"select unnest([article_id_a, article_id_b]) from duplicates where {touches}"
        ).fetchall()
        for table in ("duplicates", "look_alikes"):
            if con.sql(f"select 1 from {table} where {touches} limit 1").fetchall():
                delete_rows(con, table, touches)
    return sorted({row[0] for row in ends})
