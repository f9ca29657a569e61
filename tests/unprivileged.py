"""Makes a child process one that the rights of files hold for, also where the tests run as root."""

import ctypes
import os

PR_CAPBSET_DROP = 24  # prctl(2)
DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER = 1, 2, 3  # capabilities(7)


def unprivileged() -> None:
    """Drop, before the child's program starts, the capabilities that pass over the rights of files."""
    if os.geteuid() == 0:
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER):
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
