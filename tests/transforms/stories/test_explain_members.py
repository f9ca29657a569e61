"""Evidence in words."""

import pytest

from copydesk.transforms.stories.explain_members import Shared, explain_member


@pytest.mark.parametrize(
    ("shared", "gap", "sentence"),
    [
        (Shared(5, 2, 3, 0), 0.2, "shares 5 names, 2 quotations and 3 numbers with a1; within a day"),
        (Shared(1, 0, 0, 7), 1.6, "shares 1 name and 7 telling words with a1; 2 days apart"),
        (Shared(0, 0, 1, 0), float("nan"), "shares 1 number with a1; no dates to compare"),
        (Shared(0, 0, 0, 0), -30.0, "shares nothing countable with a1; times overlap"),
    ],
)
def test_a_sentence_says_it_all(shared: Shared, gap: float, sentence: str) -> None:
    """Counts agree with their nouns, and time is told."""
    assert explain_member(shared, "a1", gap, is_copy=False) == sentence
    assert explain_member(shared, "a1", gap, is_copy=True).startswith("copy of an article that shares ")
