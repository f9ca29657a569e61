"""Infer when the undated articles of a story were written, from the days of its dated ones.

Enters: the members of a story with their own evidence. Leaves: an interval for each undated one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from copydesk.transforms.dates.infer_interval import Bounds, Interval, infer_interval
from copydesk.transforms.dates.read_lede import read_lede
from copydesk.transforms.records import DateCandidate


@dataclass(frozen=True, slots=True)
class StoryMember:
    """An article of a story: its vote, its publication day, or what its text alone says of that, and its mentions.

    `quotes` are hashes of the words that it quotes, `score` its mean likeness to the others of its story.
    """

    article_id: str
    vote_id: str
    published_on: date | None
    own: Interval | None
    mentions: Sequence[DateCandidate] = ()
    quotes: Collection[int] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class TrustThresholds:
    """Whose days an undated article may take.

    Those of articles that it shares quotations with, at first or at second hand; and all of its story's where its
    likeness to them is at least `score`. Without times to compare, a story can gather what is alike and years
    apart (measured: benchmarks/intervals.py).
    """

    score: float = 0.225


@dataclass(frozen=True, slots=True)
class _Day:
    """The day of the event, as a member's own evidence has it."""

    article_id: str
    vote_id: str
    on: date


_DEFAULTS = TrustThresholds()


def infer_story(
    members: Sequence[StoryMember], *, thresholds: TrustThresholds = _DEFAULTS
) -> Mapping[str, Interval | None]:
    """Return the interval of each undated member, null where nothing is known.

    A member's own evidence (its publication day; a picture's date and the weekday after it) speaks for the others, an
    inferred interval never does: so the result hangs on the set of members alone. A group of copies has one vote
    a day. What a text concludes by itself with confidence stands.
    """
    days = [day for member in members if (day := _day(member))]
    strand = _strands(members)
    return {
        member.article_id: _infer(
            member,
            [
                day
                for day in days
                if member.score >= thresholds.score or strand[day.article_id] == strand[member.article_id]
            ],
        )
        for member in members
        if member.published_on is None
    }


def _strands(members: Sequence[StoryMember]) -> dict[str, str]:
    """Return for each member the first of those that hang together with it by quotations."""
    told: dict[int, set[str]] = {}
    for member in members:
        for quote in member.quotes:
            told.setdefault(quote, set()).add(member.article_id)
    first = {member.article_id: member.article_id for member in members}

    def root(article_id: str) -> str:
        while first[article_id] != article_id:
            article_id = first[article_id]
        return article_id

    for together in told.values():
        roots = sorted({root(article_id) for article_id in together})
        for other in roots[1:]:
            first[other] = roots[0]
    return {member.article_id: root(member.article_id) for member in members}


def _day(member: StoryMember) -> _Day | None:
    own = member.own
    first = member.published_on or (own.first_on if own else None)
    last = member.published_on or (own.last_on if own else None)
    on = place_event(member.mentions, first_on=first, last_on=last) if first and last else None
    return _Day(member.article_id, member.vote_id, on) if on else None


def _infer(member: StoryMember, days: list[_Day]) -> Interval | None:
    own = member.own
    votes = {(day.vote_id, day.on) for day in days if day.article_id != member.article_id}
    if not votes or (own is not None and own.confidence != "low"):
        return own
    bounds = Bounds(own.first_on, own.last_on, None, own.method) if own else Bounds()
    return infer_interval(member.mentions, bounds=bounds, story_days=[on for _, on in votes])


_WEEK = 7


def place_event(mentions: Iterable[DateCandidate], *, first_on: date, last_on: date) -> date | None:
    """Return the day that the lede's `last night` or `on Monday` is, written on one of the days from first to last.

    A weekday told as past is the last one up to the day of writing. Null where the lede names no day, or where the
    days of writing leave more than one.
    """
    lede = read_lede(mentions)
    if lede.step is not None and first_on == last_on:
        return last_on - timedelta(days=lede.step.number)
    if lede.weekday is None or (last_on - first_on).days >= _WEEK:
        return None
    return last_on - timedelta(days=(last_on.weekday() - lede.weekday.number) % _WEEK)
