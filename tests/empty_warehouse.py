"""An empty warehouse in the form of today, copied from one that was made once: defining all tables takes half a second.

Its first run seals its files.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from copydesk.warehouse.connect import connect_writer
from copydesk.warehouse.create import create
from copydesk.warehouse.place import Place
from copydesk.warehouse.seal_files import begin_seals


def empty_warehouse(folder: Path) -> Place:
    """Put an empty warehouse into a folder, unless one stands there."""
    place = Place(folder)
    if not place.is_created:
        shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return place


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="empty-warehouse-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with connect_writer(Place(folder)) as con:
        begin_seals(con, Place(folder))
        create(con)
    return folder
