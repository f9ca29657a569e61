"""Imported by the process that workers are forked from: loads once what the first document of each would load."""

import atexit
import gc
import pickle
import sys
from contextlib import suppress
from multiprocessing import forkserver, spawn
from pathlib import Path
from types import TracebackType
from typing import Any

GONE = (EOFError, BrokenPipeError, ConnectionResetError, pickle.UnpicklingError)


def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show what ends a process, unless it is that the command is gone which had asked for it."""
    if not issubclass(kind, GONE):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = tell


@atexit.register
def leave_nothing() -> None:
    """Remove the socket that workers are asked for by, and its folder: a command that was killed has left both."""
    server: Any = forkserver
    with suppress(OSError, TypeError):
        socket = Path(server._forkserver._forkserver_address)  # noqa: SLF001 - Python says it nowhere else
        socket.unlink()
        socket.parent.rmdir()


# A worker does what modules name. That of the command, Prefect's or somebody's script is not its business: to run it
# again costs .1 to 3 s a worker, and one without a guard would begin the same work anew.
for fixup in ("_fixup_main_from_name", "_fixup_main_from_path"):
    setattr(spawn, fixup, lambda _: None)

gc.disable()  # nothing of what is loaded goes again, and looking for what does takes a tenth of this
with suppress(Exception):  # a full disk, for one: the worker that tries again says so
    from copydesk.flows.workers.keep_compiled import kept_methods

    with kept_methods():
        import pyarrow as pa

        from copydesk.flows.workers.refine_task import warm_up

        # Arrow's own allocator sets a gigabyte aside at once, which counts against the limit of workers forked here.
        pa.set_memory_pool(pa.system_memory_pool())
        warm_up()
gc.enable()
