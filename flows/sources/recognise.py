"""Asks an address what it is."""

import os

from flows.fetch.errors import FetchError
from flows.fetch.fetch_settings import read_fetch_settings
from flows.sources.discover import look_at
from schemas.enums import SourceKind
from schemas.user_error import UserError


def recognise(url: str) -> SourceKind | None:
    """Return whether an address answers as a feed or a sitemap; None for any other page. Raises UserError."""
    try:
        found = look_at(url, read_fetch_settings(os.environ))
    except FetchError as error:
        raise UserError(f"cannot be read: {error}") from error
    return SourceKind(found.kind) if found else None
