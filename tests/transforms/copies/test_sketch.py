"""Sketches: the same shingles are sampled from all texts, more densely from short ones."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.copies.sketch import SKETCH, Density, sketch, thresholds

STORY = " ".join(f"word{number} and item{number * 7}" for number in range(400))


def articles(*bodies: str | None) -> pa.Table:
    ids = [f"{place:020x}" for place in range(len(bodies))]
    return pa.table({"article_id": ids, "revision_id": ids, "body": pa.array(bodies, pa.string())})


def hashes(body: str) -> set[int]:
    return set(sketch(articles(body))["shingle_hash"].to_pylist())


@given(st.lists(st.text("ab c1\n", max_size=60), max_size=5))
def test_alone_or_together(bodies: list[str]) -> None:
    """The sketch of a batch is the sketches of its articles."""
    parts = [sketch(articles(*bodies).slice(place, 1)) for place in range(len(bodies))]
    assert sketch(articles(*bodies)).equals(pa.concat_tables([SKETCH.empty_table(), *parts]))


def test_every_text_with_words_is_sketched() -> None:
    """A text of one word has a hash, a text without words none."""
    rows = sketch(articles("Yes", "", None, "…"))
    assert rows["article_id"].to_pylist() == [f"{0:020x}"]
    assert rows["shingle_count"].to_pylist() == [1]


def test_a_contained_text_shares_its_sampled_hashes() -> None:
    """Of a text inside a longer one, all hashes below the longer one's threshold are the longer one's."""
    part = " ".join(STORY.split()[:500])
    limit = (2**64 - 1) // 16
    assert {value for value in hashes(part) if value < limit} <= hashes("Before it. " + STORY)


def test_about_one_in_sixteen() -> None:
    """A long text keeps about a sixteenth of its shingles, one of 200 words a quarter, one below 100 words all."""
    count = len(STORY.split()) - 4
    assert 0.6 < len(hashes(STORY)) / (count / 16) < 1.5
    assert 0.6 < len(hashes(" ".join(STORY.split()[:196]))) / 48 < 1.5
    assert len(hashes(" ".join(STORY.split()[:100]))) == 96


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_longer_texts_are_never_denser(one: int, other: int) -> None:
    """The threshold falls with the length, so that of two texts the longer one's is common to both."""
    limits = thresholds(np.array(sorted((one, other))), Density())
    assert limits[0] >= limits[1] >= 2**60 - 2**12
