"""One transaction over all tables: a reader sees a run whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import duckdb

from copydesk.warehouse.attach import CATALOG


@contextmanager
def transaction(
    con: duckdb.DuckDBPyConnection, *, run_id: str, flow: str, assure: Callable[[], None]
) -> Iterator[None]:
    """Commit what is written inside as one snapshot that bears the run's name; nothing of it on an error.

    `assure` raises where the lease was lost meanwhile.

    The error that leaves is the first one: a commit that failed has ended the transaction already, and rolling
    back then fails as well.
    """
    con.execute("begin")
    try:
        yield
        con.execute(
            f"call {CATALOG}.set_commit_message('copydesk', ?, extra_info => ?)",
            [flow, f'{{"run_id": "{run_id}"}}'],
        )
        assure()
        con.execute("commit")
    except BaseException:
        with suppress(duckdb.Error):
            con.execute("rollback")
        raise
