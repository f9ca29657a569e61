"""Mark lines that are unlike a story by all their evidence, where rules know nothing of them."""

import math
from collections import Counter

from schemas.enums import SpanKind
from transforms.clean.lines import Line
from transforms.clean.marks import Mark, Sheet
from transforms.clean.read_dateline import read_dateline
from transforms.line_model.score_lines import explain_line, kind_of, score_lines
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
    """
    weights = packaged_weights()
    left = sheet.open()
    lines = [sheet.lines[index] for index in left]
    if not _is_english(lines):
        return False
    scores = score_lines(lines, weights)
    held = _lists(lines, scores.words)
    found = [
        at
        for at, index in enumerate(left)
        if scores.scores[at] >= LEAST_SCORE
        and at not in held
        and (scores.words[at] >= LEAST_WORDS_OF_SENTENCE or not lines[at].is_closed)
        and _may_go(sheet, index)
    ]
    chars = [line.end - line.start for line in lines]
    if sum(chars[at] for at in found) > _MOST_OF_BODY * sum(chars):
        return False
    kinds = {at: _kind(lines, at, kind_of(scores, at, weights)) for at in found}
    if kinds.get(0) is _AMID:
        del kinds[0]  # a headline: links to others stand nowhere above the story
    for at, kind in kinds.items():
        confidence = round(1 / (1 + math.exp(-float(scores.scores[at]))), 3)
        sheet.marks[left[at]] = Mark(kind, "lines.unlike", explain_line(scores, at, weights), confidence)
        if kind is SpanKind.CAPTION:
            sheet.images.append(Image(caption=lines[at].text))
    return bool(kinds)


def _kind(lines: list[Line], at: int, told: str | None) -> SpanKind:
    is_last = not any(line.is_prose for line in lines[at + 1 :])
    return SpanKind(told) if told else _BEHIND if is_last else _AMID


def _is_english(lines: list[Line]) -> bool:
    """Whether a text is in the language of the labels: in others, words that both know have misled."""
    words = [word for line in lines for word in line.words]
    return sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * len(words)


def _may_go(sheet: Sheet, index: int) -> bool:
    """Whether no guard holds a line: what people say, and what a story owes its readers, stays."""
    line = sheet.lines[index]
    if not sheet.is_free(index) or line.is_reported or _is_quotation(line):
        return False
    return read_dateline(line.text) is None


def _is_quotation(line: Line) -> bool:
    said = sum(map(str.isalpha, line.fold)) - sum(map(str.isalpha, line.unquoted))
    return said > _QUOTED * sum(map(str.isalpha, line.fold))


def _lists(lines: list[Line], words: Floats) -> set[int]:
    """Return the lines of lists that are the story's own.

    What follows a sentence with a colon while it is short; and among short lines, or where a text says it again as the
    headings of a series do, what its words do not speak against.
    """
    held: set[int] = set()
    short = [not line.is_prose for line in lines]
    for at in range(1, len(lines)):
        is_announced = lines[at - 1].text.endswith(":") and not short[at - 1]
        if short[at] and (is_announced or at - 1 in held):
            held.add(at)
    runs = [all(short[max(0, at - 1) : at + 2]) for at in range(len(lines))]
    times = Counter(line.fold for line in lines)
    least = [
        LEAST_WORDS_AGAIN if times[line.fold] > 1 else LEAST_WORDS_IN_LIST if in_run else -math.inf
        for line, in_run in zip(lines, runs, strict=True)
    ]
    return held | {at for at, said in enumerate(words.tolist()) if said < least[at]}
