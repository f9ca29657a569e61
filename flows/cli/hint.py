"""Writes commands that a person can paste: under the path that they called, with the warehouse that they gave."""

import re
import shlex
import shutil
import sys
from itertools import pairwise
from pathlib import Path

OF_A_WAREHOUSE = frozenset(
    {"ingest", "check", "runs", "migrate", "quarantine", "sql", "replay", "report", "show"}
)
"""Commands that take -w."""

_COMMAND = re.compile(r"`copydesk ([a-z][^`]*)`")


def hint(*words: str) -> str:
    """Return a command as it works in the shell that this one was called in."""
    words = (*words, *_given_warehouse())
    return " ".join([called_as(), *(f'"{word}"' if " " in word else shlex.quote(word) for word in words)])


def pasteable(text: str) -> str:
    """Return a message with the commands in it (`copydesk check`) as they work in this shell."""
    given = _given_warehouse()

    def command(found: re.Match[str]) -> str:
        takes = given if found[1].split()[0] in OF_A_WAREHOUSE else []
        return f"`{' '.join([called_as(), found[1], *map(shlex.quote, takes)])}`"

    return _COMMAND.sub(command, text)


def _given_warehouse() -> list[str]:
    """Return -w and its folder as they stand on the command line; nothing where it is not given."""
    for word, following in pairwise([*sys.argv[1:], ""]):
        if word in {"-w", "--warehouse"}:
            return ["-w", following]
        if found := re.match("(?:--warehouse=|-w)(.+)", word):
            return ["-w", found[1]]
    return []


def called_as() -> str:
    """Return how this command was called: by its name where the shell finds it, else by its path."""
    path = Path(sys.argv[0] or "copydesk")
    if path.suffix == ".py":
        return "python -m copydesk"
    found = shutil.which(path.name)
    if path.name == str(path) or (found and Path(found).resolve() == path.resolve()):
        return path.name
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
