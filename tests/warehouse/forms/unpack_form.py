"""Gives the stored warehouses of earlier forms, and runs the command over them."""

import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

from warehouse.place import Place


def unpack(form: Path, folder: Path) -> Place:
    """Unpack a stored warehouse as if it had been made here."""
    with tarfile.open(form) as archive:
        archive.extractall(folder, filter="data")
    place = Place(folder / "warehouse")
    with closing(sqlite3.connect(place.sqlite)) as db, db:
        db.execute("update ducklake_metadata set value = ? where key = 'data_path'", [f"{place.data_path}/"])
    return place


def copydesk(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.cli.main", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
