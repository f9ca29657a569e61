"""The ledger: every attempt to run, also those that changed nothing or were killed.

It stands beside the lake (`open_beside`), since a run that adds nothing must add nothing there, not even its own row.
What the server of a catalog could not be told is kept in this machine's folder, and told by its next run.
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

import duckdb

from copydesk.warehouse.damage import DamagedWarehouseError
from copydesk.warehouse.lease import Lease
from copydesk.warehouse.open_beside import Row, SideDatabase, open_beside, open_beside_to_read
from copydesk.warehouse.place import Place
from copydesk.warehouse.repair_side_files import is_damage

COLUMNS = "run_id, flow, started_at, finished_at, state, summary"

LATEST = f"select {COLUMNS} from attempts order by started_at desc, rowid desc limit ?"

ATTEMPTS = "attempts (run_id text primary key, flow text, started_at text, finished_at text, state text, summary text)"


BROKEN = "('interrupted', 'failed', 'stopped')"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. `state` is running, done, nothing_new, failed, stopped or interrupted."""

    run_id: str
    flow: str
    started_at: str
    finished_at: str | None
    state: str
    summary: dict[str, Any]


def begin_attempt(place: Place, begun: Attempt, *, held: Lease) -> bool:
    """Write down that a run begins; return whether an earlier one has broken off."""
    held.show_alive(begun.run_id)
    untold = list_untold(place)
    with _open(place) as beside:
        _put(beside, untold)
        running = beside.ask("select run_id from attempts where state = 'running'")
        dead = [row for row in running if not held.is_alive(*row)]
        beside.tell("update attempts set state = 'interrupted' where run_id = ?", dead)
        _put(beside, [begun])
        broken = beside.ask(f"select 1 from attempts where state in {BROKEN} limit 1")
    if untold:
        place.untold.unlink()
    return bool(broken)


def keep_attempt(place: Place, attempt: Attempt) -> None:
    """Write down how an attempt broke off, unless it had come to its end.

    What the server of the catalog can't be told is kept for the next run to tell. Where nothing can be written it stays
    silent: what broke the run may have broken that too, and the next run finds the attempt interrupted.
    """
    with suppress(OSError, sqlite3.Error):
        place.folder.mkdir(parents=True, exist_ok=True)
        try:
            with _open(place) as beside:
                _put(beside, [attempt])
        except duckdb.Error:
            with open_beside(Place(place.folder), place.untold, [ATTEMPTS]) as beside:
                _put(beside, [attempt])


def mark_committed(place: Place, con: duckdb.DuckDBPyConnection) -> None:
    """Correct the runs that ended after their commit and before this ledger heard of it."""
    with _open(place) as beside:
        broken = beside.ask(f"select run_id from attempts where state in {BROKEN}")
        if not broken:
            return
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


def list_attempts(place: Place, *, limit: int = 20) -> list[Attempt]:
    """Return the latest attempts, newest first. Raises DamagedWarehouseError where the ledger cannot be read."""
    untold = list_untold(place)
    try:
        with open_beside_to_read(place, place.ledger, "attempts") as beside:
            told = [_attempt(row) for row in beside.ask(LATEST, [limit])] if beside else []
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        raise DamagedWarehouseError(
            f"{place.ledger} is damaged ({error}): the next run sets it aside"
        ) from error
    if untold:
        names = {each.run_id for each in untold}
        told = [*untold, *(each for each in told if each.run_id not in names)]
        told.sort(key=lambda each: each.started_at, reverse=True)
    return told[:limit]


def list_untold(place: Place) -> list[Attempt]:
    """Return the attempts of this machine that the server of the catalog could not be told of, newest first."""
    if not place.catalog:
        return []
    with open_beside_to_read(Place(place.folder), place.untold, "attempts") as beside:
        return [_attempt(row) for row in beside.ask(LATEST, [-1])] if beside else []


def count_attempts(place: Place) -> list[tuple[str, str, int, str | None]]:
    """Return by flow and state how many attempts there were, and when the last of them ended."""
    untold = list_untold(place)
    unknown = ", ".join("?" for _ in untold) or "''"
    query = (
        "select flow, state, count(*), max(finished_at) from attempts"
        f" where run_id not in ({unknown}) group by 1, 2 order by 1, 2"
    )
    with open_beside_to_read(place, place.ledger, "attempts") as beside:
        told = beside.ask(query, [each.run_id for each in untold]) if beside else []
    return [*told, *((each.flow, each.state, 1, each.finished_at) for each in untold)]


def _attempt(row: Row) -> Attempt:
    run_id, flow, started_at, finished_at, state, summary = row
    return Attempt(run_id, flow, started_at, finished_at, state, json.loads(summary))


def _put(beside: SideDatabase, attempts: Iterable[Attempt]) -> None:
    """Write attempts down in place of what their runs said as they began."""
    for run_id, *facts, summary in map(astuple, attempts):
        beside.tell(
            "delete from attempts where run_id = ? and state in ('running', 'interrupted')", [[run_id]]
        )
        beside.tell(
            "insert into attempts select ?, ?, ?, ?, ?, ? where not exists (select 1 from attempts where run_id = ?)",
            [[run_id, *facts, json.dumps(summary, sort_keys=True), run_id]],
        )


def _open(place: Place) -> AbstractContextManager[SideDatabase]:
    return open_beside(place, place.ledger, [ATTEMPTS])
