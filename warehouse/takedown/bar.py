"""Keeps what was taken down from coming back: by hashes alone, wherever a document enters.

Addresses are compared as the page that they lead to: two spellings of one that normalising keeps apart would else
bring back what one of them was taken down for.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schemas.staged import STAGING
from copydesk.warehouse.register_tables import register_tables


def address_hash(column: str) -> str:
    """Return the SQL of the hash of an address: one for http and https, `www.`, forms for phones, a closing slash."""
    bare = rf"regexp_replace({column}, '^https?://((www|m|mobile|amp)\.)*', '')"
    return rf"sha256(regexp_replace({bare}, '/+([?#]|$)', '\1'))"


def is_barred_address(tombstones: str = f"{STAGING}.tombstones") -> str:
    """Return the SQL of whether `url` bears a tombstone; earlier ones are of its https form."""
    old = r"sha256(regexp_replace(url, '^http(://[^/:?#]+)([/?#]|$)', 'https\1\2'))"
    known = f"(select subject_hash from {tombstones} where kind = 'address')"
    return f"({address_hash('url')} in {known} or {old} in {known})"


def is_barred(tombstones: str = f"{STAGING}.tombstones") -> str:
    """Return the SQL of whether an arrival bears a tombstone, never null; what was blanked while it waited does."""
    marks = {"document": "document_id", "payload": "payload_sha256", "source": "sha256(source_id)"}
    tests = [
        f"('{kind}', {mark}) in (select kind, subject_hash from {tombstones})" for kind, mark in marks.items()
    ]
    return f"coalesce({' or '.join([*tests, is_barred_address(tombstones)])} or origin = '', false)"


def hold_tombstones(con: duckdb.DuckDBPyConnection) -> None:
    """Copy the tombstones of the lake to where the run looks them up; another machine may write some meanwhile."""
    con.execute(f"create or replace table {STAGING}.tombstones as select kind, subject_hash from tombstones")


def has_tombstones(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether anything was ever taken down."""
    return bool(con.execute(f"select 1 from {STAGING}.tombstones limit 1").fetchall())


def leave_out_barred(con: duckdb.DuckDBPyConnection, arrivals: pa.Table) -> pa.Table:
    """Return the arrivals that may come in."""
    if not has_tombstones(con):
        return arrivals
    with register_tables(
        con, asking=arrivals.select(["document_id", "source_id", "payload_sha256", "url", "origin"])
    ):
        barred = con.execute(f"select document_id from asking where {is_barred()}").to_arrow_table()
    return arrivals.filter(pc.invert(pc.is_in(arrivals["document_id"], value_set=barred["document_id"])))


def leave_out_states(con: duckdb.DuckDBPyConnection, states: pa.Table) -> pa.Table:
    """Return the states of addresses that may be remembered."""
    if "url" not in states.column_names or not has_tombstones(con):
        return states
    with register_tables(con, asking=states):
        kept = con.execute(f"from asking where not {is_barred_address()}").to_arrow_table()
    return kept.cast(states.schema)


def barred_addresses(con: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> list[str]:
    """Return those of some addresses that must not be asked for."""
    if not has_tombstones(con):
        return []
    rows = con.execute(
        f"select url from (select unnest($urls) as url) where {is_barred_address()}",
        {"urls": list(urls)},
    ).fetchall()
    return [url for (url,) in rows]


def bar_portion(con: duckdb.DuckDBPyConnection) -> None:
    """Take out of the portion what was taken down, also since it was taken in, and whatever address it came by."""
    hold_tombstones(con)
    if not has_tombstones(con):
        return
    con.execute(
        f"insert into {STAGING}.barred select document_id from {STAGING}.refined"
        f" semi join {STAGING}.portion using (document_id)"
        f" where ('article', article_id) in (from {STAGING}.tombstones)"
    )
    con.execute(
        f"insert into {STAGING}.barred select document_id from {STAGING}.arrivals where {is_barred()}"
    )
    for table in ("portion", "taken"):
        con.execute(f"delete from {STAGING}.{table} where document_id in (from {STAGING}.barred)")


def barred_sources(con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[str]:
    """Return those of some sources that were taken down."""
    rows = con.execute(
        "select name from (select unnest($names) as name)"
        f" where ('source', sha256(name)) in (from {STAGING}.tombstones)",
        {"names": list(names)},
    ).fetchall()
    return [name for (name,) in rows]
