"""The ledger: every attempt to run, also those that changed nothing or were killed.

It stands beside the lake, since a run that adds nothing must add nothing there, not even its own row.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from warehouse.mend_memory import is_damage
from warehouse.open_to_read import open_to_read
from warehouse.place import Place
from warehouse.refuse_lost_catalog import DamagedWarehouseError

if TYPE_CHECKING:
    import duckdb

LATEST = """
    select run_id, flow, started_at, finished_at, state, summary from attempts
    order by started_at desc, rowid desc limit ?
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. `state` is running, done, nothing_new, failed, stopped or interrupted."""

    run_id: str
    flow: str
    started_at: str
    finished_at: str | None
    state: str
    summary: dict[str, Any]


def begin_attempt(place: Place, *, run_id: str, flow: str, now: datetime) -> int:
    """Write down that a run begins; return how many earlier ones were found interrupted.

    Call it under the lease: whatever is still marked running then has died.
    """
    with _open(place) as db:
        lost = db.execute("update attempts set state = 'interrupted' where state = 'running'").rowcount
        db.execute(
            "insert into attempts values (?, ?, ?, null, 'running', '{}')", [run_id, flow, now.isoformat()]
        )
    return lost


def mark_committed(place: Place, con: "duckdb.DuckDBPyConnection") -> None:
    """Correct the runs that ended after their commit and before this ledger heard of it."""
    committed = con.execute("select run_id from runs where outcome <> 'unfinished'").fetchall()
    with _open(place) as db:
        db.executemany(
            "update attempts set state = 'done'"
            " where state in ('interrupted', 'failed', 'stopped') and run_id = ?",
            committed,
        )


def end_attempt(place: Place, *, run_id: str, state: str, now: datetime, summary: dict[str, Any]) -> None:
    """Write down how a run ended."""
    with _open(place) as db:
        db.execute(
            "update attempts set state = ?, finished_at = ?, summary = ? where run_id = ?",
            [state, now.isoformat(), json.dumps(summary, sort_keys=True), run_id],
        )


def break_off_attempt(place: Place, *, run_id: str, state: str, now: datetime, cause: str) -> None:
    """Write down why a run ended before its end, unless it had come to it.

    A ledger that cannot be written stays silent: what broke the run may have broken it too, and the next run
    finds the attempt interrupted.
    """
    with suppress(OSError, sqlite3.Error), _open(place) as db:
        db.execute(
            "update attempts set state = ?, finished_at = ?, summary = ? where run_id = ? and state = 'running'",
            [state, now.isoformat(), json.dumps({"error": cause}), run_id],
        )


def list_attempts(place: Place, *, limit: int = 20) -> list[Attempt]:
    """Return the latest attempts, newest first. Raises DamagedWarehouseError where the ledger cannot be read."""
    if not place.ledger.exists() or not place.ledger.stat().st_size:
        return []
    try:
        with open_to_read(place.ledger) as db:
            rows = db.execute(LATEST, [limit]).fetchall()
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        raise DamagedWarehouseError(
            f"{place.ledger} is damaged ({error}): the next run sets it aside"
        ) from error
    return [
        Attempt(run_id, flow, started_at, finished_at, state, json.loads(summary))
        for run_id, flow, started_at, finished_at, state, summary in rows
    ]


@contextmanager
def _open(place: Place) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(place.ledger, timeout=30)) as db:
        db.execute("pragma journal_mode = wal")
        db.execute(
            "create table if not exists attempts (run_id text primary key, flow text, started_at text,"
            " finished_at text, state text, summary text)"
        )
        with db:
            yield db
