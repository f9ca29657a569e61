"""The ledger: every attempt to run, also those that changed nothing or were killed.

It stands beside the lake (`open_beside`), since a run that adds nothing must add nothing there, not even its own row.
"""

import json
import sqlite3
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from copydesk.warehouse.lease import Lease
from copydesk.warehouse.mend_memory import is_damage
from copydesk.warehouse.open_beside import Beside, open_beside, open_beside_to_read
from copydesk.warehouse.place import Place
from copydesk.warehouse.refuse_lost_catalog import DamagedWarehouseError

LATEST = """
    select run_id, flow, started_at, finished_at, state, summary from attempts
    order by started_at desc, rowid desc limit ?
"""

ATTEMPTS = "attempts (run_id text primary key, flow text, started_at text, finished_at text, state text, summary text)"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. `state` is running, done, nothing_new, failed, stopped or interrupted."""

    run_id: str
    flow: str
    started_at: str
    finished_at: str | None
    state: str
    summary: dict[str, Any]


def begin_attempt(place: Place, *, run_id: str, flow: str, now: datetime, held: Lease) -> int:
    """Write down that a run begins; return how many earlier ones were found interrupted."""
    held.show_alive(run_id)
    with _open(place) as beside:
        running = beside.ask("select run_id from attempts where state = 'running'")
        dead = [row for row in running if not held.is_alive(*row)]
        beside.tell("update attempts set state = 'interrupted' where run_id = ?", dead)
        beside.tell(
            "insert into attempts (run_id, flow, started_at, state, summary) values (?, ?, ?, 'running', '{}')",
            [(run_id, flow, now.isoformat())],
        )
    return len(dead)


def mark_committed(place: Place, con: duckdb.DuckDBPyConnection) -> None:
    """Correct the runs that ended after their commit and before this ledger heard of it."""
    with _open(place) as beside:
        broken = beside.ask("select run_id from attempts where state in ('interrupted', 'failed', 'stopped')")
        committed = con.execute(
            "select run_id from runs where outcome <> 'unfinished' and list_contains($broken, run_id)",
            {"broken": [run_id for (run_id,) in broken]},
        ).fetchall()
        beside.tell("update attempts set state = 'done' where run_id = ?", committed)


def end_attempt(place: Place, *, run_id: str, state: str, now: datetime, summary: dict[str, Any]) -> None:
    """Write down how a run ended."""
    with _open(place) as beside:
        beside.tell(
            "update attempts set state = ?, finished_at = ?, summary = ? where run_id = ?",
            [(state, now.isoformat(), json.dumps(summary, sort_keys=True), run_id)],
        )


def break_off_attempt(place: Place, *, run_id: str, state: str, now: datetime, cause: str) -> None:
    """Write down why a run ended before its end, unless it had come to it.

    A ledger that cannot be written stays silent: what broke the run may have broken it too, and the next run
    finds the attempt interrupted.
    """
    with suppress(OSError, sqlite3.Error, duckdb.Error), _open(place) as beside:
        beside.tell(
            "update attempts set state = ?, finished_at = ?, summary = ? where run_id = ? and state = 'running'",
            [(state, now.isoformat(), json.dumps({"error": cause}), run_id)],
        )


def list_attempts(place: Place, *, limit: int = 20) -> list[Attempt]:
    """Return the latest attempts, newest first. Raises DamagedWarehouseError where the ledger cannot be read."""
    try:
        with open_beside_to_read(place, place.ledger, "attempts") as beside:
            rows = beside.ask(LATEST, [limit]) if beside else []
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


def count_attempts(place: Place) -> list[tuple[str, str, int, str | None]]:
    """Return by flow and state how many attempts there were, and when the last of them ended."""
    with open_beside_to_read(place, place.ledger, "attempts") as beside:
        query = "select flow, state, count(*), max(finished_at) from attempts group by 1, 2 order by 1, 2"
        return beside.ask(query) if beside else []


def _open(place: Place) -> AbstractContextManager[Beside]:
    return open_beside(place, place.ledger, [ATTEMPTS])
