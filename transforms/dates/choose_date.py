"""Choose the publication day among the evidence, or none, and say of each candidate why."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.choose_moment import Moment, choose_moment
from copydesk.transforms.dates.cross_check import cross_check, tells_change
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.evidence import Evidence, judge_alone
from copydesk.transforms.dates.publisher_zone import zone_named
from copydesk.transforms.dates.reading import Reading
from copydesk.transforms.dates.vote_day import vote_day
from copydesk.transforms.records import DateCandidate, Dated

_FIRM = 0.9
_RIVALS = 2
_LEAST_TRUST = 0.6
_LEAST_ODDS_RATIO = 2.0
"""How sure the choice must be: trust in the best day, and its odds over those of the next best."""


def choose_date(
    evidence: list[Evidence],
    document: DateInput,
    *,
    zone: Callable[[], tzinfo | None] = lambda: None,
) -> Dated:
    """Return the record with the chosen publication date, if any, and every candidate with its reason.

    `zone` gives the publisher's time zone where it is known; it is asked for only where that matters.
    """
    judged = cross_check([judge_alone(item, document.fetched_at) for item in evidence])
    days = vote_day(judged, zone)
    trust = _trust_by_day(judged, days)
    day, refusal = _best_day(trust)
    day = day or _twice_declared(judged, days, trust)
    chosen = _best_of_day(judged, days, day) if day else None
    candidates = tuple(
        _candidate(item, voted, chosen, day, refusal) for item, voted in zip(judged, days, strict=True)
    )
    if chosen is None or day is None:
        return Dated(stated_at=_last_change(evidence, document.fetched_at), candidates=candidates)
    moment = choose_moment(judged, days, day, zone, zone_named(document.timezone))
    if moment.at and not _falls_on(moment.at, day, judged, zone()):
        moment = Moment()  # readers were shown another day than the stamp has there: one is not the article's
    local = moment.local_at or datetime.combine(day, time.min)
    born = moment.at or local.replace(tzinfo=UTC)
    return Dated(
        moment.at,
        moment.local_at,
        day.isoformat(),
        max(born, _last_change(evidence, document.fetched_at) or born),
        moment.precision.value,
        chosen.method,
        candidates=candidates,
    )


def _falls_on(at: datetime, day: date, items: list[Evidence], home: tzinfo | None) -> bool:
    """Tell whether a moment is of the day in the publisher's zone, or on a clock that states it with its offset."""
    stated = {item.reading.on for item in items if item.reading.at == at and item.reading.offset_minutes}
    return home is None or at.astimezone(home).date() == day or day in stated


def _last_change(evidence: list[Evidence], fetched_at: datetime | None) -> datetime | None:
    """Return the last change that the document tells of itself, where it is none of the future."""
    readings = [
        item.reading
        for item in evidence
        if item.kind is DateKind.MODIFIED and not item.rejection and tells_change(item)
    ]
    moments = [reading.at or _naive_moment(reading) for reading in readings if reading.on]
    return max((at for at in moments if fetched_at is None or at <= fetched_at), default=None)


def _naive_moment(reading: Reading) -> datetime:
    """Return the stated time, or the first moment of the stated day, as if its clock were UTC's."""
    at = reading.local_at or datetime.combine(reading.on or date.min, time.min)
    return at.replace(tzinfo=UTC)


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


def _best_day(trust: dict[date, float]) -> tuple[date | None, str]:
    ranked = sorted(trust, key=lambda day: (-trust[day], day))
    if not ranked:
        return None, ""
    best = ranked[0]
    if trust[best] < _LEAST_TRUST:
        return None, "too little evidence that it is the day of publication"
    if len(ranked) > 1 and _odds(trust[best]) < _LEAST_ODDS_RATIO * _odds(trust[ranked[1]]):
        return None, f"contradicted: {best} and {ranked[1]} are as well founded"
    return best, ""


def _twice_declared(items: list[Evidence], days: list[date | None], trust: dict[date, float]) -> date | None:
    """Return the day that two fields of a page declare where it is contradicted by a lone one, and by nothing else."""
    voting = [(item, day) for item, day in zip(items, days, strict=True) if item.weight and day]
    fields = {day: {item.method for item, voted in voting if voted == day} for day in trust}
    firm = {day for item, day in voting if item.weight >= _FIRM}
    twice = [day for day, names in fields.items() if len(names) > 1]
    is_declared = firm == set(trust) and all(item.family == "structured" for item, _ in voting)
    return twice[0] if is_declared and len(trust) == _RIVALS and len(twice) == 1 else None


def _odds(trust: float) -> float:
    return trust / max(1e-9, 1.0 - trust)


def _best_of_day(items: list[Evidence], days: list[date | None], day: date) -> Evidence:
    """Return the best evidence that names the day, else the best that falls on it in the publisher's zone."""
    agreeing = [
        (item.reading.on == day, item)
        for item, voted in zip(items, days, strict=True)
        if item.weight and voted == day
    ]
    return max(
        agreeing,
        key=lambda pair: (
            pair[0],
            pair[1].reading.at is not None and pair[1].reading.has_clock,
            pair[1].weight,
        ),
    )[1]


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
