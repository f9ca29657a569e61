"""Find the numbers of a text, and where a date may begin beside them: most text holds none, and patterns are slow."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from copydesk.transforms.text.find_all import find_all
from copydesk.transforms.text.may_hold import leads_of, may_hold

DIGIT = r"[0-9\u0660-\u1fff\ua620-\U0010ffff](?<=\d)"
r"""What \d matches, written so that a search runs over other characters several times as fast."""
_NUMBER = re.compile(rf"{DIGIT}\d*")
_LONG_CHARS = 400
"""From here on ten searches for a digit each are faster than one for any."""
_FOREIGN = leads_of(
    (0x660, 0x669), (0x6F0, 0x6F9), (0x7C0, 0x7C9), (0x966, 0x1FFF), (0xA620, 0xABFF), (0xFF10, 0x1FFFF)
)
"""Digits of other scripts, and what stands between them."""
_SPACES = "".join(one for one in map(chr, range(0x3001)) if one.isspace())
_BETWEEN, _NO_WORD = frozenset(f"{_SPACES}.,-"), frozenset(f"{_SPACES},;:()|/<>-0123456789")
_JOINING = frozenset({"de", "of", "di", "del", "do", "da", "d’", "d'"})
_MOST_WORD_CHARS = 16

Numbers = list[tuple[int, int]]
"""Where the numbers of a text stand: runs of digits, half open."""


def find_numbers(text: str) -> Numbers:
    """Return where the numbers of a text stand."""
    if len(text) < _LONG_CHARS or may_hold(text, _FOREIGN):
        return [match.span() for match in _NUMBER.finditer(text)]
    numbers: Numbers = []
    first = end = -1
    for place in sorted(find_all(text, "0123456789")):
        if place != end:
            if end > 0:
                numbers.append((first, end))
            first = place
        end = place + 1
    return [*numbers, (first, end)] if end > 0 else numbers


def windows(text: str, anchors: Iterable[tuple[int, int]], reach: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches around what every date must hold."""
    if len(text) < 4 * reach:
        yield 0, len(text)
        return
    start, end = 0, -1
    for first, last in anchors:
        if first - reach > end:
            if end >= 0:
                yield start, end
            start = max(0, first - reach)
        end = min(len(text), last + reach)
    if end >= 0:
        yield start, end


def within(numbers: Numbers, start: int, end: int) -> Numbers:
    """Return the numbers that begin in a stretch."""
    return numbers[bisect_left(numbers, (start, 0)) : bisect_left(numbers, (end, 0))]


def begins_at(text: str, start: int, numbers: Numbers) -> Iterator[int]:
    """Yield where a date may begin in a stretch: at the words that lead to a number, and at the number."""
    for first, _ in numbers:
        yield from _words_before(text, start, first)
        yield first


def _words_before(text: str, start: int, end: int) -> list[int]:
    """Return where a word may begin that stands right before a place: `Mai` in `l'Mai`; and before one that joins."""
    while end > start and text[end - 1] in _BETWEEN:
        end -= 1
    begin, least = end, max(start, end - _MOST_WORD_CHARS)
    while begin > least and text[begin - 1] not in _NO_WORD:
        begin -= 1
    word = text[begin:end]
    signs = [place for place in range(begin, end) if not text[place].isalnum()] if not word.isalnum() else []
    places = [begin, *(place + 1 for place in signs)]
    return [*_words_before(text, start, begin), *places] if word in _JOINING else places
