"""What the environment sets, and a file `.env` beside it: COPYDESK_... in whatever case."""

import os
import warnings
from collections.abc import Iterable
from pathlib import Path

from copydesk.schemas.user_error import UserError

PREFIX, ENV_FILE = "copydesk_", Path(".env")
LIKENESS = 0.65
"""From here on a name is taken for a slip of the pen: of the names that clusters give their pods none is so like."""


def read_environment() -> dict[str, str]:
    """Return what is set, by the names of settings. Raises UserError for a file that is no text."""
    found: dict[str, str | None] = {}
    if ENV_FILE.is_file() or ENV_FILE.is_fifo():
        from dotenv import dotenv_values

        try:
            found |= dotenv_values(ENV_FILE)
        except UnicodeDecodeError:
            raise UserError(f"{ENV_FILE}: not UTF-8") from None
    named = {name.lower(): value for name, value in (found | dict(os.environ)).items() if value is not None}
    return {name.removeprefix(PREFIX): value for name, value in named.items() if name.startswith(PREFIX)}


def warn_of_likes(names: Iterable[str], known: list[str]) -> None:
    """Warn of names in the environment that are no settings and read like one; others may be somebody else's."""
    unknown = [name for name in names if name not in known]
    if not unknown:
        return
    from difflib import get_close_matches

    for name in unknown:
        for like in get_close_matches(name, known, 1, LIKENESS):
            given, meant = (f"{PREFIX}{each}".upper() for each in (name, like))
            warnings.warn(f"{given} is no setting and changes nothing; {meant} is one", stacklevel=3)
