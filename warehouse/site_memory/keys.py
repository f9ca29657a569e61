"""Keeps the keys of lines, and finds by them which revisions must be looked at: a join, whatever the archive holds.

A key is 24 bits of the site and 40 of the line. The keys of a run are written in order, so that another run whose
articles are of few sites reads few row groups of them.
"""

import duckdb
import pyarrow as pa

from copydesk.schemas.staged import STAGING
from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.write_table import append_rows, delete_rows

NO_KEYS = pa.table({"key_hash": pa.array([], pa.uint64())})

HELD = f"""
create or replace temp table held_keys as
-- one row per key among the lines of a revision that the portion has opened, as its worker read them
select
    (md5_number_lower(articles.site) & 16777215) << 40 | line_keys.line_key as key_hash,
    opening.revision_id,
    opening.article_id
from opening
join {STAGING}.line_keys as line_keys on line_keys.document_id = opening.document_id
join articles on articles.article_id = opening.article_id
"""

TURNED = """
-- one row per revision with lines that another article of its site carries since this run, or carries no more
with asked as (
    select key_hash from held_keys
    union
    select key_hash from gone_keys
),
known as materialized (
    select key_hash, revision_id, article_id from site_keys semi join asked using (key_hash)
),
carriers as (
    select key_hash, revision_id, article_id, true as is_new from held_keys
    union all
    select key_hash, revision_id, article_id, false as is_new
    from known
    where revision_id not in (select revision_id from held_keys)
),
counted as (
    select
        key_hash,
        min(article_id) <> max(article_id) as is_shared,
        min(article_id) filter (not is_new) <> max(article_id) filter (not is_new) as was_shared
    from carriers
    group by key_hash
),
turned as (
    select revision_id, article_id, is_shared, key_hash & 1099511627775 as line_key
    from carriers
    join counted using (key_hash)
    where if(is_shared, is_new or not was_shared, not is_new and key_hash in (select key_hash from gone_keys))
)
select
    revision_id,
    article_id,
    site,
    coalesce(list(line_key) filter (is_shared), []) as gained,
    coalesce(list(line_key) filter (not is_shared), []) as lost
from turned
join articles using (article_id)
group by revision_id, article_id, site
order by revision_id
"""


def write_keys(con: duckdb.DuckDBPyConnection, *, run_id: str) -> pa.Table:
    """Append the keys of the revisions that the portion opened, and hold them; return revision_id and article_id."""
    con.execute(HELD)
    query = "select *, $run_id as run_id from held_keys order by key_hash, revision_id"
    append_rows(con, "site_keys", query, {"run_id": run_id})
    return con.execute("select revision_id, article_id from opening order by revision_id").to_arrow_table()


def hold_known_keys(con: duckdb.DuckDBPyConnection, revision_ids: list[str]) -> None:
    """Hold the keys of known revisions as if they were new."""
    with register_tables(con, held=id_table(revision_id=revision_ids)):
        con.execute(
            "create or replace temp table held_keys as select key_hash, revision_id, article_id"
            " from site_keys semi join held using (revision_id)"
        )


def read_turned(con: duckdb.DuckDBPyConnection, gone: pa.Table) -> pa.Table:
    """Return the revisions with lines that are shared since the held keys came, or no more since those of `gone` went.

    revision_id, article_id, site; `gained` and `lost`: the keys of those lines, without the site.
    """
    with register_tables(con, gone_keys=gone):
        return con.execute(TURNED).to_arrow_table()


def remove_keys(con: duckdb.DuckDBPyConnection, revision_ids: list[str]) -> pa.Table:
    """Remove the keys of revisions that go; return them."""
    with register_tables(con, leaving=id_table(revision_id=revision_ids)):
        gone = "revision_id in (select revision_id from leaving)"
        keys = con.execute(f"select distinct key_hash from site_keys where {gone}").to_arrow_table()
        if keys.num_rows:
            delete_rows(con, "site_keys", gone)
    return keys
