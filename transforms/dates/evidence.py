"""What the readers of pages, addresses, carriers and prose hand to the choice: a reading and where it stood.

What its own day says against it is told here; what the rest of the evidence says, `cross_check` tells.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.reading import Reading

_EARLIEST = date(1995, 1, 1)
_UNIX_ZERO = (date(1969, 12, 31), date(1970, 1, 1))
_FIRST_OF_JANUARY = 0.5
_DAY_OF_FETCH = 0.6
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """One date with what it is said to be the date of.

    `family` groups sources that copy from each other (a site writes JSON-LD and meta tags from one field), so that
    agreement inside a family is not taken for confirmation. `weight` is how far the source alone can be
    trusted to state the publication day, in [0, 1]; 0 never votes. `rejection` is set where the reader
    already knows why this is no publication date, `doubt` where it merely weighs less.
    """

    reading: Reading
    kind: DateKind
    method: str
    family: str
    weight: float
    quote: str
    start_char: int | None = None
    rejection: str = ""
    doubt: str = ""


def judge_alone(item: Evidence, fetched_at: datetime | None) -> Evidence:
    """Return the evidence with why it cannot be the day of publication, or with the doubt that it is."""
    reason = item.rejection or _KIND_REASONS.get(item.kind, "") or _against_day(item.reading.on, fetched_at)
    if reason:
        is_judged = not item.weight and item.rejection == reason
        return item if is_judged else replace(item, weight=0.0, rejection=reason)
    on = item.reading.on
    if on and (on.month, on.day) == (1, 1) and not item.reading.has_clock and item.kind is not DateKind.URL:
        return replace(
            item, weight=item.weight * _FIRST_OF_JANUARY, doubt="1 January without a time is often a default"
        )
    if (
        fetched_at is not None
        and on == fetched_at.date()
        and item.family == "page"
        and not item.method.startswith("page:ago")
        and "labelled" not in item.method
    ):
        return replace(
            item, weight=item.weight * _DAY_OF_FETCH, doubt="the day of the fetch: perhaps the site's clock"
        )
    return item


def _against_day(on: date | None, fetched_at: datetime | None) -> str:
    if on is None:
        return "names no day of a year"
    if fetched_at is not None and on > (fetched_at + timedelta(days=1)).date():
        return "lies after the document was fetched"
    if on in _UNIX_ZERO:
        return "the zero of Unix time, a sign of an empty field"
    return "before 1995, when news pages began" if on < _EARLIEST else ""
