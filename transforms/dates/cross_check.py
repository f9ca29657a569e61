"""Weigh the evidence of a document against itself: what one source says takes trust from another, or its sense."""

from dataclasses import replace
from datetime import date, timedelta

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.evidence import Evidence

_OUT_OF_MONTH = 0.6
_SOME, _DECLARED, _FIRM, _CONFIRMED, _BESIDE = 0.5, 0.7, 0.9, 0.88, 0.4


def cross_check(items: list[Evidence]) -> list[Evidence]:
    """Return the evidence in the same order, with the weights and kinds that it has beside the rest."""
    for check in (
        _check_month,
        _check_later,
        _check_born,
        _confirm,
        _check_feed,
    ):
        items = check(items)
    return items


def _check_month(items: list[Evidence]) -> list[Evidence]:
    """Lower the trust in days outside the month that the page's address names, where some day lies in it."""
    months = {(item.reading.year, item.reading.month) for item in items if item.method == "url:path"}
    inside = any(item.weight >= _SOME and (item.reading.year, item.reading.month) in months for item in items)
    if len(months) != 1 or not inside:
        return items
    return [
        replace(item, weight=item.weight * _OUT_OF_MONTH, doubt="not in the month that the address names")
        if item.weight and (item.reading.year, item.reading.month) not in months and not _is_eve(item, months)
        else item
        for item in items
    ]


def _check_later(items: list[Evidence]) -> list[Evidence]:
    """Take a day that the page shows for a change, or for something to come, where it declares an earlier birth.

    Either it tells of a change then, or gives the day no label: of eight pages whose declared day and another shown
    without a label differ seven were born on the declared one.
    """
    born = [item.reading.on for item in items if item.family == "structured" and item.weight >= _FIRM]
    last = max((day for day in born if day), default=date.max)
    changes = [item.reading for item in items if item.kind is DateKind.MODIFIED and tells_change(item)]
    moments = {one.at for one in changes if one.has_clock} - {None}
    days = {one.on for one in (*changes, *(item.reading for item in items if item.reading.at in moments))}
    return [
        _as_change(item, is_told=item.reading.on in days)
        if item.weight and item.family == "page" and _is_later(item, last)
        else item
        for item in items
    ]


def _as_change(item: Evidence, *, is_told: bool) -> Evidence:
    if is_told:
        reason = "the page declares it as the day of a change"
        return replace(item, kind=DateKind.MODIFIED, weight=0.0, rejection=reason)
    if "labelled" in item.method:
        return item
    return replace(
        item, weight=0.0, rejection="later than the birth that the page declares, and without a label"
    )


def _is_later(item: Evidence, last: date) -> bool:
    return item.reading.on is not None and (item.reading.on - last).days > 1


def tells_change(item: Evidence) -> bool:
    """Tell whether a change is that of the page: declared, or labelled in the article itself."""
    return item.family == "structured" or ("labelled" in item.method and "@" not in item.method)


def _is_eve(item: Evidence, months: set[tuple[int | None, int | None]]) -> bool:
    """Tell whether the day lies beside the month's edge, where zones disagree."""
    on = item.reading.on
    beside = [on + timedelta(days=step) for step in (-1, 1)] if on and date.min < on < date.max else []
    return any((day.year, day.month) in months for day in beside)


def _check_born(items: list[Evidence]) -> list[Evidence]:
    """Take a declared birth for the change that the page declares of the same day, where it shows an earlier birth."""
    changes = {item.reading.on for item in items if item.kind is DateKind.MODIFIED and tells_change(item)}
    born = [
        item.reading.on
        for item in items
        if item.kind is DateKind.PUBLISHED
        and item.weight >= _DECLARED
        and item.family == "page"
        and "labelled" in item.method
        and "@" not in item.method
        and item.reading.on not in changes
    ]
    first = min((day for day in born if day), default=date.max)
    return [
        replace(
            item, kind=DateKind.MODIFIED, weight=0.0, rejection="repeats what the page tells as its change"
        )
        if item.weight
        and item.family == "structured"
        and item.reading.on in changes
        and (item.reading.on or first) > first
        else item
        for item in items
    ]


def _confirm(items: list[Evidence]) -> list[Evidence]:
    """Trust a day shown beside the headline that is the only one declared: it is no clock of the site."""
    declared = {item.reading.on for item in items if item.family == "structured" and item.weight >= _SOME}
    return [
        replace(item, weight=max(item.weight, _CONFIRMED))
        if item.family == "page" and item.weight >= _BESIDE and declared == {item.reading.on}
        else item
        for item in items
    ]


def _check_feed(items: list[Evidence]) -> list[Evidence]:
    """Keep a carrier from voting that is a day off from what the page says: another zone, or a change."""
    own = {item.reading.on for item in items if item.weight >= _DECLARED and item.family != "feed"}
    return [
        replace(item, weight=0.0, rejection="a day off from what the page itself says")
        if item.weight and item.family == "feed" and item.reading.on not in own and _is_beside(item, own)
        else item
        for item in items
    ]


def _is_beside(item: Evidence, days: set[date | None]) -> bool:
    on = item.reading.on
    return bool(on and any(day and abs((day - on).days) == 1 for day in days))
