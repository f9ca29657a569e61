"""Ends a command when a signal asks for it: a run between two batches, anything else at once.

The state is the process's, as signals are. A second signal kills at once, as if nobody had listened.
Python hears a signal between two of its own steps only. A thread hears it at once, and breaks off the query that a
command waits for.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from copydesk.warehouse.interrupt import interrupt_all

SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})

ECHO_SECONDS = 0.5
"""The same signal again within so long is the same wish: `timeout` signals a command, and then its whole group."""

AGAIN_SECONDS = 0.1
"""How long a query that was broken off has to end, before what followed it is broken off as well."""


class Stopped(KeyboardInterrupt):
    """A signal asked for the end."""


@dataclass
class _State:
    """`asked_by` is the first signal that came; `is_gentle` within a run; `is_waiting` where a run does nothing.

    `is_beginning` while nothing is begun that would have to be ended.
    """

    asked_by: signal.Signals | None = None
    asked_at: float = 0.0
    is_beginning: bool = False
    is_over: bool = False
    has_stopped: bool = False
    is_gentle: bool = False
    is_waiting: bool = False


_state = _State()


@contextmanager
def listening() -> Iterator[None]:
    """Raise Stopped for the first signal that comes inside; what others had installed is there again afterwards."""
    global _state  # noqa: PLW0603 - a command begins anew
    _state = _State(is_beginning=True)
    with _installed(), _watched(_state):
        _state.is_beginning = False
        yield


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """Let a signal end the process on the spot, in one line: a command loads its modules."""
    _state.is_beginning = True
    try:
        yield
    finally:
        _state.is_beginning = False


@contextmanager
def gently() -> Iterator[None]:
    """Keep a signal that comes inside until `stop_here` or `waiting` is reached; in the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with _installed():
        _state.is_gentle = True
        try:
            yield
        finally:
            _state.is_gentle = False


def stop_here() -> None:
    """Raise Stopped if a signal has come: between two batches, where nothing is half done."""
    if _state.asked_by is not None:
        _stop()


@contextmanager
def waiting() -> Iterator[None]:
    """Let a signal end the wait inside at once; nothing is half done there."""
    _state.is_waiting = True
    try:
        stop_here()
        yield
    finally:
        _state.is_waiting = False


def said_of(number: signal.Signals) -> str:
    """Return what is said of a command that a signal has ended."""
    return f"stopped by {number.name}; run it again to go on"


def stopped_by() -> signal.Signals | None:
    """Return the signal that has ended the command; null where none did, or where it came too late to."""
    return _state.asked_by if _state.has_stopped else None


@contextmanager
def _installed() -> Iterator[None]:
    # What is ignored stays so: `nohup` asks for it.
    heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _hear) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _watched(state: _State) -> Iterator[None]:
    """Have a thread read the number of each signal as it comes, whatever the main thread is at."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    thread = threading.Thread(target=_watch, args=(state, reading), daemon=True)
    thread.start()
    try:
        yield
    finally:
        state.is_over = True
        signal.set_wakeup_fd(before)
        os.close(writing)
        thread.join()
        os.close(reading)


def _watch(state: _State, reading: int) -> None:
    """Break off queries from the first signal on, to the end; a second one that the main thread can't hear ends all."""
    first, heard_at = None, 0.0
    while numbers := os.read(reading, 1):
        number = numbers[0]
        if number not in SIGNALS:
            continue
        if first is None:
            first, heard_at = number, time.monotonic()
            threading.Thread(target=_break_off, args=(state,), daemon=True).start()
        elif state.asked_by is None and not _is_echo(number, first, heard_at):
            os._exit(128 + number)


def _break_off(state: _State) -> None:
    while not state.is_over:
        if not state.is_gentle:
            interrupt_all()
        time.sleep(AGAIN_SECONDS)


def _is_echo(number: int, first: int, first_at: float) -> bool:
    return number == first and time.monotonic() - first_at < ECHO_SECONDS


def _hear(number: int, _frame: FrameType | None) -> None:
    if _state.is_beginning:
        os.write(2, f"copydesk: {said_of(signal.Signals(number))}\n".encode())
        os._exit(128 + number)
    if _state.asked_by is not None:
        if _is_echo(number, _state.asked_by, _state.asked_at):
            return
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    _state.asked_at = time.monotonic()
    _state.asked_by = signal.Signals(number)
    if not _state.is_gentle:
        interrupt_all()  # DuckDB itself may have called, and would wait for threads of its own
    if _state.is_waiting or not _state.is_gentle:
        _stop()


def _stop() -> None:
    _state.has_stopped = True
    raise Stopped(_state.asked_by and _state.asked_by.name)
