"""Makes the rights of files bind, also where the tests run as root."""

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PR_CAPBSET_DROP = 24  # prctl(2)
VERSION_3 = 0x20080522  # capget(2)
DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER = 1, 2, 3  # capabilities(7)


def unprivileged() -> None:
    """Drop, in a child, the capabilities that pass over the rights of files: its own, and those of a program it starts."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        head, sets = (ctypes.c_uint32 * 2)(VERSION_3, 0), (ctypes.c_uint32 * 6)()
        libc.capget(head, sets)
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
            for place in range(3):  # effective, permitted, inheritable
                sets[place] &= ~(1 << capability)
        libc.capset(head, sets)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take every write permission below a folder away for a while; skip where that binds nobody."""
    parts = [folder, *folder.rglob("*")]
    modes = {part: part.stat().st_mode for part in parts}
    for part, mode in modes.items():
        part.chmod(mode & ~0o222)
    try:
        done = subprocess.run(["test", "-w", str(folder)], preexec_fn=unprivileged, check=False)
        if done.returncode != 1:
            pytest.skip("this process may write anywhere and cannot give that up (no CAP_SETPCAP)")
        yield
    finally:
        for part, mode in modes.items():
            part.chmod(mode)
