"""DuckDB as the tests use it in their own process: a small warehouse then costs a quarter of the processor time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import duckdb
import pyarrow as pa
import pytest

KEPT = {"expression_rewriter", "filter_pushdown", "unused_columns"}
"""Optimizers that decide what is read of tables and files. The others take a sixth of an ingest of a few texts."""

SMALL: dict[str, Any] = {}


@contextmanager
def small_databases() -> Iterator[None]:
    """Use one thread and hardly optimize: on a few rows both cost more than the work itself.

    Nobody has pandas here, for which DuckDB looks along the whole path at each table that it is given (.06 s of an ingest).
    Commands in processes of their own have DuckDB as it comes, and so have the laws of order (`whole_databases`).
    """
    names = {name for (name,) in duckdb.sql("select name from duckdb_optimizers()").fetchall()}
    SMALL.update(threads=1, disabled_optimizers=",".join(sorted(names - KEPT)))
    connect = duckdb.connect

    @wraps(connect)
    def small(database: str = ":memory:", *, read_only: bool = False, config: dict[str, Any] | None = None):
        return connect(database, read_only=read_only, config={**SMALL, **(config or {})})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", small)
        pa.array([])  # looks once, and would take nothing for pandas
        patch.setitem(sys.modules, "pandas", None)
        yield


@contextmanager
def whole_databases() -> Iterator[None]:
    """Give DuckDB as many threads as there are processors, whatever order they bring rows in, and all that it plans with."""
    with pytest.MonkeyPatch.context() as patch:
        for name in tuple(SMALL):
            patch.delitem(SMALL, name)
        yield
