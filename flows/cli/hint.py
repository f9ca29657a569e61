"""Writes commands that a person can paste: under the path that they called, with the warehouse that they gave."""

import re
import shlex
import shutil
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.flows.settings import Settings

OF_A_WAREHOUSE = frozenset(
    {"ingest", "check", "runs", "migrate", "quarantine", "sql", "replay", "report", "show"}
)
"""Commands that take -w."""

_COMMAND = re.compile(r"`copydesk ([a-z][^`]*)`")


def hint(settings: "Settings", *words: str) -> str:
    """Return a command as it works in the shell that this one was called in."""
    from copydesk.flows.settings import Settings

    given = ["-w", str(settings.warehouse)] if settings.warehouse != Settings().warehouse else []
    return " ".join(
        [called_as(), *(f'"{word}"' if " " in word else shlex.quote(word) for word in [*words, *given])]
    )


def pasteable(text: str) -> str:
    """Return a message with the commands in it (`copydesk check`) as they work in this shell."""
    given = _given_warehouse()

    def command(found: re.Match[str]) -> str:
        takes = given if found[1].split()[0] in OF_A_WAREHOUSE else []
        return f"`{' '.join([called_as(), found[1], *map(shlex.quote, takes)])}`"

    return _COMMAND.sub(command, text)


def _given_warehouse() -> list[str]:
    """Return -w and its folder as they stand on the command line; nothing where it is not given."""
    words = sys.argv[1:]
    for name, value in pairwise(words):
        if name in {"-w", "--warehouse"}:
            return ["-w", value]
    joined = next((word for word in words if word.startswith("--warehouse=")), None)
    return ["-w", joined.partition("=")[2]] if joined else []


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
