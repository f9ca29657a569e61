"""Fetches the features of articles, whose terms are most of what the warehouse remembers of stories."""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.fetch_rows import fetch_rows

SETTLED = ("article_id", "vote_id", "run_id")
"""What a row of features says of the run that wrote it, and the key."""


def fetch_features(con: duckdb.DuckDBPyConnection, facts: pa.Table) -> pa.Table:
    """Return facts of articles (article_id and others), each once, with the features of their texts and their times."""
    names = [name for name in TABLES["story_features"].columns if name not in SETTLED]
    rows = fetch_rows(con, "story_features", facts.select(["article_id"]), ["article_id", *names])
    return beside(facts, rows, "article_id")


def beside(facts: pa.Table, rows: pa.Table, key: str) -> pa.Table:
    """Return facts beside the rows with their key, in the order of these: terms are many, and stay where they lie."""
    facts = facts.take(pc.index_in(rows[key], value_set=facts[key].combine_chunks()))
    for name in rows.column_names:
        if name not in facts.column_names:
            facts = facts.append_column(name, rows[name])
    return facts
