"""The title of a plain text is the first line that tells of the story, not the first line."""

import pytest

from flows.load_rules import load_rules
from transforms.clean.clean import clean
from transforms.records import Cleaned, Extracted

RULES = load_rules()
TITLE = "Harbour council keeps the island ferry for another winter"
STORY = [
    "The harbour council voted on Tuesday night to keep the old island ferry running, against its own auditor.",
    "Councillor Ida Brandt said that the islanders had waited for that decision since the storm of last November.",
    "A new boat would cost nine million pounds, which the county does not have before the end of the decade.",
]


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
