"""Reads a file of SQL that begins with a comment: what it gives, what law it holds, or what it does."""

from pathlib import Path


def read_sql(file: Path) -> tuple[list[str], str]:
    """Return the lines of the first comment, and the statements below it without the last semicolon."""
    lines = file.read_text("utf-8").splitlines()
    count = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    comment = [line.removeprefix("--").strip() for line in lines[:count]]
    return comment, "\n".join(lines[count:]).strip().rstrip(";").strip()
