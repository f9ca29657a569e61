"""The lease: one writing flow at a time. The kernel takes it back from a killed process at once."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from warehouse.place import Place

POLL_SECONDS = 0.2


class LeaseHeldError(RuntimeError):
    """Another run is writing to this warehouse."""


@contextmanager
def lease(place: Place, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the right to write while inside.

    Raises LeaseHeldError when another run still holds it after waiting.
    """
    place.folder.mkdir(parents=True, exist_ok=True)
    with (place.folder / "writer.lock").open("a+", encoding="utf-8") as file:
        _acquire(file, place, wait_seconds)
        file.truncate(0)
        file.write(f"process {os.getpid()} on {os.uname().nodename}")
        file.flush()
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
