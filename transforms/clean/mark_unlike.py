"""Mark lines that are unlike a story by all their evidence, where rules know nothing of them."""

import math
from collections import Counter

import numpy as np

from schemas.enums import SpanKind
from transforms.clean.lines import Line
from transforms.clean.marks import Mark, Sheet
from transforms.clean.read_dateline import read_dateline
from transforms.line_model.descend import descend
from transforms.line_model.score_lines import WORDS_LEAST, explain_line, kind_of, measure_columns, score_words
from transforms.line_model.weights import Floats, packaged_weights
from transforms.records import Image

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
LEAST_WORDS_OF_SENTENCE = 2.0
"""What the words of a whole sentence must say: only they tell it from the story's last one."""
LEAST_WORDS_AGAIN = 3.0
LEAST_WORDS_IN_LIST = 0.5
"""What the words of a line between short lines must say: its form and place say nothing there."""


def mark_unlike(sheet: Sheet) -> bool:
    """Mark the open lines that the line model scores as no part of the story; return whether there were any.

    It sees the lines that are left alone, as if there had been no others, so that cleaning a body again finds nothing.
    Most lines are told by their guards and words; only what these leave is measured.
    """
    weights = packaged_weights()
    left = sheet.open()
    lines = [sheet.lines[index] for index in left]
    free = [at for at, index in enumerate(left) if _may_go(sheet, index)]
    if not free or not _is_english(lines):
        return False
    said, grams = score_words([lines[at] for at in free], weights)
    rows = _speaking(lines, free, said)
    if not rows:
        return False
    places = [free[row] for row in rows]
    columns = measure_columns(lines, places, said[rows])
    scores = descend(weights.trees, columns)
    found = [
        turn
        for turn in np.flatnonzero(scores >= LEAST_SCORE).tolist()
        if read_dateline(lines[places[turn]].text) is None
    ]
    chars = [line.end - line.start for line in lines]
    if sum(chars[places[turn]] for turn in found) > _MOST_OF_BODY * sum(chars):
        return False
    for turn in found:
        at, own = places[turn], grams.of(rows[turn])
        kind = _kind(lines, at, kind_of(own, weights))
        if at == 0 and kind is _AMID:
            continue  # a headline: links to others stand nowhere above the story
        evidence = explain_line(lines[at], own, columns[turn], weights)
        confidence = round(1 / (1 + math.exp(-float(scores[turn]))), 3)
        sheet.marks[left[at]] = Mark(kind, "lines.unlike", evidence, confidence)
        if kind is SpanKind.CAPTION:
            sheet.images.append(Image(caption=lines[at].text))
    return any(sheet.marks[index] for index in left)


def _speaking(lines: list[Line], places: list[int], said: Floats) -> list[int]:
    """Return which of the places have words that speak against their line, and are no line of the story's lists."""
    rows = [
        row
        for row, (at, words) in enumerate(zip(places, said.tolist(), strict=True))
        if words > WORDS_LEAST and (words >= LEAST_WORDS_OF_SENTENCE or not lines[at].is_closed)
    ]
    if not rows:
        return []
    least = _least_in_lists(lines)
    return [row for row in rows if said[row] >= least[places[row]]]


def _kind(lines: list[Line], at: int, told: str | None) -> SpanKind:
    is_last = not any(line.is_prose for line in lines[at + 1 :])
    return SpanKind(told) if told else _BEHIND if is_last else _AMID


def _is_english(lines: list[Line]) -> bool:
    """Whether a text is in the language of the labels: in others, words that both know have misled."""
    count = sum(len(line.words) for line in lines)
    return sum(sum(map(_ENGLISH.__contains__, line.words)) for line in lines) > _ENGLISH_SHARE * count


def _may_go(sheet: Sheet, index: int) -> bool:
    """Whether no guard holds a line: what people say, and what a story owes its readers, stays."""
    line = sheet.lines[index]
    return sheet.is_free(index) and not line.is_reported and not _is_quotation(line)


def _is_quotation(line: Line) -> bool:
    if line.unquoted == line.fold:
        return False
    said = sum(map(str.isalpha, line.fold)) - sum(map(str.isalpha, line.unquoted))
    return said > _QUOTED * sum(map(str.isalpha, line.fold))


def _least_in_lists(lines: list[Line]) -> list[float]:
    """Return what the words of each line must say, so that the story's own lists stay.

    What follows a sentence with a colon while it is short stays; and among short lines, or where a text says it again
    as the headings of a series do, what its words do not speak against.
    """
    short = [not line.is_prose for line in lines]
    times = Counter(line.fold for line in lines)
    least, held = [], False
    for at, line in enumerate(lines):
        is_announced = at > 0 and lines[at - 1].text.endswith(":") and not short[at - 1]
        held = short[at] and (is_announced or held)
        in_run = all(short[max(0, at - 1) : at + 2])
        least.append(
            math.inf
            if held
            else LEAST_WORDS_AGAIN
            if times[line.fold] > 1
            else LEAST_WORDS_IN_LIST
            if in_run
            else -math.inf
        )
    return least
