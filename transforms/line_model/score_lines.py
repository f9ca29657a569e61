"""Scores the lines that are left of a text: how likely each is no part of the story."""

from collections.abc import Iterable, Sequence

import numpy as np

from copydesk.transforms.clean.lines import Line
from copydesk.transforms.line_model.hash_grams import Grams, hash_grams
from copydesk.transforms.line_model.measure_lines import AskedLines, measure_lines
from copydesk.transforms.line_model.read_letters import read_letters
from copydesk.transforms.line_model.weights import Floats, Weights

WORDS_LEAST = -1.0
"""What a line's words must say at least: a line whose words speak for the story is not looked at."""
CLEAR_KIND = 0.7
"""Probability from which a kind is named."""
_NOTHING = -4.0
"""What the words beyond the ends of a text say: as little as a story's."""
SAID = ("its words", "words of the line above", "words of the line below", "of two above", "of two below")


def score_words(lines: Sequence[Line], weights: Weights) -> tuple[Floats, Grams]:
    """Return what the words of each line say, whatever stands around it."""
    grams = hash_grams(read_letters([line.fold for line in lines]))
    said = np.bincount(grams.lines, weights.grams[grams.buckets], len(lines))
    return np.asarray(said + weights.grams_base, np.float64), grams


def measure_columns(texts: Iterable[AskedLines], said: Floats) -> Floats:
    """Return all that the trees are asked about the lines at some places of texts; `said` are their columns SAID."""
    return np.column_stack([*measure_lines(texts).values(), said]).astype(np.float64)


def said_around(words: Floats) -> Floats:
    """Return the columns SAID of the lines of a text, whose words say `words`."""
    beyond = np.full(2, _NOTHING)
    padded = np.concatenate([beyond, words, beyond])
    above, below = padded[1:-3], padded[3:-1]
    return np.column_stack(
        [words, above, below, np.maximum(above, padded[:-4]), np.maximum(below, padded[4:])]
    )


def explain_line(line: Line, grams: Grams, columns: Floats, added: Floats, weights: Weights) -> str:
    """Name the two strongest witnesses against a line, and of its words the two that say most.

    `grams` and `columns` are those of the line, `added` is what each column has added to its score.
    """
    strongest = [int(column) for column in np.argsort(-added, kind="stable")[:2] if added[column] > 0]
    told = [
        f"its words ({_strongest_words(line, grams, weights)})"
        if weights.column_names[column] == SAID[0]
        else f"{weights.column_names[column]} {columns[column]:.2g}"
        for column in strongest
    ]
    return " and ".join(told)


def _strongest_words(line: Line, grams: Grams, weights: Weights) -> str:
    said: dict[str, float] = {}
    for gram in np.argsort(-weights.grams[grams.buckets], kind="stable")[:6].tolist():
        said.setdefault(line.fold[grams.starts[gram] : grams.ends[gram]], 0.0)
    return ", ".join([repr(word) for word in said][:2])


def kind_of(grams: Grams, weights: Weights) -> str | None:
    """Return the kind of junk that the grams of a line speak for, or None where they are not clear."""
    said = weights.kind_base + weights.kind_grams[grams.buckets % len(weights.kind_grams)].sum(axis=0)
    likely = int(np.argmax(said))
    share = 1 / np.exp(said - said[likely]).sum()
    return weights.kinds[likely] if share >= CLEAR_KIND else None
