"""Writes commands that a person can paste: under the path that they called, with the warehouse that they gave."""

import shlex
import shutil
import sys
from pathlib import Path

from flows.settings import Settings


def hint(settings: Settings, *words: str) -> str:
    """Return a command as it works in the shell that this one was called in."""
    given = ["-w", str(settings.warehouse)] if settings.warehouse != Settings().warehouse else []
    return " ".join(
        [called_as(), *(f'"{word}"' if " " in word else shlex.quote(word) for word in [*words, *given])]
    )


def called_as() -> str:
    """Return how this command was called: by its name where the shell finds it, else by its path."""
    path = Path(sys.argv[0] or "copydesk")
    if path.suffix == ".py":
        return "python -m flows.cli.main"
    found = shutil.which(path.name)
    if path.name == str(path) or (found and Path(found).resolve() == path.resolve()):
        return path.name
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
