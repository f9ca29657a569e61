"""Chooses quarantined documents that are tried again."""

from collections.abc import Mapping
from datetime import datetime

import duckdb

from copydesk.warehouse.read_quarantine import has_failed
from copydesk.warehouse.staging.open_staging import NAME as STAGING
from copydesk.warehouse.write_table import delete_rows

DUE = "state = 'waits' and next_try_at <= $now"
ASKED = "($reason is null or reason = $reason) and ($source is null or source_id = $source)"
REFINED = "step not in ('read', 'fetch')"
"""What a reader or fetcher refused is no document yet: only reading its source again can bring it."""


def stage_due(con: duckdb.DuckDBPyConnection, *, now: datetime) -> int:
    """Choose the documents that the machine failed and whose next try is due; return how many."""
    return _stage(con, DUE if has_failed(con) else None, {"now": now})


def stage_asked(con: duckdb.DuckDBPyConnection, *, reason: str | None, source: str | None) -> tuple[int, int]:
    """Choose all that stand in quarantine for a reason and of a source; return how many, and how many cannot be."""
    asked = {"reason": reason, "source": source}
    row = con.execute(
        f"select count(*) from documents_in_quarantine where {ASKED} and not ({REFINED})", asked
    ).fetchone()
    return _stage(con, ASKED, asked), int(row[0]) if row else 0


def take_back_retries(con: duckdb.DuckDBPyConnection) -> None:
    """Remove those of the portion so that they can be written with what has become of them.

    Their refusals stay: each is a try on record. Call it inside the run's transaction.
    """
    chosen = f"select document_id from retried semi join {STAGING}.portion using (document_id)"
    if con.execute(f"{chosen} limit 1").fetchall():
        delete_rows(con, "documents", f"document_id in ({chosen})")


def _stage(con: duckdb.DuckDBPyConnection, condition: str | None, values: Mapping[str, object]) -> int:
    # One row per document that is tried again in this run.
    con.execute("create or replace temp table retried (document_id varchar)")
    if condition is None:
        return 0
    chosen = f"select document_id from documents_in_quarantine where {REFINED} and {condition}"
    con.execute(f"insert into retried {chosen}", values)
    if _count(con):  # payloads are read of those in question alone
        con.execute(
            "delete from retried where document_id in (select document_id from documents"
            " semi join retried using (document_id) where payload is null)"
        )
    return _count(con)


def _count(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute("select count(*) from retried").fetchall()[0][0])
