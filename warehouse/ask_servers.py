"""Asks the servers of a warehouse whether they answer: the catalog's, and the one that stores its files."""

import re
from contextlib import closing

import duckdb

from copydesk.warehouse.load_extension import is_packaged
from copydesk.warehouse.object_storage import open_storage, try_storage
from copydesk.warehouse.open_beside import open_database
from copydesk.warehouse.place import Place

PASSING = re.compile(
    r"connection refused|connection reset|closed the connection|connection timed out|timeout expired|starting up"
    r"|shutting down|recovery mode|too many clients|connection slots|no route to host|network is unreachable"
    r"|temporary failure in name|could not (?:connect|resolve)|HTTP 5\d\d|SSL connection has been",
    re.IGNORECASE,
)
"""What libpq and DuckDB say of a server that is being started anew, is overrun, or cannot be reached just now."""


def ask_servers(place: Place) -> None:
    """Ask each server once. Raises what it says, or what the net says of it; UserError for a wrong bucket or keys."""
    if place.catalog:
        with open_database(place.catalog):
            pass
    if place.is_remote:
        are_packaged = all(map(is_packaged, place.storage.extensions))
        with closing(duckdb.connect(config={"allow_unsigned_extensions": are_packaged})) as con:
            open_storage(con, place.storage, place.files)
            try_storage(con, place.files)


def is_passing(error: Exception) -> bool:
    """Return whether a server may answer in a while."""
    return isinstance(error, duckdb.Error) and bool(PASSING.search(str(error)))
