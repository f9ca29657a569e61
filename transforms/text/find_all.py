"""Find all places of phrases in a text: plain searches for each are several times as fast as one pattern."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

_LEAST_CHARS = 3


def find_all(text: str, phrases: Iterable[str]) -> Iterator[int]:
    """Yield where phrases stand, phrase by phrase; they may overlap."""
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            yield at
            at = text.find(phrase, at + 1)


def begins_of(text: str, phrases: tuple[str, ...]) -> Iterator[int]:
    """Yield where one of many phrases may begin: all places where one does, and others."""
    for part, offsets in _parts(phrases):
        for at in find_all(text, (part,)):
            yield from (at - offset for offset in offsets if offset <= at)


@cache
def _parts(phrases: tuple[str, ...]) -> list[tuple[str, list[int]]]:
    """Return a few strings, one of which each phrase holds, and where it does: `day` stands in nine of English."""
    left, parts = [*phrases], []
    while left:
        shared = Counter(
            phrase[begin:end]
            for phrase in left
            for begin in range(len(phrase))
            for end in range(begin + 1, len(phrase) + 1)
            if end - begin >= min(_LEAST_CHARS, len(phrase)) and phrase.find(phrase[begin:end]) == begin
        )
        part = max(shared, key=lambda part: (shared[part] ** 2 * (len(part) - 2), part))
        parts.append((part, sorted({phrase.find(part) for phrase in left if part in phrase})))
        left = [phrase for phrase in left if part not in phrase]
    return parts
