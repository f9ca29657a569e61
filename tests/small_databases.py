"""DuckDB as the tests use it in their own process: a small warehouse then costs a third of the processor time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import duckdb
import pytest

SMALL: dict[str, Any] = {"threads": 1}


@contextmanager
def small_databases() -> Iterator[None]:
    """Use one thread: several wait for each other longer than they work on a few rows.

    Commands in processes of their own have all threads, and so have the laws of order (`all_threads`).
    """
    connect = duckdb.connect

    @wraps(connect)
    def small(database: str = ":memory:", *, read_only: bool = False, config: dict[str, Any] | None = None):
        return connect(database, read_only=read_only, config={**SMALL, **(config or {})})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", small)
        yield


@contextmanager
def all_threads() -> Iterator[None]:
    """Give DuckDB as many threads as there are processors, whatever order they bring rows in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(SMALL, "threads")
        yield
