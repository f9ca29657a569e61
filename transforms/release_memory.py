"""Give memory that is free back to the system, between one step that holds much and the next.

Enters: nothing. Leaves: nothing. No result hangs on it: it stands here as what lays a window out calls it midway.
"""

import ctypes
from contextlib import suppress

import pyarrow as pa


def release_memory() -> None:
    """Empty the allocators' stores: what lies free in them between two steps adds to what the next one takes."""
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError, OSError):  # the C library of GNU has it
        ctypes.CDLL(None).malloc_trim(0)
