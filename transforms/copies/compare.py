"""Measures pairs of wordings, and says what is known of them besides their words.

Enters: wordings, and pairs of their rows. Leaves: `Compared`.
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from copydesk.transforms.copies.blocks import mark_blocks
from copydesk.transforms.copies.measure import Measures, measure
from copydesk.transforms.copies.signs import Circumstances
from copydesk.transforms.copies.word_hash import hex_of_words
from copydesk.transforms.copies.words import words

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Compared:
    """What the texts of each pair share, and what is known of them besides."""

    measures: Measures
    known: Circumstances


def compare(wordings: pa.Table, ends: NDArray[np.int64]) -> Compared:
    """Return what the pairs share; `wordings` has title, body, published_on and outlet, null where not known."""
    batch = mark_blocks(words(wordings["body"]))
    hashes = np.asarray(hex_of_words(batch).to_numpy(zero_copy_only=False))
    sizes = np.diff(batch.starts)
    is_exact = (hashes[ends[:, 0]] == hashes[ends[:, 1]]) & (sizes[ends[:, 0]] > 0)
    return Compared(measure(batch, ends), _circumstances(wordings, ends, is_exact))


def _circumstances(wordings: pa.Table, ends: NDArray[np.int64], is_exact: NDArray[np.bool_]) -> Circumstances:
    titles, outlets, days = (wordings[name].to_pylist() for name in ("title", "outlet", "published_on"))
    pairs = ends.tolist()
    return Circumstances(
        is_exact=is_exact,
        is_one_title=np.array([bool(titles[a]) and titles[a] == titles[b] for a, b in pairs], bool),
        is_series=np.array([_is_series(titles[a], titles[b]) for a, b in pairs], bool),
        is_one_outlet=np.array([bool(outlets[a]) and outlets[a] == outlets[b] for a, b in pairs], bool),
        days_apart=np.array(
            [abs((days[a] - days[b]).days) if days[a] and days[b] else -1 for a, b in pairs], np.int64
        ),
    )


def _is_series(title_a: str | None, title_b: str | None) -> bool:
    """Whether two titles differ in their numbers and in nothing else: "The year in pictures" of two years."""
    if not title_a or not title_b or title_a == title_b:
        return False
    bare_a, bare_b = (_NUMBER.sub("0", title).casefold().split() for title in (title_a, title_b))
    return bare_a == bare_b and _NUMBER.findall(title_a) != _NUMBER.findall(title_b)
