"""The one place that knows of numba."""

from collections.abc import Callable
from functools import cache
from typing import Any

from numba import njit


@cache
def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile the function on its first call, and keep the machine code where a folder can be written.

    numba keeps it beside the module, else in the user's cache folder, or in NUMBA_CACHE_DIR; where it can
    write nowhere, each process compiles anew.
    """
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)
