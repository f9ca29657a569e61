"""Put paragraphs back that an extractor lost from the midst of an article."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import filterfalse
from typing import Any

from copydesk.transforms.extract.rescue_blocks import is_linked_paragraph, rescue_blocks
from copydesk.transforms.page.page_text import (
    PageText,
    TextRange,
    is_leaf_block,
    link_ratio,
    locate,
    texts_of,
    written,
)
from copydesk.transforms.text.letters_of import letters_of

RESTORABLE_TAGS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6"})
# Between first and last line, the second opinion's paragraphs in a container that holds this share of the text
# and with few links were 12,366 characters of body and none of junk on the development set's news pages.
CONTAINER_SHARE = 0.3
LINK_LIMIT_RATIO = 0.3
RESTORABLE_CHARS = 5
# Beyond the first and last line stand appeals as well; there only a text that is clearly cut is made longer.
CUT_RATIO = 0.75

Home = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph that the extractor lost, with where it stands on the page."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the text: the stretches of the page that it covers, sorted, and its kinds of container."""

    covered: list[tuple[int, int]]
    homes: frozenset[Home]

    def has(self, place: TextRange, share: float) -> bool:
        """Whether more than `share` of a place is covered."""
        chars = 0
        for start, end in self.covered[max(0, bisect_right(self.covered, (place.start, place.start)) - 1) :]:
            if start >= place.end:
                break
            chars += max(0, min(end, place.end) - max(start, place.start))
        return chars > share * (place.end - place.start)


def restore_paragraphs(
    lines: Sequence[str],
    have: str,
    places: Sequence[TextRange | None],
    second: Sequence[str],
    page: PageText,
    *,
    headline_end: int | None = None,
) -> list[str]:
    """Give the lines with those put back, in page order, that the second opinion or the page has around them.

    `have` are the letters of all lines, `second` those of each line of the second opinion.
    """
    covered = sorted((place.start, place.end) for place in places if place)
    if not covered:
        return list(lines)
    of_both = {page.folded[start:end] for start, end in covered}  # most lines, without a search
    others = filterfalse(of_both.__contains__, second)
    lost = [line for line in others if len(line) >= RESTORABLE_CHARS and line not in have]
    around = Surroundings(covered, _homes(page, places))
    is_cut = len(have) < CUT_RATIO * sum(map(len, second))
    first, last = (0, len(page.folded)) if is_cut else (covered[0][0], covered[-1][1])
    found: dict[int, Found] = {}
    for place in locate(page, lost):
        if place is None or not first <= place.start < last or around.has(place, 0.9):
            continue
        for index, _ in texts_of(page, place):
            paragraph = _paragraph(page, page.block(index), place, around)
            if paragraph and first <= paragraph.start < last:
                found.setdefault(paragraph.start, paragraph)
    for start, text in rescue_blocks(page, places, headline_end, "".join(second)).items():
        found.setdefault(start, Found(start, text))
    return _merged(lines, places, [found[start] for start in sorted(found)]) if found else list(lines)


def _homes(page: PageText, places: Sequence[TextRange | None]) -> frozenset[Home]:
    """Give the kinds of container that hold a good share of the text."""
    weights: Counter[Home] = Counter()
    for place in places:
        if place:
            weights[_home(page.block_at(place.start))] += place.end - place.start
    total = sum(weights.values())
    return frozenset(home for home, weight in weights.items() if weight > CONTAINER_SHARE * total)


def _home(block: Any) -> Home:
    """Name the container of a paragraph; of a list item, the container of its list."""
    parent = block.getparent()
    if block.tag == "li" and parent is not None:
        parent = parent.getparent()
    return ("", "") if parent is None else (str(parent.tag), str(parent.get("class") or ""))


def _paragraph(page: PageText, block: Any, near: TextRange, around: Surroundings) -> Found | None:
    if block.tag not in RESTORABLE_TAGS or _home(block) not in around.homes or not is_leaf_block(block):
        return None
    text = written(block)
    folded = letters_of(text)
    start = page.folded.find(folded, max(0, near.start - len(folded)), near.end + len(folded))
    if len(folded) < RESTORABLE_CHARS or not 0 <= start < near.end:
        return None
    place = TextRange(start, start + len(folded))
    if around.has(place, 0.5):
        return None
    if link_ratio(page, place) > LINK_LIMIT_RATIO and not is_linked_paragraph(block, text):
        return None
    return Found(start, text)


def _merged(lines: Sequence[str], places: Sequence[TextRange | None], found: list[Found]) -> list[str]:
    merged: list[str] = []
    waiting = iter(found)
    upcoming = next(waiting, None)
    for line, place in zip(lines, places, strict=True):
        while place and upcoming and upcoming.start < place.start:
            merged.append(upcoming.text)
            upcoming = next(waiting, None)
        merged.append(line)
    while upcoming:
        merged.append(upcoming.text)
        upcoming = next(waiting, None)
    return merged
