"""The lease: one writer of tables at a time, and what holds it is taken back from a killed process at once.

The folder's file lock keeps a folder to one run, to its end. With a catalog on a server other folders, on this machine
or another, run at the same time: they fetch and refine, and take turns at writing tables. A turn is an advisory lock of
PostgreSQL on a connection of its own, which ends with its process: no heartbeat, and nothing that grows stale.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from zlib import crc32

import duckdb

from copydesk.warehouse.open_beside import ask_server, open_database
from copydesk.warehouse.place import Place
from copydesk.warehouse.quoted import quoted

POLL_SECONDS = 0.2

TURN_SECONDS = 3_600.0
"""A turn is a portion that is settled: minutes. Who has to wait for longer is told so."""

TURN, ALIVE = 20_261_128, 20_261_129
"""First halves of the advisory locks: whose turn it is, and which runs are alive."""


SESSION = {
    "idle_in_transaction_session_timeout": "0",
    "tcp_keepalives_idle": "60",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "6",
}
"""What the connection asks of the server: to bear silence, and to miss a machine without power after two minutes."""


class LeaseHeldError(RuntimeError):
    """Another run is writing to this warehouse."""


class LeaseLostError(RuntimeError):
    """The server has ended the connection that held a turn, so that another may write by now."""


class Lease:
    """A folder's right to run. `turn` is the right to write tables, which SQLite's only run has all the time."""

    def __init__(
        self, place: Place, wait_seconds: float | None = None, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._place = place
        self._wait_seconds = TURN_SECONDS if wait_seconds is None else wait_seconds
        self._pause = pause
        self._stack = ExitStack()
        self._con: duckdb.DuckDBPyConnection | None = None
        self._turns = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the right to write tables while inside; a turn within a turn is the same one.

        Raises LeaseHeldError when others still have it after waiting.
        """
        if self._place.catalog and not self._turns:
            self._await_turn()
        self._turns += 1
        try:
            yield
        finally:
            self._turns -= 1
            if self._con is not None and not self._turns:
                with suppress(duckdb.Error):  # with the connection all that it held is gone
                    ask_server(self._con, f"select pg_advisory_unlock({TURN}, 0)")

    def assure(self) -> None:
        """Raise LeaseLostError where the turn is not this one's any more. Call it right before a commit."""
        if self._con is None:
            return
        try:
            ask_server(self._con, "select 1")
        except duckdb.Error as error:
            raise LeaseLostError(
                "the catalog's server ended the connection that holds the lease: nothing of this portion was"
                " written; run again"
            ) from error

    def show_alive(self, run_id: str) -> None:
        """Let others see that a run goes on."""
        if self._place.catalog:
            ask_server(self._connect(), f"select pg_try_advisory_lock_shared({ALIVE}, {_key(run_id)})")

    def is_alive(self, run_id: str) -> bool:
        """Return whether a run goes on, of this folder or another. Nobody else runs on a catalog in SQLite."""
        if not self._place.catalog:
            return False
        key = f"{ALIVE}, {_key(run_id)}"
        [(is_free,)] = ask_server(self._connect(), f"select pg_try_advisory_lock({key})")
        if is_free:
            ask_server(self._connect(), f"select pg_advisory_unlock({key})")
        return not is_free

    def close(self) -> None:
        """Let go of all."""
        self._stack.close()
        self._con = None

    def _await_turn(self) -> None:
        deadline = time.monotonic() + self._wait_seconds
        while not self._try():
            if time.monotonic() >= deadline:
                raise LeaseHeldError(
                    f"{self._holder()} is writing to this catalog; wait for it, or give --wait"
                )
            self._pause(POLL_SECONDS)

    def _try(self) -> bool:
        query = f"select pg_try_advisory_lock({TURN}, 0)"
        try:
            return bool(ask_server(self._connect(), query)[0][0])
        except (
            duckdb.Error
        ):  # the server was started anew meanwhile: what the connection held is gone, and not missed
            self.close()
            return bool(ask_server(self._connect(), query)[0][0])

    def _holder(self) -> str:
        rows = ask_server(
            self._connect(),
            "select application_name from pg_stat_activity join pg_locks using (pid)"
            f" where locktype = 'advisory' and classid = {TURN} and granted",
        )
        return str(rows[0][0]) if rows and rows[0][0] else "another process"

    def _connect(self) -> duckdb.DuckDBPyConnection:
        if self._con is None:
            con = self._stack.enter_context(open_database(self._place.catalog))
            for name, value in {"application_name": _self(), **SESSION}.items():
                ask_server(con, f"select set_config('{name}', {quoted(value)}, false)")
            self._con = con
        return self._con


@contextmanager
def open_lease(
    place: Place, *, wait_seconds: float | None = None, pause: Callable[[float], None] = time.sleep
) -> Iterator[Lease]:
    """Keep the folder to this run while inside, and give what it takes turns by.

    `wait_seconds`: null is none for the folder, an hour for a turn. Raises LeaseHeldError when another run still has
    the folder after waiting.
    """
    place.folder.mkdir(parents=True, exist_ok=True)
    with (place.folder / "writer.lock").open("a+", encoding="utf-8") as file:
        _acquire(file, place, wait_seconds or 0.0)
        file.truncate(0)
        file.write(_self())
        file.flush()
        lease = Lease(place, wait_seconds, pause)
        try:
            yield lease
        finally:
            lease.close()


@contextmanager
def lease(place: Place, *, wait_seconds: float | None = None) -> Iterator[None]:
    """Hold the right to write while inside, for what does nothing else.

    Raises LeaseHeldError when another run still holds it after waiting.
    """
    with open_lease(place, wait_seconds=wait_seconds) as held, held.turn():
        yield


def _acquire(file: TextIOWrapper, place: Place, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                file.seek(0)
                holder = file.read() or "another process"
                raise LeaseHeldError(
                    f"{holder} is writing to {place.folder}; wait for it, or give --wait"
                ) from None
            time.sleep(POLL_SECONDS)
        else:
            return


def _self() -> str:
    return f"process {os.getpid()} on {os.uname().nodename}"


def _key(run_id: str) -> int:
    """Return 31 bits of a run's name: what the second half of an advisory lock holds."""
    return crc32(run_id.encode()) >> 1
