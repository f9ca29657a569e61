"""Writes a new version of the vocabulary and lets the one before the last go."""

import duckdb
import pyarrow as pa


def write_vocabulary(
    con: duckdb.DuckDBPyConnection, languages: pa.Table, terms: pa.Table, *, now: object, run_id: str
) -> None:
    """Append a version (see `fetch_vocabulary` for the columns); term counts of the last two are kept."""
    con.register("new_languages", languages)
    con.register("new_terms", terms)
    con.execute(
        "insert into story_vocabulary_versions by name select *, $now as made_at, $run_id as run_id from new_languages",
        {"now": now, "run_id": run_id},
    )
    con.execute("insert into story_vocabulary by name select * from new_terms order by language, term")
    con.execute("""
        delete from story_vocabulary
        where vocabulary_version < (select max(vocabulary_version) - 1 from new_languages)
    """)
    con.unregister("new_languages")
    con.unregister("new_terms")
