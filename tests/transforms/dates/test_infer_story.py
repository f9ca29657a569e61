"""The dated articles of a story date the undated ones, and nothing else does."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.schemas.enums import DateKind, Precision
from copydesk.transforms.dates.infer_interval import Interval
from copydesk.transforms.dates.infer_story import StoryMember, infer_story, place_event
from copydesk.transforms.records import DateCandidate

MONDAY = date(2019, 5, 6)
TUESDAY, WEDNESDAY = date(2019, 5, 7), date(2019, 5, 8)


def tells(*words: str) -> tuple[DateCandidate, ...]:
    """The mentions of a text: values as they are recorded, one led by `+` told as still to come."""
    return tuple(
        DateCandidate(
            value=word.removeprefix("+"),
            precision=Precision.DAY,
            kind=DateKind.RELATIVE,
            method=f"text:relative:{'future' if word.startswith('+') else 'past'}",
            start_char=100 * at,
            evidence=f"word {at}",
        )
        for at, word in enumerate(words)
    )


def member(
    name: str, *words: str, on: date | None = None, own: Interval | None = None, vote: str = ""
) -> StoryMember:
    return StoryMember(name, vote or name, on, own, tells(*words))


def span(interval: Interval | None) -> tuple[object, ...]:
    assert interval is not None
    return interval.first_on, interval.last_on, interval.confidence


@pytest.mark.parametrize(
    ("words", "first", "last", "placed"),
    [
        (("-W-1",), WEDNESDAY, WEDNESDAY, MONDAY),
        (("-W-3",), WEDNESDAY, WEDNESDAY, WEDNESDAY),
        (("-W-4",), WEDNESDAY, WEDNESDAY, date(2019, 5, 2)),
        (("-P1D",), WEDNESDAY, WEDNESDAY, TUESDAY),
        (("P0D", "-P1D"), WEDNESDAY, WEDNESDAY, TUESDAY),
        (("-W-1",), TUESDAY, date(2019, 5, 9), MONDAY),
        (("-P1D",), TUESDAY, WEDNESDAY, None),
        (("-W-1",), MONDAY, date(2019, 5, 13), None),
        (("+-W-1",), WEDNESDAY, WEDNESDAY, None),
        ((), WEDNESDAY, WEDNESDAY, None),
    ],
    ids=[
        "weekday",
        "weekday of that day",
        "weekday of the week before",
        "last night",
        "this morning and last night",
        "weekday within a week",
        "last night within a week",
        "either of two Mondays",
        "weekday to come",
        "no word",
    ],
)
def test_the_news_is_placed_by_the_day_of_writing(
    words: tuple[str, ...], first: date, last: date, placed: date | None
) -> None:
    """A weekday told as past is the last one up to the day of writing; what leaves two days open places nothing."""
    assert place_event(tells(*words), first_on=first, last_on=last) == placed


@pytest.mark.parametrize(("last", "is_told"), [(date(2019, 5, 27), True), (date(2019, 6, 3), False)])
def test_days_too_far_apart_tell_nothing(last: date, *, is_told: bool) -> None:
    """Mondays three weeks apart bound a text that names a Monday; where they lie further apart nothing does."""
    told = [member("one", "-W-1", on=MONDAY), member("other", "-W-1", on=last), member("undated", "-W-1")]
    assert (infer_story(told)["undated"] is not None) == is_told


def test_the_day_of_the_event_counts_not_the_day_of_print() -> None:
    """A dated article that tells of `Monday` on Wednesday says that the event was on Monday."""
    told = [
        member("dated", "-W-1", on=WEDNESDAY),
        member("undated", "-P1D"),
        member("other", "-W-1", "+-W-4"),
    ]
    inferred = infer_story(told)
    assert span(inferred["undated"]) == (TUESDAY, TUESDAY, "medium")
    assert span(inferred["other"]) == (MONDAY, date(2019, 5, 9), "medium")
    assert "dated" not in inferred


def test_a_day_of_print_alone_dates_nobody() -> None:
    """Where no dated article says when it was, the day on which it was told is not taken for it."""
    told = [member("dated", on=TUESDAY), member("monday", "-W-1"), member("night", "-P1D")]
    assert infer_story(told) == {"monday": None, "night": None}


def test_days_are_taken_only_from_what_is_surely_the_same_event() -> None:
    """Little likeness and no quotation in common: a look-alike of another year; quotations bind at second hand too."""
    dated = StoryMember("dated", "dated", WEDNESDAY, None, tells("-W-1"), quotes=(1, 2))
    middle = StoryMember("middle", "middle", None, None, tells("-W-1"), quotes=(2, 3), score=0.12)
    undated = StoryMember("undated", "undated", None, None, tells("-W-1"), quotes=(3,), score=0.12)
    loose = replace(undated, article_id="loose", quotes=(4,))
    close = replace(loose, article_id="close", score=0.25)
    inferred = infer_story([loose, undated, close, middle, dated])
    assert {name for name, interval in inferred.items() if interval} == {"middle", "undated", "close"}


def test_a_text_that_dates_itself_dates_the_others() -> None:
    """An interval that a text concludes by itself stands, and speaks for the others of its story."""
    own = Interval(MONDAY, TUESDAY, "medium", "a picture")
    inferred = infer_story([member("self", "-W-1", own=own), member("undated", "-P1D")])
    assert inferred["self"] is own
    assert span(inferred["undated"]) == (TUESDAY, TUESDAY, "medium")


def test_bounds_alone_date_nobody() -> None:
    """A picture of that day without a weekday after it, or a print stamp, is no day of the story."""
    own = Interval(MONDAY, date(2021, 1, 1), "low", "a picture; printed")
    inferred = infer_story([member("bounded", "-W-1", own=own), member("undated", "-W-1")])
    assert inferred == {"bounded": own, "undated": None}


def test_an_inferred_interval_is_no_evidence() -> None:
    """Of two undated articles neither dates the other, however much they say."""
    inferred = infer_story([member("a", "-W-1", "+-W-2"), member("b", "-P1D")])
    assert inferred == {"a": None, "b": None}


def test_own_bounds_hold_against_the_story() -> None:
    """A text that tells of a later day was not written on the story's."""
    own = Interval(date(2020, 1, 1), None, "low", "told as past")
    inferred = infer_story([member("dated", "-W-1", on=MONDAY), member("later", "-W-1", own=own)])
    assert inferred["later"] == own


def test_copies_have_one_vote() -> None:
    """Three copies that place the event a week earlier do not outvote two outlets."""
    earlier = [member(f"copy-{n}", "-W-1", on=date(2019, 4, 29), vote="copies") for n in range(3)]
    others = [member(f"outlet-{n}", "-W-1", on=TUESDAY) for n in range(2)]
    assert span(infer_story([*earlier, *others, member("undated", "-W-1")])["undated"])[0] == MONDAY


def test_two_likely_days_are_both_told() -> None:
    """Where a story has two Mondays and nothing prefers one, the interval holds both, with low confidence."""
    told = [
        member("a", "-W-1", on=date(2019, 4, 29)),
        member("b", "-W-1", on=MONDAY),
        member("undated", "-W-1"),
    ]
    assert span(infer_story(told)["undated"]) == (date(2019, 4, 29), WEDNESDAY, "low")


WORDS = st.lists(st.sampled_from(["-W-1", "-W-3", "-W-7", "+-W-2", "+-W-5", "P0D", "-P1D"]), max_size=3)
DAYS = st.dates(date(2019, 5, 1), date(2019, 5, 21))
MEMBERS = st.lists(st.tuples(WORDS, st.none() | DAYS, st.booleans(), st.integers(0, 3)), max_size=7)


@settings(max_examples=100, deadline=None)
@given(MEMBERS, st.randoms())
def test_the_order_of_members_does_not_matter(members: list, random) -> None:
    """The intervals hang on the set of members; each runs forward and holds to what its text says."""
    told = [
        StoryMember(
            str(at),
            str(vote),
            on if is_dated else None,
            Interval(on, None, "low", "bound") if on and not is_dated else None,
            tells(*words),
        )
        for at, (words, on, is_dated, vote) in enumerate(members)
    ]
    shuffled = list(told)
    random.shuffle(shuffled)
    inferred = infer_story(told)
    assert inferred == infer_story(shuffled)
    assert set(inferred) == {one.article_id for one in told if one.published_on is None}
    for one in told:
        found = inferred.get(one.article_id)
        if found and found.first_on and found.last_on:
            assert found.first_on <= found.last_on
        if found and one.own:
            assert found.first_on is not None
            assert found.first_on >= one.own.first_on
