"""Find all places of a few phrases in a text: plain searches for each are several times as fast as one pattern."""

from collections.abc import Iterable, Iterator


def find_all(text: str, phrases: Iterable[str]) -> Iterator[int]:
    """Yield where phrases stand, phrase by phrase; they may overlap."""
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            yield at
            at = text.find(phrase, at + 1)
