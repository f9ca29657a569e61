"""Asks an address what it is."""

import os

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.fetch_settings import read_fetch_settings
from copydesk.flows.sources.discover import look_at
from copydesk.schemas.enums import SourceKind
from copydesk.schemas.user_error import UserError


def recognise(url: str) -> SourceKind | None:
    """Return whether an address answers as a feed or a sitemap; None for any other page. Raises UserError."""
    try:
        found = look_at(url, read_fetch_settings(os.environ))
    except FetchError as error:
        raise UserError(f"cannot be read: {error}") from error
    return SourceKind(found.kind) if found else None
