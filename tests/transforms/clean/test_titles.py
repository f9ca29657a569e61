"""The title of a plain text is the first line that tells of the story, not the first line."""

import pytest
from harbour_story import STORY, TITLE

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted

RULES = load_rules()


def cleaned(*above: str) -> Cleaned:
    return clean(Extracted("\n\n".join([*above, TITLE, *STORY]), "plain"), rules=RULES)


@pytest.mark.parametrize(
    "above",
    [
        ("We and our 840 partners store information on your device",),
        ("12°C Wexley, light rain", "Home News Sport Culture Weather"),
        ("Cookies helfen uns bei der Bereitstellung unserer Inhalte",),
    ],
    ids=["cookies", "weather and menu", "another language"],
)
def test_what_stands_above_the_title_is_not_the_title(above: tuple[str, ...]) -> None:
    """Lines with no word of the story above one that has several are the page's, and go with it."""
    found = cleaned(*above)
    assert found.readings.title == TITLE
    assert found.body.split("\n\n") == STORY


@pytest.mark.parametrize(
    "above", ["Ferry times", "Harbour 2 Pier 1"], ids=["a word of the story", "a result"]
)
def test_a_line_that_may_be_the_storys_stays(above: str) -> None:
    """A line above the title that shares a word with the story, or is a result, is not taken for the page's."""
    spans = cleaned(above).spans
    assert [span for span in spans if span.rule_id == "structure.above-title"] == []


OPENINGS = {
    "a question that is quoted": "Do you remember the old song, “Who will carry us over?”",
    "a sentence that is quoted": "As the harbour master puts it: “A ferry is a street, and streets stay open.”",
    "a question that an agency opens with": "Wexmouth (Tidewire) - Will the harbour council give up its old ferry?",
    "a dateline on a line of its own": "SOUTH KELVAR, Wexshire, March 12 /Tidewire/ --",
    "a sentence cut in two": "The council's plan to give up the ferry three months from now, a plan made for",
}


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS.keys())
def test_a_sentence_below_a_known_title_opens_the_story(opening: str) -> None:
    """What ends inside a quotation, or with a word that no heading ends with, is neither title nor standfirst."""
    for title in (TITLE, None):
        extracted = Extracted("\n\n".join([opening, *STORY]), "plain", title=title)
        assert clean(extracted, rules=RULES).body.split("\n\n") == [opening, *STORY]


def test_a_sentence_that_goes_on_in_the_next_line_is_no_heading() -> None:
    """What stands above a line that begins in lower case is the first half of a sentence, below any title."""
    halves = [
        "The council of the harbour town of Kelvar has said",
        "in a letter that it will keep the night ferry.",
    ]
    body = [*halves, *STORY]
    for lines in (body, [TITLE, TITLE, *body]):
        found = clean(Extracted("\n".join(lines), "plain", title=TITLE), rules=RULES)
        assert (found.body.split("\n\n"), found.readings.dek) == (body, None)
    assert clean(Extracted("\n".join(body), "plain"), rules=RULES).body.split("\n\n") == body


@pytest.mark.parametrize(
    "opening", ["Who will carry the islanders over?", "Last May? The May before? How about 2006?"]
)
def test_a_question_opens_the_story_where_the_text_has_no_title_of_its_own(opening: str) -> None:
    """Under a title that only its carrier names, a question is the first line of the story and no standfirst."""
    extracted = Extracted("\n\n".join([opening, *STORY]), "plain", title=TITLE)
    assert clean(extracted, rules=RULES).body.split("\n\n") == [opening, *STORY]


@pytest.mark.parametrize("heading", [TITLE, f"“{TITLE}”"], ids=["a part of a round-up", "a quotation"])
def test_what_repeats_the_title_amid_the_story_is_a_heading(heading: str) -> None:
    """Below the second paragraph a line with the words of the title belongs to the story."""
    body = [*STORY[:2], heading, STORY[2]]
    assert clean(Extracted("\n\n".join(body), "plain", title=TITLE), rules=RULES).body.split("\n\n") == body


def test_names_of_speakers_are_no_repeated_title() -> None:
    """In a transcript the name above each turn stays, also where the first one opens the text."""
    body = ["ida brandt", STORY[0], "ann petrel", STORY[1], "ida brandt", STORY[2]]
    for title in (TITLE, None):
        assert (
            clean(Extracted("\n\n".join(body), "plain", title=title), rules=RULES).body.split("\n\n") == body
        )


def test_who_said_what_is_quoted_above_is_no_picture_credit() -> None:
    """A name with a house below a quotation is its attribution; a credit that says so, or that stands alone, goes."""
    quoted = "“A ferry is a street, and a town that closes its streets will not stay a town for long.”"
    for line, stays in (("Ann Petrel, Bloomberg", True), ("Photo: Ann Petrel/Reuters", False)):
        body = clean(Extracted("\n\n".join([STORY[0], quoted, line, *STORY[1:]]), "plain"), rules=RULES).body
        assert (line in body) is stays
