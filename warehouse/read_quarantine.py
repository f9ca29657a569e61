"""Reads what stands in quarantine, and chooses what of it is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from copydesk.schemas.reasons import MACHINE_FAULTS
from copydesk.schemas.staged import STAGING
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.write_table import delete_rows

DUE = "state = 'waits' and next_try_at <= $now"
ASKED = "($reason is null or reason = $reason) and ($source is null or source_id = $source)"
REFINED = "step not in ('read', 'fetch')"
"""What a reader or fetcher refused is no document yet: only reading its source again can bring it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Documents that the machine failed: those tried again, from when on, and those given up for good."""

    waiting_count: int = 0
    next_try_at: datetime | None = None
    final_count: int = 0


def has_machine_fault(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the machine has ever failed a document: without, nothing can wait or be given up."""
    reasons = ", ".join(f"'{fault}'" for fault in sorted(MACHINE_FAULTS))
    return bool(con.execute(f"select 1 from quarantine where reason in ({reasons}) limit 1").fetchall())


def count_waiting(con: duckdb.DuckDBPyConnection) -> Waiting:
    """Count the documents whose refusal says nothing of them."""
    if not has_machine_fault(con):
        return Waiting()
    found = con.sql(
        "select count(*) filter (state = 'waits') as waiting_count, min(next_try_at) as next_try_at,"
        " count(*) filter (state = 'final') as final_count from documents_in_quarantine"
    ).to_arrow_table()
    return Waiting(**found.to_pylist()[0])


def read_quarantine(con: duckdb.DuckDBPyConnection, *, reason: str | None, source: str | None) -> pa.Table:
    """Return the documents in quarantine for a reason and of a source, in order of source and origin."""
    return con.execute(
        "select source_id, origin, line, step, reason, detail, state, tries_count, next_try_at, quarantined_at,"
        f" run_id, document_id from documents_in_quarantine where {ASKED}"
        " order by source_id, origin, line, document_id",
        {"reason": reason, "source": source},
    ).to_arrow_table()


def refuse_unknown_reason(con: duckdb.DuckDBPyConnection, reason: str | None) -> None:
    """Raise UserError for a reason that is none of the machine's and stands in no row of quarantine."""
    rows = con.execute("select distinct reason from quarantine order by reason").fetchall()
    known = {found for (found,) in rows}
    if reason is not None and reason not in known | MACHINE_FAULTS:
        named = f"those are {', '.join(sorted(known))}" if known else "none was ever quarantined"
        raise UserError(f"no document was quarantined for {reason!r}: {named}")


def choose_due(con: duckdb.DuckDBPyConnection, *, now: datetime) -> int:
    """Choose the documents that the machine failed and whose next try is due; return how many."""
    return _choose(con, DUE if has_machine_fault(con) else None, {"now": now})


def choose_asked(
    con: duckdb.DuckDBPyConnection, *, reason: str | None, source: str | None
) -> tuple[int, int]:
    """Choose all that stand in quarantine for a reason and of a source; return how many, and how many cannot be."""
    asked = {"reason": reason, "source": source}
    row = con.execute(
        f"select count(*) from documents_in_quarantine where {ASKED} and not ({REFINED})", asked
    ).fetchone()
    return _choose(con, ASKED, asked), int(row[0]) if row else 0


def delete_retried(con: duckdb.DuckDBPyConnection) -> None:
    """Remove those of the portion so that they can be written with what has become of them.

    Their refusals stay: each is a try on record. Call it inside the run's transaction.
    """
    chosen = f"select document_id from retried semi join {STAGING}.portion using (document_id)"
    if con.execute(f"{chosen} limit 1").fetchall():
        delete_rows(con, "documents", f"document_id in ({chosen})")


def _choose(con: duckdb.DuckDBPyConnection, condition: str | None, values: Mapping[str, object]) -> int:
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
