"""What the line model promises, whatever it has learnt."""

from importlib.resources import files

import numpy as np
import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.clean.lines import Line, split_lines
from copydesk.transforms.line_model.measure_lines import measure_lines
from copydesk.transforms.line_model.score_lines import SAID, measure_columns, said_around, score_words
from copydesk.transforms.line_model.weights import descend, packaged_weights, weigh_columns
from copydesk.transforms.records import Extracted

RULES = load_rules()
STORY = """The council of Stenby voted on Tuesday to close the old bridge after engineers found cracks in three of its piers.

About 900 people cross it each day, most of them on foot, and the ferry takes 40 minutes longer.

Treasurer Mats Older said the repair would cost $4.1 million and take until the spring of next year.

{}The last time that the bridge was closed was in 1987, when a barge struck its northern pier.

A meeting for residents is planned in the school hall on Thursday evening, and the vote is final."""


def cleaned(text: str):
    return clean(Extracted(text=text, extractor="text"), rules=RULES)


def spans_of_model(text: str):
    return [span for span in cleaned(text).spans if span.rule_id == "lines.unlike"]


def test_the_packaged_weights_fit_the_columns_and_a_megabyte():
    """The weights in the package are of today's columns, and small."""
    lines = split_lines(STORY.format(""))
    names = [*measure_lines([(lines, range(len(lines)))]), *SAID]
    assert list(packaged_weights().column_names) == names
    assert len(files("copydesk.transforms.line_model").joinpath("weights.npz").read_bytes()) < 1_000_000


def test_what_the_words_of_a_line_say_hangs_on_them_alone():
    """The same line has the same words score in any company, in any order; case, accents and digits play no part."""
    lines = split_lines(STORY.format(""))
    weights = packaged_weights()
    whole, _ = score_words(lines, weights)
    for line, said in zip(lines, whole, strict=True):
        assert score_words([line], weights)[0][0] == pytest.approx(said)
    one, other = (Line(0, len(text), text) for text in ("Photos: 3 of 14", "PHOTOS: 7 of 28"))
    assert score_words([one], weights)[0][0] == pytest.approx(score_words([other], weights)[0][0])


def test_a_line_measures_the_same_alone_and_among_others_that_are_asked_for():
    """What is measured of a line hangs on its text, not on which other lines of it are measured with it."""
    lines = split_lines(STORY.format("Photos: Hide Caption 3 of 14\n\n"))
    said, _ = score_words(lines, packaged_weights())
    around = said_around(said)
    every = measure_columns([(lines, range(len(lines)))], around)
    for at in range(len(lines)):
        assert measure_columns([(lines, [at])], around[[at]])[0].tobytes() == every[at].tobytes()


def test_what_columns_add_is_the_score():
    """The witnesses' shares of a score add up to it, but for where the trees begin."""
    trees = packaged_weights().trees
    rows = np.linspace([-1, 3], [3, -1], len(packaged_weights().column_names), axis=1)
    begin = trees.values[trees.roots].sum()
    assert begin + weigh_columns(trees, rows).sum(axis=1) == pytest.approx(descend(trees, rows))


@pytest.mark.parametrize(
    "line",
    [
        "Follow us for more stories",
        "Watch the video above for more on this story",
    ],
)
def test_an_unknown_leftover_amid_a_story_leaves_with_its_witnesses(line: str):
    """A line that no rule knows leaves as a span with kind, two witnesses in words, and the score as confidence."""
    (span,) = spans_of_model(STORY.format(line + "\n\n"))
    assert " and " in span.evidence
    assert 0.5 < span.confidence_ratio <= 1
    assert line not in cleaned(STORY.format(line + "\n\n")).body


@pytest.mark.parametrize(
    "line",
    [
        "“Read or share this story with your friends,” the poster says.",
        "Correction: An earlier version of this article gave the wrong year for the closure.",
        "If you or someone you know needs help, call the National Suicide Prevention Lifeline at 1-800-273-8255.",
        "The ferry's owner, Lena Marsk, said that readers should share this story with the minister.",
        "The towns that pay for it are:\n\nStenby\n\nOster Lake\n\nNewport\n\nHalden Creek",
        "What comes next",
        "A vote on the quay follows in May.",
        "The next meeting is on 4 May.",
    ],
)
def test_what_people_say_and_a_story_owes_its_readers_stays(line: str):
    """Quotations, reported speech, corrections, helplines, announced lists and subheadings stay."""
    assert spans_of_model(STORY.format(line + "\n\n")) == []
