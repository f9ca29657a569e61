"""The intake: what a run has read and refined and not yet committed, durable batch by batch.

It is a DuckDB file of its own beside the lake. A run that was killed leaves it behind; the next run of the
same source takes over what it yields again, so that nothing is fetched or refined twice.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from schemas.conform import conform
from schemas.intake import ARRIVALS, INTAKE, REFINED_TABLES, REFUSALS
from warehouse.create import declare_columns
from warehouse.place import Place

NAME = "intake"


def open_intake(con: duckdb.DuckDBPyConnection, place: Place, *, version: str) -> int:
    """Attach the intake; return how many documents an interrupted run left in it.

    `version` names the code, rules and parameters that refine: what another version refined is forgotten,
    what it received is kept and refined again.
    """
    con.execute(f"attach '{str(place.intake).replace(chr(39), chr(39) * 2)}' as {NAME}")
    con.execute(f"create table if not exists {NAME}.about (version varchar)")
    _bring_to_form(con)
    for name, table in INTAKE.items():
        con.execute(f"create table if not exists {NAME}.{name} ({declare_columns(table)})")
    con.execute(f"create table if not exists {NAME}.confirmed (document_id varchar)")
    con.execute("begin")
    if con.execute(f"select version from {NAME}.about").fetchall() != [(version,)]:
        for name in REFINED_TABLES:
            con.execute(f"delete from {NAME}.{name}")
        con.execute(f"delete from {NAME}.about")
        con.execute(f"insert into {NAME}.about values (?)", [version])
    con.execute(f"delete from {NAME}.confirmed")
    con.execute("commit")
    row = con.execute(f"select count(*) from {NAME}.arrivals").fetchone()
    return int(row[0]) if row else 0


def _bring_to_form(con: duckdb.DuckDBPyConnection) -> None:
    """Bring tables of another version to the columns of today, by name: what was fetched is not fetched again.

    What was refined is forgotten, since it is refined anew, and so is a table whose rows lack what they must have.
    """
    for name, table in INTAKE.items():
        stored = con.execute(
            "select column_name from duckdb_columns() where database_name = ? and table_name = ?",
            [NAME, name],
        ).fetchall()
        known = [row[0] for row in stored]
        if not known or known == list(table.columns):
            continue
        con.execute(f"delete from {NAME}.about")
        con.execute(f"create or replace table {NAME}.of_today ({declare_columns(table)})")
        lacking = [
            key for key, column in table.columns.items() if key not in known and not column.is_nullable
        ]
        if name == "arrivals" and lacking:  # what says that they are in must not outlive them
            con.execute(f"drop table if exists {NAME}.url_states")
        if name not in REFINED_TABLES and not lacking:
            kept = ", ".join(key for key in table.columns if key in known)
            con.execute(f"insert into {NAME}.of_today by name select {kept} from {NAME}.{name}")
        con.execute(f"drop table {NAME}.{name}")
        con.execute(f"alter table {NAME}.of_today rename to {name}")


def take_in(con: duckdb.DuckDBPyConnection, arrivals: pa.Table, refusals: pa.Table) -> tuple[pa.Table, int]:
    """Store a batch of documents; return those that still have to be refined, and how many the lake knows.

    A document whose bytes, place and carrier's words are known is passed over; it does not count as known where
    this run tries it again. `refusals` are those among `arrivals` that cannot be refined.
    """
    con.register("batch", conform(arrivals, ARRIVALS))
    known = _known(con)
    known_count = _without(known, _confirmed(con)).num_rows
    taken = con.sql(
        f"select document_id from {NAME}.arrivals semi join batch using (document_id)"
    ).to_arrow_table()
    fresh = _without(arrivals, known)
    new = _without(fresh, taken)
    con.register("fresh", fresh.select(["document_id"]))
    con.register("new", conform(new, ARRIVALS))
    con.execute("begin")
    con.execute(f"insert into {NAME}.arrivals select * from new")
    con.execute(
        f"insert into {NAME}.confirmed select document_id from fresh anti join {NAME}.confirmed using (document_id)"
    )
    con.register("refused", conform(refusals, REFUSALS))
    con.execute(f"insert into {NAME}.refusals select * from refused semi join new using (document_id)")
    con.execute("commit")
    done = con.sql(
        f"select document_id from fresh semi join (select document_id from {NAME}.refined"
        f" union all select document_id from {NAME}.refusals) using (document_id)"
    ).to_arrow_table()
    for name in ("batch", "fresh", "new", "refused"):
        con.unregister(name)
    return _without(fresh, done), known_count


def adopt(con: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> pa.Table:
    """Count what an interrupted run stored of these sources as taken in; return what is still to be refined."""
    con.register("adopted", pa.table({"source_id": pa.array(sources, pa.string())}))
    con.execute(
        f"insert into {NAME}.confirmed select document_id from {NAME}.arrivals semi join adopted using (source_id)"
        f" anti join documents using (document_id) anti join {NAME}.confirmed using (document_id)"
    )
    rows = con.sql(
        f"select * from {NAME}.arrivals semi join adopted using (source_id)"
        f" semi join {NAME}.confirmed using (document_id) anti join {NAME}.refined using (document_id)"
        f" anti join {NAME}.refusals using (document_id)"
    ).to_arrow_table()
    con.unregister("adopted")
    return rows


def put_refined(con: duckdb.DuckDBPyConnection, tables: dict[str, pa.Table]) -> None:
    """Store what refining gave, in one transaction."""
    con.execute("begin")
    for name in REFINED_TABLES:
        if tables[name].num_rows:
            con.register("rows", conform(tables[name], INTAKE[name]))
            con.execute(f"insert into {NAME}.{name} select * from rows")
            con.unregister("rows")
    con.execute("commit")


def clear_intake(con: duckdb.DuckDBPyConnection, place: Place, *, sources: Sequence[str]) -> None:
    """Forget what these sources left and what was committed; remove the file when nothing of others is in it."""
    con.register("finished", pa.table({"source_id": pa.array(sources, pa.string())}))
    mine = (
        f"select document_id from {NAME}.arrivals semi join finished using (source_id)"
        f" union all select document_id from {NAME}.confirmed"
    )
    con.execute("begin")
    for name in (*REFINED_TABLES, "arrivals"):
        con.execute(f"delete from {NAME}.{name} where document_id in ({mine})")
    con.execute(f"delete from {NAME}.url_states where source_id in (select source_id from finished)")
    con.execute(f"delete from {NAME}.robots_rules")
    con.execute("commit")
    con.unregister("finished")
    left = con.execute(
        f"select (select count(*) from {NAME}.arrivals) + (select count(*) from {NAME}.url_states)"
    ).fetchone()
    con.execute(f"detach {NAME}")
    if left == (0,):
        place.intake.unlink(missing_ok=True)
        place.intake.with_suffix(".duckdb.wal").unlink(missing_ok=True)


def _known(con: duckdb.DuckDBPyConnection) -> pa.Table:
    return con.sql("select document_id from documents semi join batch using (document_id)").to_arrow_table()


def _confirmed(con: duckdb.DuckDBPyConnection) -> pa.Table:
    return con.sql(
        f"select document_id from {NAME}.confirmed semi join batch using (document_id)"
    ).to_arrow_table()


def _without(rows: pa.Table, others: pa.Table) -> pa.Table:
    return rows.filter(pc.invert(pc.is_in(rows["document_id"], value_set=others["document_id"])))
