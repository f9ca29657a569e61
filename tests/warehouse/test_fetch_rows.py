"""Rows of a lake's table by their ids, read from its files."""

import pyarrow as pa
from empty_warehouse import empty_warehouse

from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.copies.wordings import read_wordings
from copydesk.warehouse.fetch_rows import fetch_rows
from copydesk.warehouse.place import Place


def test_the_lake_gives_the_same_rows(place: Place) -> None:
    """Rows fetched from the lake's files are those of a query, through updates, renamed columns and old row groups."""
    con = connect_writer(empty_warehouse(place.folder))
    con.execute(
        "call lake.set_option('parquet_row_group_size', 2048, schema => 'main', table_name => 'articles')"
    )
    con.execute("alter table articles rename column origin to place")
    con.execute("alter table articles drop column external_id")
    names = TABLES["articles"].columns.keys() - {"article_id", "origin", "external_id"}
    blank = ", ".join(
        f"timestamptz '2026-03-01' as {name}" if name.endswith("_at") else f"'x' as {name}"
        for name in sorted(names)
    )
    con.execute(
        "insert into articles by name"
        f" select lpad(range::text, 20, '0') as article_id, 'x' as place, {blank} from range(9000)"
    )
    con.execute("update articles set site = 'moved' where article_id like '%77'")
    con.execute("alter table articles rename column place to origin")
    con.execute("alter table articles add column external_id varchar")
    con.execute("begin")
    con.execute(
        f"insert into articles by name select 'late' as article_id, 'y' as origin, 'z' as external_id, {blank}"
    )
    wanted = [f"{name:020}" for name in (3, 77, 2047, 2048, 8877, 8999, 12345)]
    rows = fetch_rows(
        con,
        "articles",
        pa.table({"article_id": [*wanted, "late"]}),
        ["article_id", "site", "origin", "external_id"],
    )
    expected = con.execute(
        "select article_id, site, origin, external_id from articles where article_id in (select unnest(?))",
        [[*wanted, "late"]],
    ).fetchall()
    con.execute("rollback")
    assert sorted(map(str, expected)) == sorted(str(tuple(row.values())) for row in rows.to_pylist())
    assert len(expected) == 7
    assert read_wordings(con, wanted).num_rows == 0
    con.close()
