"""Choose the publication day among the evidence, or none, and say of each candidate why."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from schemas.enums import DateKind, Precision
from transforms.dates.date_input import DateInput
from transforms.dates.evidence import Evidence
from transforms.dates.reject_date import reject_date
from transforms.dates.vote_day import vote_day
from transforms.records import DateCandidate, Dated

_FIRST_OF_JANUARY = 0.5
_DAY_OF_FETCH = 0.6
_OUT_OF_MONTH = 0.6
_SOME, _DECLARED = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class ChoiceParams:
    """How sure the choice must be: `least_trust` in the best day, and its odds over those of the next best."""

    least_trust: float = 0.6
    least_odds_ratio: float = 2.0


def choose_date(
    evidence: list[Evidence], document: DateInput, *, params: ChoiceParams = ChoiceParams()
) -> Dated:
    """Return the record with the chosen publication date, if any, and every candidate with its reason."""
    judged = [_judge(item, document.fetched_at) for item in evidence]
    judged = _check_modified(_check_month(judged))
    days = vote_day(judged)
    trust = _trust_by_day(judged, days)
    day, refusal = _best_day(trust, params)
    chosen = _best_of_day(judged, day) if day else None
    candidates = tuple(
        _candidate(item, voted, chosen, day, refusal) for item, voted in zip(judged, days, strict=True)
    )
    if chosen is None or day is None:
        return Dated(candidates=candidates)
    stamp = _best_stamp(judged, days, day)
    at = stamp.reading.at if stamp else None
    precision = stamp.reading.precision if stamp else Precision.DAY
    return Dated(at, day.isoformat(), precision.value, chosen.method, candidates=candidates)


def _check_month(items: list[Evidence]) -> list[Evidence]:
    """Lower the trust in days outside the month that the page's address names, where some day lies in it."""
    months = {(item.reading.year, item.reading.month) for item in items if item.kind is DateKind.URL}
    inside = any(item.weight >= _SOME and (item.reading.year, item.reading.month) in months for item in items)
    if len(months) != 1 or not inside:
        return items
    return [
        replace(item, weight=item.weight * _OUT_OF_MONTH, doubt="not in the month that the address names")
        if item.weight and (item.reading.year, item.reading.month) not in months and not _is_eve(item, months)
        else item
        for item in items
    ]


def _check_modified(items: list[Evidence]) -> list[Evidence]:
    """Take a day shown on the page for the change that the page declares for it, where it declares another birth."""
    modified = {
        item.reading.on for item in items if item.kind is DateKind.MODIFIED and item.family == "structured"
    }
    born = [item.reading.on for item in items if item.family == "structured" and item.weight >= _DECLARED]
    if not born or None in born:
        return items
    first = min(day for day in born if day)
    late = {day for day in modified if day and (day - first).days > 1 and day not in born}
    return [
        replace(
            item, kind=DateKind.MODIFIED, weight=0.0, rejection="the page declares it as the day of a change"
        )
        if item.weight and item.family == "page" and item.reading.on in late
        else item
        for item in items
    ]


def _is_eve(item: Evidence, months: set[tuple[int | None, int | None]]) -> bool:
    """Tell whether the day lies beside the month's edge, where zones disagree."""
    on = item.reading.on
    beside = [on + timedelta(days=step) for step in (-1, 1)] if on and date.min < on < date.max else []
    return any((day.year, day.month) in months for day in beside)


def _judge(item: Evidence, fetched_at: datetime | None) -> Evidence:
    reason = reject_date(item, fetched_at)
    if reason:
        return replace(item, weight=0.0, rejection=reason)
    on = item.reading.on
    if on and (on.month, on.day) == (1, 1) and not item.reading.has_clock and item.kind is not DateKind.URL:
        return replace(
            item, weight=item.weight * _FIRST_OF_JANUARY, doubt="1 January without a time is often a default"
        )
    if (
        fetched_at is not None
        and on == fetched_at.date()
        and item.family == "page"
        and "labelled" not in item.method
    ):
        return replace(
            item, weight=item.weight * _DAY_OF_FETCH, doubt="the day of the fetch: perhaps the site's clock"
        )
    return item


def _trust_by_day(items: list[Evidence], days: list[date | None]) -> dict[date, float]:
    best: dict[date, dict[str, float]] = defaultdict(dict)
    for item, day in zip(items, days, strict=True):
        if item.weight and day:
            best[day][item.family] = max(best[day].get(item.family, 0.0), item.weight)
    trust = {}
    for day, families in best.items():
        doubt = 1.0
        for weight in families.values():
            doubt *= 1.0 - weight
        trust[day] = 1.0 - doubt
    return trust


def _best_day(trust: dict[date, float], params: ChoiceParams) -> tuple[date | None, str]:
    ranked = sorted(trust, key=lambda day: (-trust[day], day))
    if not ranked:
        return None, ""
    best = ranked[0]
    if trust[best] < params.least_trust:
        return None, "too little evidence that it is the day of publication"
    if len(ranked) > 1 and _odds(trust[best]) < params.least_odds_ratio * _odds(trust[ranked[1]]):
        return None, f"contradicted: {best} and {ranked[1]} are as well founded"
    return best, ""


def _odds(trust: float) -> float:
    return trust / max(1e-9, 1.0 - trust)


def _best_of_day(items: list[Evidence], day: date) -> Evidence:
    agreeing = [item for item in items if item.weight and item.reading.on == day]
    return max(
        agreeing, key=lambda item: (item.reading.at is not None and item.reading.has_clock, item.weight)
    )


def _best_stamp(items: list[Evidence], days: list[date | None], day: date) -> Evidence | None:
    """Return the best founded moment that falls on the chosen day in the publisher's zone."""
    stamps = [
        item
        for item, voted in zip(items, days, strict=True)
        if item.weight and voted == day and item.reading.at is not None and item.reading.has_clock
    ]
    return max(stamps, key=lambda item: item.weight, default=None)


def _candidate(
    item: Evidence, voted: date | None, chosen: Evidence | None, day: date | None, refusal: str
) -> DateCandidate:
    is_chosen = item is chosen
    return DateCandidate(
        value=item.reading.value,
        precision=item.reading.precision.value,
        kind=item.kind.value,
        method=item.method,
        start_char=item.start_char,
        evidence=item.quote,
        is_chosen=is_chosen,
        reason="the best founded publication date" if is_chosen else _reason(item, voted, day, refusal),
    )


def _reason(item: Evidence, voted: date | None, day: date | None, refusal: str) -> str:
    if item.rejection:
        return item.rejection
    if day is None:
        return item.doubt or refusal or "too little evidence that it is the day of publication"
    if day in (item.reading.on, voted):
        return (
            "agrees with the chosen day"
            if item.reading.on == day
            else f"falls on {day} where it was published"
        )
    return item.doubt or f"less well founded than {day}"
