"""Keeps the verdicts on pairs: duplicates and look-alikes."""

import duckdb
import pyarrow as pa

from warehouse.write_table import append_rows, delete_rows


def remove_edges(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    """Delete all verdicts on pairs with one of the articles; return the articles at their other ends."""
    con.register("leaving", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    touches = (
        "article_id_a in (select article_id from leaving) or article_id_b in (select article_id from leaving)"
    )
    ends = con.sql(f"select unnest([article_id_a, article_id_b]) from duplicates where {touches}").fetchall()
    for table in ("duplicates", "look_alikes"):
        if con.sql(f"select 1 from {table} where {touches} limit 1").fetchall():
            delete_rows(con, table, touches)
    con.unregister("leaving")
    return sorted({row[0] for row in ends})


def add_edges(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Append verdicts to `duplicates` or `look_alikes`; nothing is written where there are none."""
    if rows.num_rows:
        append_rows(con, table, rows)
