"""Reads a day as people say it."""

import re
from datetime import UTC, date, datetime, time, timedelta

from copydesk.schemas.user_error import UserError


def read_moment(given: str | date, *, at: time = time.min) -> datetime:
    """Return the moment (UTC) of a day or time: 2026-02-27, 2026-02-27T12:00:00, today, yesterday, 7d (days ago).

    A day alone is that time of it, UTC; so is a moment that names no zone. Raises UserError.
    """
    moment = _read(given.strip().lower()) if isinstance(given, str) else given
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, at)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _read(text: str) -> date:
    ago = {"today": 0, "yesterday": 1}.get(text)
    if found := re.fullmatch(r"(\d{1,5}) ?d(?:ays?)?(?: ago)?", text):
        ago = int(found[1])
    try:
        if ago is not None:
            return datetime.now(UTC).date() - timedelta(days=ago)
        return date.fromisoformat(text) if len(text) <= len("2026-02-27") else datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        wanted = "a day such as 2026-02-27, 2026-02-27T12:00:00, today, yesterday or 7d"
        raise UserError(f"{text!r} is not {wanted}") from None
