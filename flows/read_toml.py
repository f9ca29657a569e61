"""Reads a file of the user's in TOML; what is wrong with it is told in one line."""

import tomllib
from pathlib import Path
from typing import Any

from copydesk.schemas.user_error import UserError


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a file says. Raises UserError where it cannot be read, or is no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not TOML: {error}") from None
