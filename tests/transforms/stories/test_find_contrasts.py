"""Years in which a similar thing happened before."""

import re

import pytest

from copydesk.transforms.stories.find_contrasts import find_contrasts


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
