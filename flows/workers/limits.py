"""What a worker process may use, and how it puts the limits on itself."""

import ctypes
import resource
import signal
import sys
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1  # prctl(2)

WALL_FACTOR = 10
"""A document that waits and never ends has this many times its processor time on the clock on the wall."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one worker. `document_seconds` is processor time: a busy machine makes no document late."""

    document_seconds: float = 10.0
    memory_bytes: int = 2 * 2**30

    @property
    def wall_seconds(self) -> float:
        """The time that a document may take, however little of it is spent computing."""
        return WALL_FACTOR * self.document_seconds


def limit_process(memory_bytes: int) -> None:
    """Cap the private memory of this process, and let it die with the one that started it."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent takes the keyboard's interrupt and ends us
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def start_clock(limits: Limits) -> None:
    """Give this process the time of one document from now on; once it is over, the kernel ends the process.

    SIGPROF and SIGALRM need no handler of ours for that, so they end a loop inside C code too.
    """
    signal.setitimer(signal.ITIMER_PROF, limits.document_seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)


def stop_clock() -> None:
    """Take the time limits off."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
