"""Reads the numbered migrations: what takes a warehouse of an earlier form to the next one."""

from dataclasses import dataclass
from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"

FIRST_FORM = 1
"""The form of release 0.1.0, whose warehouses bear no number."""


@dataclass(frozen=True, slots=True)
class Migration:
    """The step to the form `number`: its name, its first comment, and its statements."""

    number: int
    name: str
    comment: str
    sql: str


def read_migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """Return the migrations of a folder (`0002_what_it_does.sql`) in order, without a gap."""
    found = [_read(file) for file in sorted(folder.glob("[0-9]*_*.sql"))]
    numbers = [each.number for each in found]
    if numbers != list(range(FIRST_FORM + 1, FIRST_FORM + 1 + len(found))):
        raise ValueError(f"{folder}: migrations are numbered {numbers}, expected no gap from 2 on")
    return found


def newest_form(migrations: list[Migration]) -> int:
    """Return the number of the form that the migrations lead to."""
    return migrations[-1].number if migrations else FIRST_FORM


def told_migrations(taken: list[Migration]) -> tuple[str, ...]:
    """Return the line that tells which migrations a warehouse has had, if any."""
    if not taken:
        return ()
    names = ", ".join(f"{each.number} ({each.name.replace('_', ' ')})" for each in taken)
    return (f"the warehouse was brought to form {taken[-1].number} by migration {names}",)


def _read(file: Path) -> Migration:
    number, _, name = file.stem.partition("_")
    sql = file.read_text("utf-8")
    comment = [line.removeprefix("--").strip() for line in sql.splitlines() if line.startswith("--")]
    return Migration(int(number), name, " ".join(comment), sql)
