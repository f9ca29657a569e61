"""Fetches the vocabulary in use: the newest version."""

import duckdb
import pyarrow as pa

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
