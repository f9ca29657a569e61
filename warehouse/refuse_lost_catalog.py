"""Refuses a catalog that is gone, before anything is written over what it led to.

The file is looked at from outside only: closing it would drop the locks that DuckDB's own SQLite may hold on it in
another thread (POSIX locks belong to the process). What is wrong inside is told by the attach, which writes nothing.
"""

from warehouse.find_traces import find_traces
from warehouse.place import Place


class DamagedWarehouseError(RuntimeError):
    """A part of the warehouse is gone or damaged which no run can make anew; says which, and what to do."""


def refuse_lost_catalog(place: Place) -> None:
    """Raise DamagedWarehouseError where the embedded catalog is gone while its files are there.

    A folder without rows passes, also with the empty file that a run leaves when it dies at its start.
    """
    if place.catalog:
        return
    file = place.sqlite
    if file.exists() and not file.is_file():
        raise lost_catalog(place, "is no file")
    if not place.is_created and (traces := find_traces(place)):
        fault = "is empty" if file.exists() else "is missing"
        raise lost_catalog(place, f"{fault}, while {', '.join(traces)} stand beside it")


def lost_catalog(place: Place, fault: str) -> DamagedWarehouseError:
    """Return the error that names the catalog's fault and the way back."""
    where = "the catalog's database" if place.catalog else str(place.sqlite)
    return DamagedWarehouseError(
        f"{where} {fault}. Nothing was changed. Restore it from a backup that is as old as the data files;"
        f" to begin anew, move {place.folder} away"
    )
