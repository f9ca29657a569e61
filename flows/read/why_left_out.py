"""Tells folders and files that lie among articles and are none: a warehouse, packages, what is hidden."""

import os
import re
from pathlib import Path

HIDDEN = "hidden"
LAKE_FILE = re.compile(r"ducklake-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-delete)?\.parquet")
"""What DuckLake calls the files of its tables: they hold rows of an older ingest, deleted ones too."""

PARTS_OF_A_PAGE = re.compile(
    "(.+)(?:[_.-](?:files|file|dateien|fichiers|archivos|bestanden|pliki|arquivos|ficheiros))", re.IGNORECASE
)
"""The folder of pictures, scripts and frames that browsers write beside a page."""


def why_left_out(folder: str, *, warehouse: Path | None) -> str | None:
    """Return why a folder below the one that was given is not read, or None where it is.

    `warehouse` is the folder that this run writes to; other warehouses are known by their catalog.
    """
    if is_warehouse(folder, warehouse=warehouse):
        return "a warehouse"
    name = os.path.basename(folder)  # noqa: PTH119 - a Path of each folder doubles the time of a walk
    if name.startswith("."):
        return HIDDEN
    if (parts := PARTS_OF_A_PAGE.fullmatch(name)) and any(
        os.path.lexists(f"{os.path.dirname(folder)}/{parts[1]}{ending}")  # noqa: PTH120 - as above
        for ending in (".html", ".htm", ".xhtml")
    ):
        return "parts of a saved page"
    if name == "node_modules":
        return "packages"
    return "a virtual environment" if os.path.lexists(f"{folder}/pyvenv.cfg") else None


def is_warehouse(folder: str, *, warehouse: Path | None) -> bool:
    """Return whether a folder holds a warehouse, or is the one that this run writes to."""
    if warehouse is not None and os.path.realpath(folder) == str(warehouse):
        return True
    return os.path.lexists(f"{folder}/catalog.sqlite") and os.path.isdir(f"{folder}/files")  # noqa: PTH112
