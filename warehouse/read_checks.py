"""Gathers the checks that are said in SQL: ours, and those of a newsroom's own folders."""

from collections.abc import Iterable
from pathlib import Path

from warehouse.check_result import Check
from warehouse.read_check import BadCheckError, read_check

CHECKS = Path(__file__).parent / "checks"


def read_checks(folders: Iterable[Path] = ()) -> list[Check]:
    """Return all checks by name; one in a given folder takes the place of ours of the same name.

    Raises BadCheckError for a folder that does not exist or a file that cannot be used.
    """
    found = {file.stem: read_check(file) for file in sorted(CHECKS.glob("*.sql"))}
    for folder in folders:
        if not folder.is_dir():
            raise BadCheckError(f"{folder}: no such folder of checks")
        for file in sorted(folder.glob("*.sql")):
            found[file.stem] = read_check(file, origin=str(file))
    return [found[name] for name in sorted(found)]
