"""Scores the lines that are left of a text: how likely each is no part of the story."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from transforms.clean.lines import Line
from transforms.line_model.descend import descend, weigh_columns
from transforms.line_model.hash_grams import Grams, hash_grams
from transforms.line_model.measure_lines import measure_lines
from transforms.line_model.read_letters import read_letters
from transforms.line_model.weights import Floats, Weights

WORDS_LEAST = -1.0
"""What a line's words must say at least: a line whose words speak for the story is not looked at."""
CLEAR_KIND = 0.7
"""Probability from which a kind is named."""
_UNASKED = -99.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of lines in log odds, of their words alone and of all evidence; lowest where the words forbid."""

    lines: Sequence[Line]
    grams: Grams
    words: Floats
    columns: Floats
    scores: Floats


def score_words(lines: Sequence[Line], weights: Weights) -> tuple[Floats, Grams]:
    """Return what the words of each line say, whatever stands around it."""
    grams = hash_grams(read_letters([line.fold for line in lines]))
    said = np.bincount(grams.lines, weights.grams[grams.buckets], len(lines))
    return np.asarray(said + weights.grams_base, np.float64), grams


def score_lines(lines: Sequence[Line], weights: Weights) -> Scores:
    """Return the scores of the lines of one text, in order."""
    words, grams = score_words(lines, weights)
    asked = np.flatnonzero(words > WORDS_LEAST)
    scores, columns = np.full(len(lines), _UNASKED), np.zeros((len(lines), len(weights.column_names)))
    if len(asked):
        measured = measure_lines(lines, read_letters([line.text for line in lines]))
        columns = np.column_stack([*measured.values(), words]).astype(np.float64)
        scores[asked] = descend(weights.trees, columns[asked])
    return Scores(lines, grams, words, columns, scores)


def explain_line(scores: Scores, at: int, weights: Weights) -> str:
    """Name the two strongest witnesses against a line, and of its words the two that say most."""
    added = weigh_columns(weights.trees, scores.columns[at])
    strongest = [int(column) for column in np.argsort(-added, kind="stable")[:2] if added[column] > 0]
    told = [
        f"its words ({_strongest_words(scores, at, weights)})"
        if column == len(weights.column_names) - 1
        else f"{weights.column_names[column]} {scores.columns[at, column]:.2g}"
        for column in strongest
    ]
    return " and ".join(told)


def _strongest_words(scores: Scores, at: int, weights: Weights) -> str:
    mine = np.flatnonzero(scores.grams.lines == at)
    text = "\n".join([line.fold for line in scores.lines])
    said: dict[str, float] = {}
    for gram in mine[np.argsort(-weights.grams[scores.grams.buckets[mine]], kind="stable")][:6].tolist():
        said.setdefault(text[scores.grams.starts[gram] : scores.grams.ends[gram]], 0.0)
    return ", ".join([repr(word) for word in said][:2])


def kind_of(scores: Scores, at: int, weights: Weights) -> str | None:
    """Return the kind of junk that a line's words speak for, or None where they are not clear."""
    buckets = scores.grams.buckets[scores.grams.lines == at]
    said = weights.kind_base + weights.kind_grams[buckets % len(weights.kind_grams)].sum(axis=0)
    likely = int(np.argmax(said))
    share = 1 / np.exp(said - said[likely]).sum()
    return weights.kinds[likely] if share >= CLEAR_KIND else None
