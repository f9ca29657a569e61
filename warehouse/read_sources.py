"""Reads what the warehouse knows of its sources."""

from warehouse.attach import NoWarehouseError
from warehouse.connect import connect_any_form
from warehouse.place import Place


def read_source_paths(place: Place) -> dict[str, str]:
    """Return the folder of every known source on disk by its name; empty where there is no warehouse yet."""
    try:
        con = connect_any_form(place)
    except NoWarehouseError:
        return {}
    with con:
        tables = con.sql("select table_name from duckdb_tables() where table_name = 'sources'").fetchall()
        if not tables:
            return {}
        return dict(con.sql("select source_id, path from sources where path is not null").fetchall())
