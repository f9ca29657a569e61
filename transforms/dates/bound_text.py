"""Bound the day of writing: nothing is reported before it happened, or printed before it was written."""

import calendar
import re
from collections.abc import Iterable
from datetime import date

from copydesk.schemas.enums import DateKind, Precision
from copydesk.transforms.dates.infer_interval import Bounds
from copydesk.transforms.dates.prose_words import NUMBERS, OVER_YEARS, STARTS
from copydesk.transforms.records import DateCandidate

_ARCHIVE = re.compile(r"\bfile (?:photo|picture|image)|\barchiv|\bd'archives?\b|\(file\b", re.IGNORECASE)

_MONTH_OR_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_REACH_CHARS = 1500
_WRITTEN_BY = {DateKind.PRINT_STAMP.value: "printed or saved", DateKind.MODIFIED.value: "changed"}


def bound_text(candidates: Iterable[DateCandidate], text: str) -> Bounds:
    """Return the bounds that the dates of a text and its spans of years set on the day of writing."""
    told = [item for item in candidates if item.start_char is not None]
    first, first_method, close_to = _first(told, text)
    last, last_method = _last(told, first, close_to)
    if first and last and last < first:
        return Bounds(first, None, close_to, first_method)
    return Bounds(first, last, close_to, "; ".join(filter(None, (first_method, last_method))))


def _first(told: list[DateCandidate], text: str) -> tuple[date | None, str, str | None]:
    options: list[tuple[date, int, str, str | None]] = []
    for item in told:
        is_photo = item.kind == DateKind.PHOTO and item.precision != Precision.YEAR
        is_past = item.kind == DateKind.BACKGROUND and _is_told(item)
        begins = _begin(item) if is_photo or is_past else None
        if begins and is_photo:
            options.append((begins, 2, f"a picture taken on {item.value}", _closeness(item, text)))
        elif begins:
            options.append((begins, 0, f"{item.evidence} is told as past", None))
    since = _since_start(told, text)
    if since:
        options.append((since[0], 1, since[1], "month"))
    if not options:
        return None, "", None
    first, _, method, close_to = max(options, key=lambda option: option[:2])
    return first, method, close_to


def _closeness(item: DateCandidate, text: str) -> str | None:
    start = text.rfind("\n", 0, item.start_char) + 1
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)][:2000]
    return None if item.precision != Precision.DAY or _ARCHIVE.search(line) else "day"


def _is_told(item: DateCandidate) -> bool:
    return item.method == "text:told as past:firm"


def _since_start(told: list[DateCandidate], text: str) -> tuple[date, str] | None:
    """Count `just over two years` from the month in which something is said to have begun."""
    starts = [
        item
        for item in told
        if item.kind == DateKind.BACKGROUND
        and _MONTH_OR_DAY.fullmatch(item.value)
        and STARTS.search(text[max(0, (item.start_char or 0) - 40) : item.start_char])
    ]
    over = OVER_YEARS.search(text) if starts else None
    years = _number(over["n"]) if over else None
    if over is None or years is None:
        return None
    starts = [item for item in starts if abs((item.start_char or 0) - over.start()) < _REACH_CHARS]
    if not starts:
        return None
    near = min(starts, key=lambda item: (abs((item.start_char or 0) - over.start()), item.value))
    year, month = int(near.value[:4]) + years, int(near.value[5:7])
    after = date(year + month // 12, month % 12 + 1, 1) if year < date.max.year else None
    return (after, f"'{over[0]}' after {near.evidence}") if after else None


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if 0 < int(word) < 100 else None
    return NUMBERS.get(word.lower())


def _last(told: list[DateCandidate], first: date | None, close_to: str | None) -> tuple[date | None, str]:
    options = [option for item in told if (option := _last_by(item, first, close_to))]
    return min(options) if options else (None, "")


def _last_by(item: DateCandidate, first: date | None, close_to: str | None) -> tuple[date, str] | None:
    if first and close_to == "month" and _is_coming_month(item):
        return _end_of_next(first, int(item.value[2:4])), f"{item.evidence} is told as still to come"
    is_firm = item.kind == DateKind.EVENT and item.method.endswith(":firm")
    if not (is_firm or item.kind in _WRITTEN_BY) or not _names_day(item) or (ends := _end(item)) is None:
        return None
    if item.kind in _WRITTEN_BY:
        return ends, f"{_WRITTEN_BY[item.kind]} on {item.value[:10]}"
    is_coming = first is None or ends >= first
    return (ends, f"{item.evidence} is told as still to come") if is_coming else None


def _names_day(item: DateCandidate) -> bool:
    return item.precision not in (Precision.YEAR, Precision.MONTH)


def _is_coming_month(item: DateCandidate) -> bool:
    is_month = re.fullmatch(r"--\d\d", item.value) is not None
    return is_month and item.kind == DateKind.RELATIVE and item.method == "text:relative:future"


def _begin(item: DateCandidate) -> date | None:
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", item.value)
    if match is None or match[1] < "1000":
        return None
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def _end(item: DateCandidate) -> date | None:
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", item.value)
    if match is None or match[1] < "1000":
        return None
    year, month = int(match[1]), int(match[2] or 12)
    return date(year, month, int(match[3] or calendar.monthrange(year, month)[1]))


def _end_of_next(first: date, month: int) -> date:
    year = first.year if month >= first.month else first.year + 1
    return date(year, month, calendar.monthrange(year, month)[1])
