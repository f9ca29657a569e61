"""Mark lines that are unlike a story by all their evidence, where rules know nothing of them."""

import math

from schemas.enums import SpanKind
from transforms.clean.lines import Line
from transforms.clean.marks import Mark, Sheet
from transforms.line_model.score_lines import explain_line, kind_of, score_lines
from transforms.line_model.weights import packaged_weights
from transforms.records import Image

LEAST_SCORE = 1.3
"""Log odds from which a line leaves, set so that of texts of other hosts less than .03 % of the body went."""
_MOST_OF_BODY = 0.4
"""A model that would take more of a text than this has met something that it doesn't know."""
_QUOTED = 0.5


def mark_unlike(sheet: Sheet) -> None:
    """Mark the open lines that the line model scores as no part of the story, until none is left.

    It sees the lines that are left alone, as if there had been no others, so that cleaning a body again finds nothing.
    """
    weights = packaged_weights()
    before = -1
    while before != len(left := sheet.open()):
        before = len(left)
        lines = [sheet.lines[index] for index in left]
        scores = score_lines(lines, weights)
        held = _announced(lines)
        found = [
            at
            for at, index in enumerate(left)
            if scores.scores[at] >= LEAST_SCORE and at not in held and _may_go(sheet, index)
        ]
        chars = [line.end - line.start for line in lines]
        if sum(chars[at] for at in found) > _MOST_OF_BODY * sum(chars):
            return
        for at in found:
            kind = SpanKind(kind_of(scores, at, weights))
            confidence = round(1 / (1 + math.exp(-float(scores.scores[at]))), 3)
            sheet.marks[left[at]] = Mark(kind, "lines.unlike", explain_line(scores, at, weights), confidence)
            if kind is SpanKind.CAPTION:
                sheet.images.append(Image(caption=lines[at].text))


def _may_go(sheet: Sheet, index: int) -> bool:
    """Whether no guard holds a line: what people say, and what a story owes its readers, stays."""
    line = sheet.lines[index]
    return sheet.is_free(index) and not line.is_reported and not _is_quotation(line)


def _is_quotation(line: Line) -> bool:
    said = sum(map(str.isalpha, line.fold)) - sum(map(str.isalpha, line.unquoted))
    return said > _QUOTED * sum(map(str.isalpha, line.fold))


def _announced(lines: list[Line]) -> set[int]:
    """Return the lines of lists that the story announces: what follows a sentence that ends in a colon, while short."""
    held: set[int] = set()
    for at in range(1, len(lines)):
        is_announced = lines[at - 1].text.endswith(":") and lines[at - 1].is_prose
        if not lines[at].is_prose and (is_announced or at - 1 in held):
            held.add(at)
    return held
