"""An undated text is placed by what it tells, as far as that goes and no further."""

from datetime import date

import pytest

from copydesk.transforms.dates.bound_text import bound_text
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.infer_interval import Bounds, infer_interval


def bounds_of(text: str, language: str = "en") -> Bounds:
    return bound_text(find_dates(DateInput(text=text, language=language)).candidates, text)


def interval_of(text: str, *days: date, language: str = "en"):
    found = find_dates(DateInput(text=text, language=language))
    return infer_interval(found.candidates, bounds=bound_text(found.candidates, text), story_days=days)


CASES = {
    "a past day": ("The pier fell on May 4, 2018, after a storm.", date(2018, 5, 4), None),
    "a past year": ("The pier was rebuilt in 2018, and the town was glad.", date(2018, 1, 1), None),
    "a picture": ("The pier on May 4, 2018. (Photo: A. Finch)", date(2018, 5, 4), None),
    "a print stamp": ("The pier fell.\nPrintable version | May 9, 2019 |", None, date(2019, 5, 9)),
    "a change": ("The pier fell.\nUpdated - May 9, 2019 08:41 pm", None, date(2019, 5, 9)),
    "a stamp of a month only": ("The pier fell.\nPrintable version | May 2019 |", None, None),
    "an old picture and a month to come": (
        "The pier, May 4, 2018. (Photo: A. Finch)\n\nThe town will vote in July.",
        date(2018, 5, 4),
        None,
    ),
    "a day to come": ("The council will vote on 9 May 2019 on the pier.", None, date(2019, 5, 9)),
    "years since a start": (
        "The works began in May 2016. In just over two years, all was done.",
        date(2018, 6, 1),
        None,
    ),
    "a month to come": (
        "The works began in May 2016. In just over two years, all was done. The town will vote in February.",
        date(2018, 6, 1),
        date(2019, 2, 28),
    ),
    "a day without a year": ("The pier fell on May 4 after a storm.", None, None),
    "a year that is a name": ("She is a candidate for the 2024 race.", None, None),
    "a year told of as coming": ("Mayors hope to finish in 2024.", None, None),
    "a deadline told as past": ("He asked for the plans by May 4, 2018.", None, None),
    "a copyright year": ("The pier fell.\n© 2021 The Gull", None, None),
}


@pytest.mark.parametrize(("text", "first", "last"), CASES.values(), ids=CASES)
def test_bounds_are_what_the_text_leaves_no_doubt_of(
    text: str, first: date | None, last: date | None
) -> None:
    """A past date is a lower bound, a stamp or a day to come an upper one; a doubtful one is none."""
    bounds = bounds_of(text)
    assert (bounds.first_on, bounds.last_on) == (first, last)
    assert bool(bounds.method) == (first is not None or last is not None)


MONDAY = date(2019, 5, 6)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The council voted on Monday to rebuild the pier.", 6, 8),
        ("The council voted on Monday. Works will begin Thursday.", 6, 9),
        ("The pier, which the council last night voted to rebuild, is old.", 7, 7),
        ("The mayor said: “We start tomorrow.” The council voted on Monday.", 6, 8),
    ],
    ids=["weekday", "weekday and one to come", "last night", "tomorrow in a quotation"],
)
def test_a_storys_day_anchors_relative_words(text: str, first: int, last: int) -> None:
    """With the day of the event from dated evidence, weekdays and relative days become an interval."""
    interval = interval_of(text, MONDAY)
    assert (interval.first_on, interval.last_on) == (date(2019, 5, first), date(2019, 5, last))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Rat beschloss am Montag den Wiederaufbau."),
        ("fr", "Le conseil a voté lundi la reconstruction."),
        ("es", "El consejo votó el lunes la reconstrucción."),
        ("pt", "O conselho votou na segunda-feira a reconstrução."),
        ("it", "Il consiglio ha votato lunedì la ricostruzione."),
        ("nl", "De raad stemde maandag voor de herbouw."),
    ],
)
def test_weekdays_anchor_in_every_language(language: str, text: str) -> None:
    """The same sentence is placed alike in each language."""
    assert interval_of(text, MONDAY, language=language).first_on == MONDAY


def test_a_pictures_date_anchors_the_first_weekday_after_it() -> None:
    """Where no story helps, a picture of the week does; an archive's picture does not."""
    text = "The mayor at the pier, May 3, 2019. (Photo: A. Finch)\n\nThe council voted on Monday. Works will begin Tuesday."
    interval = interval_of(text)
    assert (interval.first_on, interval.last_on, interval.confidence) == (MONDAY, date(2019, 5, 7), "medium")
    assert "picture" in interval.method
    archived = interval_of(text.replace("The mayor", "File photo: the mayor"))
    assert (archived.first_on, archived.last_on) == (date(2019, 5, 3), None)


def test_a_weekday_without_an_anchor_is_no_date() -> None:
    """Nobody knows which Monday; the year is never taken from the clock."""
    assert interval_of("The council voted on Monday to rebuild the pier.") is None


def test_today_is_any_day() -> None:
    """Papers write `today` of the times as of the day, and go on telling for days: it places nothing by itself."""
    assert interval_of("The council today voted to rebuild the pier.", MONDAY) is None


def test_a_storys_day_outside_the_bounds_is_not_taken() -> None:
    """A text that tells of a later day was not written on an earlier one."""
    interval = interval_of("The council voted on Monday. The pier fell on May 20, 2020, in a storm.", MONDAY)
    assert (interval.first_on, interval.last_on) == (date(2020, 5, 20), None)
