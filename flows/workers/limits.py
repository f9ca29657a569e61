"""What a worker process may use, and how it puts the limits on itself."""

import ctypes
import resource
import signal
import sys
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one worker. `document_seconds` holds for a document on its own, as for a batch's slowest."""

    document_seconds: float = 10.0
    batch_row_seconds: float = 0.25
    memory_bytes: int = 2 * 2**30

    def batch_seconds(self, rows: int) -> float:
        """Return the time that a batch may take: one slow document and an ordinary time for the others."""
        return self.document_seconds + self.batch_row_seconds * (rows - 1)


def limit_process(memory_bytes: int) -> None:
    """Cap the private memory of this process, and let it die with the one that started it."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent takes the keyboard's interrupt and ends us
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
