"""What may be a site's line, and how much it takes to prove it."""

from datetime import date

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.site_memory.judge_sightings import Sampled, SiteThresholds, Witness, judge_sightings
from copydesk.transforms.site_memory.line_keys import fold_line
from copydesk.transforms.site_memory.place_paragraphs import Paragraph
from copydesk.transforms.site_memory.sight_lines import sight_lines

RULES = load_rules()
STORY = [
    f"The pilots of Kestrel Sound met for the {word} time this year to talk about the dredging of the inner harbour."
    for word in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
]


def places(line: str, at: int) -> list[str]:
    """Return the places under which a line is remembered when it stands at `at` in a story."""
    texts = [*STORY[:at], line, *STORY[at:]]
    paragraphs = [Paragraph(n * 1000, n * 1000 + len(text), text, True) for n, text in enumerate(texts)]
    found = sight_lines(paragraphs, site="harbourgazette.example", rules=RULES)
    return [each.place for each in found if each.index == at]


@pytest.mark.parametrize(
    "line",
    [
        "“We will be back in spring,” said the harbour master.",
        "A spokesman for the port declined to comment.",
        "This story was updated at 9:54 a.m.",
        "Correction: An earlier version of this story gave the wrong tonnage.",
        "If you have been affected by this story, the Harbour Helpline is on 0800 0960 000.",
        "Background",
        "What happens next?",
        "Kestrel Sound",
        "The pilots of Kestrel Sound met in the inner harbour to talk about the dredging.",
        "12 - 3",
    ],
)
@pytest.mark.parametrize("at", [0, 4, 8])
def test_what_the_story_may_own_is_never_sighted(line: str, at: int) -> None:
    """Quotations, refusals, notes, helplines, headings, names, scores and the story's matter leave no sighting."""
    assert places(line, at) == []


def test_a_series_may_open_with_the_same_sentence() -> None:
    """A sentence that asks nobody is a series' or a kind of report's, however often it comes; a label is the site's."""
    assert places("A weekly look at small boats and the people who mend them.", 0) == []
    assert places("A weekly look at small boats and the people who mend them.", 8) == []
    assert places("A weekly look at small boats and the people who mend them", 8) == ["tail"]


def test_an_outlet_that_speaks_is_known_wherever_it_does() -> None:
    """A line with the outlet's name or an address is one line, wherever it stands."""
    assert places("Follow @harbourgazette", 4) == places("Follow @harbourgazette", 8) == ["any"]


def test_a_heading_that_says_we_is_no_voice() -> None:
    """A short line without name or address is not the outlet speaking, whatever its words."""
    assert "any" not in places("What we don't know", 0) + places("What we don't know", 8)
    assert places("What we don't know", 0) == []


def test_figures_tell_lines_apart_and_counters_do_not() -> None:
    """Closing prices of two days are two lines; counts of comments and years of copyright are one."""
    assert fold_line("The index closed at 5,123.") != fold_line("The index closed at 5,321.")
    assert fold_line("12 comments") == fold_line("3 Comments")
    assert fold_line("© 2019 Harbour Gazette") == fold_line("© 2024 Harbour Gazette")


def carriers(
    count: int,
    *,
    days: int | None = None,
    is_one_matter: bool = False,
    is_sentence: bool = True,
    closing: int | None = None,
    related: float = 0.1,
) -> list[Sampled]:
    """So many articles with the line; at the end of all of them, or of the first `closing` ones."""
    return [
        Sampled(
            f"{n:020}",
            None if days is None else date(2026, 1, 1 + n % days),
            is_sentence=is_sentence,
            is_closing=closing is None or n < closing,
            related_ratio=related,
            witness=Witness((1, 2, 3), (4, 5, 6))
            if is_one_matter
            else Witness((n * 10 + 1, n * 10 + 2), (n * 10 + 3, n * 10 + 4)),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("place", "sampled", "is_boilerplate"),
    [
        ("tail", carriers(2), False),
        ("tail", carriers(3), True),
        ("tail", carriers(3, days=3), True),
        ("tail", carriers(3, days=1), False),
        ("tail", carriers(40, is_one_matter=True), False),
        ("any", carriers(1), False),
        ("any", carriers(2), True),
        ("middle", carriers(7), False),
        ("middle", carriers(8), True),
        ("middle", carriers(40, related=0.25), True),
        ("middle", carriers(40, related=0.26), False),
        ("tail", carriers(40, related=0.35), True),
        ("tail", carriers(40, related=0.36), False),
        ("tail", carriers(3, is_sentence=False), False),
        ("tail", carriers(4, is_sentence=False), True),
        ("tail", carriers(40, is_sentence=False, closing=31), False),
        ("tail", carriers(40, is_sentence=False, closing=32), True),
        ("head", carriers(5, is_sentence=False), False),
        ("head", carriers(6, is_sentence=False), True),
        ("any", carriers(2, related=0.4), True),
        ("any", carriers(3, related=0.41), False),
        ("any", carriers(4, related=0.41), True),
        ("any", carriers(5, is_sentence=False, closing=3, related=0.5)[1:4], False),
        ("any", carriers(5, is_sentence=False, closing=4, related=0.5), True),
    ],
)
def test_spread_over_articles_days_and_places_decides(
    place: str, sampled: list[Sampled], *, is_boilerplate: bool
) -> None:
    """A line needs more witnesses the more it could be the story's; copies and one day's articles prove less."""
    assert judge_sightings(place, sampled, SiteThresholds()).is_boilerplate is is_boilerplate
    assert judge_sightings(place, sampled[::-1], SiteThresholds()) == judge_sightings(
        place, sampled, SiteThresholds()
    )
