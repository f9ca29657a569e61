"""Infer when the undated articles of a story were written, from the days of its dated ones.

Enters: the members of a story with their own evidence. Leaves: an interval for each undated one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from transforms.dates.bound_text import Bounds
from transforms.dates.infer_interval import Interval, infer_interval
from transforms.dates.place_event import place_event
from transforms.records import DateCandidate


@dataclass(frozen=True, slots=True)
class StoryMember:
    """An article of a story: its vote, its publication day, or what its text alone says of that, and its mentions."""

    article_id: str
    vote_id: str
    published_on: date | None
    own: Interval | None
    mentions: Sequence[DateCandidate] = ()


@dataclass(frozen=True, slots=True)
class _Day:
    """What a member's own evidence says of the story: the day of the event, or a day on which it was told."""

    article_id: str
    vote_id: str
    on: date
    is_event: bool


def infer_story(members: Sequence[StoryMember]) -> Mapping[str, Interval | None]:
    """Return the interval of each undated member, null where nothing is known.

    A member's own evidence (its publication day; a picture's date and the weekday after it) speaks for the others, an
    inferred interval never does: so the result hangs on the set of members alone. A group of copies has one vote
    a day. What a text concludes by itself with confidence stands.
    """
    days = [day for member in members if (day := _day(member))]
    return {member.article_id: _infer(member, days) for member in members if member.published_on is None}


def _day(member: StoryMember) -> _Day | None:
    if member.published_on:
        on = place_event(member.mentions, first_on=member.published_on, last_on=member.published_on)
        return _Day(member.article_id, member.vote_id, on or member.published_on, on is not None)
    if member.own is None or member.own.first_on is None or member.own.last_on is None:
        return None
    on = place_event(member.mentions, first_on=member.own.first_on, last_on=member.own.last_on)
    return _Day(member.article_id, member.vote_id, on, is_event=True) if on else None


def _infer(member: StoryMember, days: list[_Day]) -> Interval | None:
    own = member.own
    others = [day for day in days if day.article_id != member.article_id]
    if not others or (own is not None and own.confidence != "low"):
        return own
    bounds = Bounds(own.first_on, own.last_on, None, own.method) if own else Bounds()
    votes = {(day.vote_id, day.on) for day in others if day.is_event}
    told = {day.on for day in others if not day.is_event}
    return infer_interval(member.mentions, bounds=bounds, story_days=[on for _, on in votes], told_days=told)
