"""The facts that tell look-alikes apart, and that leave a running story whole."""

import re

import pytest
from look_alikes import LOOK_ALIKES, RUNNING
from reports import stories

from copydesk.transforms.stories.read_facts import (
    AGE,
    KIND_SHIFT,
    MAGNITUDE,
    SCORE,
    STAGE,
    find_contrasts,
    read_facts,
)
from copydesk.transforms.stories.read_facts import AGE_OF_ACCUSED as OF_ACCUSED


@pytest.mark.parametrize(
    ("text", "years"),
    [
        pytest.param(
            "The board made a similar promise in 2016, but the wall still leaks.", [2016], id="similar"
        ),
        pytest.param("Ein ähnliches Leck gab es im Jahr 2014.", [2014], id="german"),
        pytest.param("En 2019, un accident semblable avait fermé le port.", [2019], id="french"),
        pytest.param("The board was founded in 2016.", [], id="no likeness"),
        pytest.param("A similar case. In 2016 the board was founded.", [], id="another sentence"),
        pytest.param("It will open a similar pier in 2031.", [], id="ahead"),
        pytest.param("A similar ship sank on 3 May 2016.", [], id="full date"),
    ],
)
def test_a_similar_thing_in_a_bare_year(text: str, years: list[int]) -> None:
    """Only a bare past year in a sentence that speaks of likeness tells another event."""
    named = [(int(match.group()), match.start()) for match in re.finditer(r"\d{4}", text)]
    assert find_contrasts(text, named) == years


def score(won: int, lost: int) -> tuple[int, int]:
    return SCORE, won << KIND_SHIFT // 2 | lost


@pytest.mark.parametrize(
    ("language", "text", "facts"),
    [
        ("en", "Ulmen Rovers lost 1-3 to Lorn. Orders of 2-3 weeks, 10-12 June, at 14:30", set()),
        ("en", "Rovers beat City 3-1 and 2–0, the court ruled 5-4", {score(3, 1), score(2, 0), score(5, 4)}),
        ("en", "Rovers lead 1-0 at half-time. In 2019-20 they won 12-1-4", set()),
        ("de", "Ulmen schlägt Lorn 3:1\nAnpfiff war um 15:30 Uhr", {score(3, 1)}),
        ("und", "Ulmen – Lorn 1:3", {score(3, 1)}),
        (
            "en",
            "A magnitude 5.8 quake, the 6.1-magnitude shock, 4.5 percent",
            {(MAGNITUDE, 58), (MAGNITUDE, 61)},
        ),
        ("de", "Ein Beben der Stärke 5,8 traf die Insel", {(MAGNITUDE, 58)}),
        ("en", "A 34-year-old baker from Lorn", {(AGE, 34)}),
        (
            "de",
            "Der 34-Jährige und eine 51 Jahre alte Frau",
            {(AGE, 34), (AGE, 51), (OF_ACCUSED, 34), (OF_ACCUSED, 51)},
        ),
        (
            "en",
            "Jon Falk, 29, and a woman aged 51",
            {(AGE, 29), (AGE, 51), (OF_ACCUSED, 29), (OF_ACCUSED, 51)},
        ),
        ("es", "Un hombre de 34 años de edad; fue condenado a 12 años", {(OF_ACCUSED, 34), (STAGE, 4)}),
        ("it", "Arrestato un 34enne", {(OF_ACCUSED, 34), (STAGE, 0)}),
        ("en", "He was arrested, charged and pleads guilty", {(STAGE, 0), (STAGE, 1), (STAGE, 2)}),
        ("fr", "Reconnu coupable puis condamné, il fait appel", {(STAGE, 3), (STAGE, 4), (STAGE, 5)}),
    ],
)
def test_facts_of_a_text(language: str, text: str, facts: set[tuple[int, int]]) -> None:
    """A fact is a number in a form that says what it counts, or a word for a stage; spans and clocks are none."""
    found = {(fact >> KIND_SHIFT, fact & (1 << KIND_SHIFT) - 1) for fact in read_facts("", text, language)}
    assert found == facts


def test_the_tail_tells_no_fact() -> None:
    """What stands after the opening may be another event's."""
    assert read_facts("A storm", "Rain fell on Lorn. " * 30 + "A magnitude 5.8 quake. 3-1", "en") == []


@pytest.mark.parametrize("days", [None, [0, 0, 3, 3]], ids=["undated", "three days apart"])
@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_look_alikes_are_two_stories(name: str, days: list[int] | None) -> None:
    """Events of one place and one cast that differ in a score, a magnitude, an age or a far stage stay apart."""
    language, one, other = LOOK_ALIKES[name]
    assert stories(one + other, language, days) == [[0, 1], [2, 3]]


@pytest.mark.parametrize("days", [None, [0, 0, 1, 1]], ids=["undated", "two days"])
@pytest.mark.parametrize("name", RUNNING)
def test_a_running_story_stays_whole(name: str, days: list[int] | None) -> None:
    """What an event's reports correct, add to or tell of another person does not part them."""
    reports = RUNNING[name]
    assert stories(reports, "en", days and days[: len(reports)]) == [list(range(len(reports)))]
