"""Writes databases anew without what they have let go of: side files, an embedded catalog, a catalog's tables."""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb

from copydesk.warehouse.open_beside import DATABASE, SCHEMA, ask_server, open_database
from copydesk.warehouse.quoted import quoted

LOCK_SECONDS = 10
"""A table is left for the next time that others read for longer: who came after us would wait behind us."""


def vacuum(file: Path) -> None:
    """Write an SQLite file anew, without what it has deleted, and empty its log."""
    if not file.is_file() or not file.stat().st_size:
        return
    with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as db:
        db.execute("pragma secure_delete = on")
        db.execute("vacuum")
        db.execute("pragma wal_checkpoint(truncate)")


def vacuum_server(catalog: str) -> bool:
    """Write the tables of a catalog on a server anew, also the ledger and what the server has sampled of their values.

    Return whether none had to be left as it is.
    """
    left = 0
    with open_database(_impatient(catalog)) as con:
        tables = ask_server(
            con,
            "select format('%I.%I', schemaname, tablename) from pg_tables"
            f" where schemaname = '{SCHEMA}' or tablename like 'ducklake\\_%'",
        )
        con.execute("rollback")
        for table in (*(table for (table,) in tables), "pg_catalog.pg_statistic"):
            try:
                anew = quoted(f"vacuum (full, analyze) {table}")
                con.execute(f"call postgres_execute('{DATABASE}', {anew}, use_transaction => false)")
            except duckdb.Error as error:
                if "lock timeout" not in str(error):
                    raise
                left += 1
    return not left


def _impatient(catalog: str) -> str:
    """Return a connection string whose sessions wait for a lock so long at most."""
    if "://" in catalog:
        return f"{catalog}{'&' if '?' in catalog else '?'}options=-c%20lock_timeout%3D{LOCK_SECONDS}s"
    return f"{catalog} options='-c lock_timeout={LOCK_SECONDS}s'"
