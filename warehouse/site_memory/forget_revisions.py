"""Lets site memory forget revisions that go, and tells what must be judged again without them."""

from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from copydesk.warehouse.site_memory.keys import NO_KEYS, remove_keys
from copydesk.warehouse.site_memory.sightings import remove_sightings


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was known of revisions that are gone: lines that were seen in them, and a table of their keys (key_hash)."""

    lines: tuple[int, ...] = ()
    keys: pa.Table = field(default_factory=lambda: NO_KEYS)


NOTHING = Forgotten()


def forget_revisions(con: duckdb.DuckDBPyConnection, revision_ids: list[str]) -> Forgotten:
    """Remove the sightings and keys of revisions; return what to settle again once they are gone or written anew."""
    return Forgotten(tuple(remove_sightings(con, revision_ids)), remove_keys(con, revision_ids))
