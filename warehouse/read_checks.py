"""Reads the checks that are said in SQL: ours, and those of a newsroom's own folders.

A file gives the law, its severity and threshold, and the SELECT that finds offenders.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.run_check import Check

CHECKS = Path(__file__).parent / "checks"
SEVERITIES = ("error", "warn")
KEY = re.compile(r"(severity|threshold):\s*(\S+)")


def read_checks(folders: Iterable[Path] = ()) -> list[Check]:
    """Return all checks by name; one in a given folder takes the place of ours of the same name.

    Raises UserError for a folder that does not exist or a file that cannot be used.
    """
    found = {file.stem: read_check(file) for file in sorted(CHECKS.glob("*.sql"))}
    for folder in folders:
        if not folder.is_dir():
            raise UserError(f"{folder}: no such folder of checks")
        for file in sorted(folder.glob("*.sql")):
            found[file.stem] = read_check(file, origin=str(file))
    return [found[name] for name in sorted(found)]


def read_check(file: Path, *, origin: str = "packaged") -> Check:
    """Return the check of an SQL file.

    The leading comment lines hold the law; among them may stand `severity: error` or `warn` and
    `threshold: <number>`, each with a remark after it. Raises UserError for anything else.
    """
    comments, sql = _split(file)
    keys: dict[str, str] = {match[1]: match[2] for match in map(KEY.match, comments) if match}
    law = " ".join(line for line in comments if not KEY.match(line)).strip()
    severity = keys.get("severity", "error")
    if not law:
        raise UserError(f"{file}: its first comment must say the law, as in `-- Every body has words.`")
    if severity not in SEVERITIES:
        raise UserError(f"{file}: severity is {severity!r}, expected error or warn")
    if not sql:
        raise UserError(f"{file}: no SELECT below the comments")
    return Check(file.stem, law, severity, sql, _number(file, keys.get("threshold")), origin)


def _split(file: Path) -> tuple[list[str], str]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: cannot be read: {error}") from error
    count = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    comments = [line.removeprefix("--").strip() for line in lines[:count]]
    return comments, "\n".join(lines[count:]).strip().rstrip(";").strip()


def _number(file: Path, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        raise UserError(f"{file}: threshold is {text!r}, expected a number") from None
