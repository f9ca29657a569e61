"""Say why a date cannot be the day of publication, whatever source gives it."""

from datetime import date, datetime, timedelta

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.evidence import Evidence

_EARLIEST = date(1995, 1, 1)
_UNIX_ZERO = (date(1969, 12, 31), date(1970, 1, 1))
_KIND_REASONS = {
    DateKind.MODIFIED: "says when the page was changed, not when it was published",
    DateKind.PHOTO: "the date of a picture",
    DateKind.COPYRIGHT: "a copyright notice",
    DateKind.EVENT: "the date of an event",
    DateKind.BACKGROUND: "told in running text, not said to be the date of the article",
    DateKind.PRINT_STAMP: "when somebody printed or saved the page",
    DateKind.CAPTURE: "when somebody looked the page up or fetched it",
    DateKind.RELATIVE: "relative to a day that the text does not name",
}


def reject_date(item: Evidence, fetched_at: datetime | None) -> str:
    """Return the reason against a piece of evidence in words, or an empty string."""
    return item.rejection or _KIND_REASONS.get(item.kind, "") or _against_day(item.reading.on, fetched_at)


def _against_day(on: date | None, fetched_at: datetime | None) -> str:
    if on is None:
        return "names no day of a year"
    if fetched_at is not None and on > (fetched_at + timedelta(days=1)).date():
        return "lies after the document was fetched"
    if on in _UNIX_ZERO:
        return "the zero of Unix time, a sign of an empty field"
    return "before 1995, when news pages began" if on < _EARLIEST else ""
