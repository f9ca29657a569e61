"""Gives the stored warehouses of earlier forms."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

from copydesk.warehouse.place import Place


def unpack(form: Path, folder: Path) -> Place:
    """Unpack a stored warehouse as if it had been made here."""
    with tarfile.open(form) as archive:
        archive.extractall(folder, filter="data")
    place = Place(folder / "warehouse")
    with closing(sqlite3.connect(place.sqlite)) as db, db:
        db.execute("update ducklake_metadata set value = ? where key = 'data_path'", [f"{place.data_path}/"])
    return place
