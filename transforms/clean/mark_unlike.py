"""Mark lines that are unlike a story by all their evidence, where rules know nothing of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.lines import Line, is_listed
from copydesk.transforms.clean.marks import Mark, Sheet
from copydesk.transforms.clean.read_dateline import read_dateline
from copydesk.transforms.line_model.hash_grams import Grams
from copydesk.transforms.line_model.score_lines import (
    WORDS_LEAST,
    explain_line,
    kind_of,
    measure_columns,
    said_around,
    score_words,
)
from copydesk.transforms.line_model.weights import Floats, Weights, descend, packaged_weights, weigh_columns
from copydesk.transforms.records import Image

LEAST_SCORE = 2.0
"""Log odds from which a line leaves: with less, more articles of hosts not learnt from lost a piece of their story."""
_MOST_OF_BODY = 0.4
"""A model that would take more of a text than this has met something that it doesn't know."""
_BEHIND, _AMID = SpanKind.FOOTER_LINK, SpanKind.RELATED_LINK
"""What a line is called whose words don't tell its kind: behind the story, and amid it."""
_ENGLISH = frozenset(
    ["the", "and", "to", "that", "for", "with", "by", "it", "from", "said", "his", "has", "have", "be"]
)
_ENGLISH_SHARE = 0.08
"""English texts have about .15 of these words."""
_QUOTED = 0.5
LEAST_WORDS_OF_SENTENCE = 3.0
"""What the words of a whole sentence must say: only they tell it from the story's last one."""
LEAST_WORDS_AGAIN = 3.0
LEAST_WORDS_IN_LIST = 0.5
"""What the words of a line between short lines must say: its form and place say nothing there."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The lines of a sheet that nothing has marked, their indexes in it, and the places of those that may go."""

    sheet: Sheet
    left: list[int]
    lines: list[Line]
    free: list[int]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A line that is no part of the story, by its place among those that are left."""

    at: int
    score: float
    columns: Floats
    added: Floats
    grams: Grams


def mark_unlike(sheets: Sequence[Sheet]) -> list[bool]:
    """Mark the open lines that the line model scores as no part of the story; return in which sheets there were any.

    It sees the lines that are left alone, as if there had been no others, so that cleaning a body again finds nothing.
    Most lines are told by their guards and words; only what these leave is measured, of all sheets at once.
    """
    weights = packaged_weights()
    texts = [_read(sheet) for sheet in sheets]
    free = [(number, at) for number, text in enumerate(texts) for at in text.free]
    said, grams = score_words([texts[number].lines[at] for number, at in free], weights)
    rows = _speaking(texts, free, said.tolist())
    if not rows:
        return [False] * len(texts)
    asked: list[list[int]] = [[] for _ in texts]
    for row in rows:
        asked[free[row][0]].append(free[row][1])
    columns = measure_columns(
        [(text.lines, places) for text, places in zip(texts, asked, strict=True)],
        _said_around(texts, asked, dict(zip(free, said.tolist(), strict=True)), weights),
    )
    scores = descend(weights.trees, columns)
    hits: list[list[_Hit]] = [[] for _ in texts]
    high = np.flatnonzero(scores >= LEAST_SCORE)
    for turn, added in zip(high.tolist(), weigh_columns(weights.trees, columns[high]), strict=True):
        number, at = free[rows[turn]]
        if not _is_owed(texts[number].lines[at]):
            hits[number].append(_Hit(at, float(scores[turn]), columns[turn], added, grams.of(rows[turn])))
    return [_mark(text, found, weights) for text, found in zip(texts, hits, strict=True)]


def _read(sheet: Sheet) -> _Text:
    left = sheet.open()
    lines = [sheet.lines[index] for index in left]
    free = [at for at, index in enumerate(left) if sheet.is_free(index)]
    return _Text(sheet, left, lines, free)


def _speaking(texts: Sequence[_Text], free: list[tuple[int, int]], said: list[float]) -> list[int]:
    """Return the rows of lines whose words speak against them, and that are no speech and in no list of their story."""
    are_english: dict[int, bool] = {}
    rows = []
    for row, ((number, at), words) in enumerate(zip(free, said, strict=True)):
        lines = texts[number].lines
        if words > WORDS_LEAST and (words >= LEAST_WORDS_OF_SENTENCE or not lines[at].is_closed):
            if number not in are_english:
                are_english[number] = _is_english(lines)
            if are_english[number] and words >= _least_in_list(lines, at) and not lines[at].is_reported:
                rows.append(row)
    return rows


def _said_around(
    texts: Sequence[_Text], asked: list[list[int]], known: dict[tuple[int, int], float], weights: Weights
) -> Floats:
    """Return what the words of the lines asked for and of their neighbours say; `known` holds the free lines of all."""
    near = {
        (number, at + by)
        for number, places in enumerate(asked)
        for at in places
        for by in range(-2, 3)
        if 0 <= at + by < len(texts[number].lines)
    }
    held = sorted(near - known.keys())
    if held:
        said, _ = score_words([texts[number].lines[at] for number, at in held], weights)
        known |= dict(zip(held, said.tolist(), strict=True))
    return np.concatenate(
        [
            said_around(np.array([known.get((number, at), 0.0) for at in range(len(text.lines))]))[places]
            for number, (text, places) in enumerate(zip(texts, asked, strict=True))
            if places
        ]
    )


def _mark(text: _Text, hits: list[_Hit], weights: Weights) -> bool:
    """Mark what was found in one text, unless it is too much of it."""
    lines = text.lines
    chars = [line.end - line.start for line in lines]
    if sum(chars[hit.at] for hit in hits) > _MOST_OF_BODY * sum(chars):
        return False
    for hit in hits:
        kind = _kind(lines, hit.at, kind_of(hit.grams, weights))
        if hit.at == 0 and kind is _AMID:
            continue  # a headline: links to others stand nowhere above the story
        evidence = explain_line(lines[hit.at], hit.grams, hit.columns, hit.added, weights)
        confidence = round(1 / (1 + math.exp(-hit.score)), 3)
        text.sheet.marks[text.left[hit.at]] = Mark(kind, "lines.unlike", evidence, confidence)
        if kind is SpanKind.CAPTION and lines[hit.at].evidence is None:  # a page shows where its pictures are
            text.sheet.images.append(Image(caption=lines[hit.at].text))
    return any(text.sheet.marks[index] for index in text.left)


def _kind(lines: list[Line], at: int, told: str | None) -> SpanKind:
    is_last = not any(line.is_prose for line in lines[at + 1 :])
    return SpanKind(told) if told else _BEHIND if is_last else _AMID


def _is_english(lines: list[Line]) -> bool:
    """Whether a text is in the language of the labels: in others, words that both know have misled."""
    words = chain.from_iterable(line.words for line in lines)
    return sum(map(_ENGLISH.__contains__, words)) > _ENGLISH_SHARE * sum(len(line.words) for line in lines)


def _is_owed(line: Line) -> bool:
    """Whether a line is what people say, opens a story, or breaks off amid a sentence."""
    return _is_quotation(line) or read_dateline(line.text) is not None or line.text.endswith(",")


def _is_quotation(line: Line) -> bool:
    said = sum(map(str.isalpha, line.fold)) - sum(map(str.isalpha, line.unquoted))
    return said > _QUOTED * sum(map(str.isalpha, line.fold))


def _least_in_list(lines: list[Line], at: int) -> float:
    """Return what the words of a line must say, so that the story's own lists stay.

    What follows a sentence with a colon while it is short stays; and among short lines, or where a text says it again
    as the headings of a series do, what its words do not speak against.
    """
    if is_listed(lines, at):
        return math.inf
    if sum(line.fold == lines[at].fold for line in lines) > 1:
        return LEAST_WORDS_AGAIN
    in_run = not any(line.is_prose for line in lines[max(0, at - 1) : at + 2])
    return LEAST_WORDS_IN_LIST if in_run else -math.inf
