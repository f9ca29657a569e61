"""Writes a new version of the vocabulary and lets the one before the last go."""

import duckdb
import pyarrow as pa

from warehouse.write_table import append_rows, delete_rows


def write_vocabulary(
    con: duckdb.DuckDBPyConnection, languages: pa.Table, terms: pa.Table, *, now: object, run_id: str
) -> None:
    """Append a version (see `fetch_vocabulary` for the columns); term counts of the last two are kept."""
    con.register("new_languages", languages)
    con.register("new_terms", terms)
    append_rows(
        con,
        "story_vocabulary_versions",
        "select *, $now as made_at, $run_id as run_id from new_languages",
        {"now": now, "run_id": run_id},
    )
    append_rows(con, "story_vocabulary", "from new_terms order by language, term")
    last_but_one = "(select max(vocabulary_version) - 1 from new_languages)"
    delete_rows(con, "story_vocabulary", f"vocabulary_version < {last_but_one}")
    con.unregister("new_languages")
    con.unregister("new_terms")
