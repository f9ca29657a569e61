"""The inside of a worker process: does one piece of work after the other and says how far it has come."""

import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Any

from copydesk.flows.workers.limits import Limits, limit_process, start_clock, stop_clock
from copydesk.schemas.enums import Step

STEPS = tuple(Step)
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker does first: it limits itself and calls `initializer(*arguments)`, on no document's account."""

    limits: Limits
    initializer: Callable[..., None] | None = None
    arguments: tuple[Any, ...] = ()


class Progress:
    """To which step of which row a worker has come, in memory that its parent sees."""

    def __init__(self, context: ForkServerContext | SpawnContext) -> None:
        self._place = context.RawArray("q", [NOWHERE, 0])

    def clear(self) -> None:
        """Begin anew."""
        self._place[0] = NOWHERE

    def note(self, row: int, step: str) -> None:
        """Come to a step."""
        self._place[:] = [row, STEPS.index(step)]

    @property
    def row(self) -> int | None:
        """The row; null before the first."""
        return None if self._place[0] == NOWHERE else self._place[0]

    @property
    def step(self) -> str | None:
        """The step of the row."""
        return None if self._place[0] == NOWHERE else STEPS[self._place[1]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a piece of work: its value, or the exception that ended it."""

    value: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class _Inside:
    """What the process knows of itself: the way to its parent, its limits, and the row whose time it spends."""

    connection: Connection
    limits: Limits
    progress: Progress


_inside: list[_Inside] = []


def begin_step(row: int, step: str) -> None:
    """Say that this worker comes to a step of a row; with each new row the clock starts anew.

    Outside of a worker nothing happens.
    """
    for inside in _inside:
        if inside.progress.row != row:
            start_clock(inside.limits)
        inside.progress.note(row, step)


def do_work(connection: Connection, setup: Setup, progress: Progress) -> None:
    """Prepare, then work until the parent is gone; end as soon as memory has run out."""
    limit_process(setup.limits.memory_bytes)
    answer = _call(setup.initializer or _nothing, setup.arguments)
    inside = _Inside(connection, setup.limits, progress)
    _inside[:] = [inside]
    while _send(connection, answer) and not isinstance(answer.error, MemoryError):
        answer = _work_on_next(inside)


def _work_on_next(inside: _Inside) -> Answer:
    try:
        function, arguments = inside.connection.recv()
    except EOFError:
        raise SystemExit from None
    except MemoryError as error:  # the documents alone are too much
        return Answer(error=error)
    inside.progress.clear()
    start_clock(inside.limits)
    answer = _call(function, arguments)
    stop_clock()
    return answer


def _call(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Answer:
    try:
        return Answer(function(*arguments))
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return Answer(error=_portable(error))


def _portable(error: Exception) -> Exception:
    """Return an exception that survives the way to the parent and tells there where it arose."""
    if isinstance(error, MemoryError):
        return MemoryError()  # without the frames that hold the memory
    told = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever its class does on the way
        return RuntimeError(told)
    error.add_note(told)
    return error


def _send(connection: Connection, answer: Answer) -> bool:
    """Send an answer, or why it cannot be sent; return whether the parent is still there."""
    try:
        connection.send(answer)
    except OSError:
        return False
    except Exception as error:  # noqa: BLE001 - a result that cannot be pickled, or not in this memory
        connection.send(Answer(error=_portable(error)))
    return True


def _nothing() -> None:
    """Prepare nothing."""
