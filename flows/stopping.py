"""Ends a command when a signal asks for it: a run between two batches, anything else at once.

The state is the process's, as signals are. A second signal kills at once, as if nobody had listened.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


class Stopped(KeyboardInterrupt):
    """A signal asked for the end."""


@dataclass
class _State:
    """`asked_by` is the first signal that came; `is_gentle` within a run; `is_waiting` where a run does nothing."""

    asked_by: signal.Signals | None = None
    has_stopped: bool = False
    is_gentle: bool = False
    is_waiting: bool = False


_state = _State()


@contextmanager
def listening() -> Iterator[None]:
    """Raise Stopped for the first signal that comes inside; what others had installed is there again afterwards."""
    global _state  # noqa: PLW0603 - a command begins anew
    _state = _State()
    with _installed():
        yield


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


def _hear(number: int, _frame: FrameType | None) -> None:
    if _state.asked_by is not None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    _state.asked_by = signal.Signals(number)
    if _state.is_waiting or not _state.is_gentle:
        _stop()


def _stop() -> None:
    _state.has_stopped = True
    raise Stopped(_state.asked_by and _state.asked_by.name)
