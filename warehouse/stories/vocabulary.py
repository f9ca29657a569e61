"""Keeps the vocabulary of stories: fetches the newest version, writes the next and lets the one before the last go."""

import duckdb
import pyarrow as pa

from copydesk.warehouse.register_tables import register_tables
from copydesk.warehouse.write_table import append_rows, delete_rows

VERSIONS = """
-- one row per language of the newest version
select vocabulary_version, language, article_count
from story_vocabulary_versions
where vocabulary_version = (select max(vocabulary_version) from story_vocabulary_versions)
order by language
"""

TERMS = """
-- one row per language and term of the newest version
select language, term, article_count
from story_vocabulary
where vocabulary_version = (select max(vocabulary_version) from story_vocabulary_versions)
order by language, term
"""

NONE = "select '' as language, 0 as term, 0 as article_count where false"


def fetch_vocabulary(con: duckdb.DuckDBPyConnection) -> tuple[pa.Table, pa.Table]:
    """Return the languages (vocabulary_version, language, article_count) and terms (language, term, article_count)."""
    languages = con.execute(VERSIONS).to_arrow_table()
    return languages, con.execute(TERMS if languages.num_rows else NONE).to_arrow_table()


def write_vocabulary(
    con: duckdb.DuckDBPyConnection, languages: pa.Table, terms: pa.Table, *, now: object, run_id: str
) -> None:
    """Append a version (see `fetch_vocabulary` for the columns); term counts of the last two are kept."""
    made = "select *, $now as made_at, $run_id as run_id from new_languages"
    with register_tables(con, new_languages=languages, new_terms=terms):
        append_rows(con, "story_vocabulary_versions", made, {"now": now, "run_id": run_id})
        append_rows(con, "story_vocabulary", "from new_terms order by language, term")
        last_but_one = "(select max(vocabulary_version) - 1 from new_languages)"
        delete_rows(con, "story_vocabulary", f"vocabulary_version < {last_but_one}")
