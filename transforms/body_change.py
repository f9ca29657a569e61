"""Tells what a body gained and lost, paragraph by paragraph."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BodyChange:
    """Paragraphs that came into a body and that left it, each in the order of its text."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def gained_chars(self) -> int:
        """Code points of the paragraphs gained."""
        return sum(map(len, self.gained))

    @property
    def lost_chars(self) -> int:
        """Code points of the paragraphs lost."""
        return sum(map(len, self.lost))


def body_change(before: str | None, after: str | None) -> BodyChange:
    """Return the difference of two bodies; a paragraph that only moved is neither gained nor lost."""
    old, new = _paragraphs(before), _paragraphs(after)
    return BodyChange(_beyond(new, old), _beyond(old, new))


def _paragraphs(body: str | None) -> list[str]:
    return body.split("\n\n") if body else []


def _beyond(these: list[str], those: list[str]) -> tuple[str, ...]:
    spare = Counter(those)
    out = []
    for paragraph in these:
        if spare[paragraph]:
            spare[paragraph] -= 1
        else:
            out.append(paragraph)
    return tuple(out)
