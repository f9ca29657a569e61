"""Find lines of an extracted text again on their page, to ask the page about them.

All texts of the page are folded (letters and digits alone, case folded) and joined into one string; a
line, folded the same way, is looked for in it, from where the line before it ended. That is linear in the page
for lines that come in page order, whatever white space, entities, inline tags and line breaks did to them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from lxml.etree import iterwalk

from copydesk.transforms.text.letters_of import letters_of_each

# A folded line of fewer characters is found everywhere and says nothing.
FINDABLE_CHARS = 3
LINK_DEPTH = 4
INLINE_TAGS = frozenset(
    """
    a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q s small span strong sub sup time u
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
CHILDLESS_TAGS = frozenset({"br", "img", "wbr"})
JOINERS = ("\u200c", "\u200d")
_WITHOUT = {ord(joiner): None for joiner in JOINERS}


@dataclass(frozen=True, slots=True)
class TextRange:
    """Where a line stands: characters [start, end) of the folded page."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's texts in order, and the element that each stands in.

    `folded` is all of them folded and joined, `starts` where each begins in it.
    """

    texts: tuple[str, ...]
    owners: tuple[Any, ...]
    starts: tuple[int, ...]
    folded: str
    _blocks: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def index_at(self, position: int) -> int:
        """Give the number of the text that a character of the folded page comes from."""
        return bisect_right(self.starts, position) - 1

    def block(self, index: int) -> Any:
        """Give the block element that a text stands in: the nearest ancestor that is no inline element."""
        owner = self.owners[index]
        block = self._blocks.get(owner)
        if block is None:
            block = owner
            while block.tag in INLINE_TAGS and (parent := block.getparent()) is not None:
                block = parent
            self._blocks[owner] = block
        return block

    def letters_of_block(self, index: int) -> str:
        """Give the folded texts on both sides of a text that stand in its block: all of a leaf block."""
        block, first, stop = self.block(index), index, index + 1
        while first and self.block(first - 1) is block:
            first -= 1
        while stop < len(self.owners) and self.block(stop) is block:
            stop += 1
        end = self.starts[stop] if stop < len(self.starts) else len(self.folded)
        return self.folded[self.starts[first] : end]

    def block_at(self, position: int) -> Any:
        """Give the block element of a character of the folded page."""
        return self.block(self.index_at(position))


def fold_page(texts: Sequence[str], owners: Sequence[Any]) -> PageText:
    """Fold the texts of a page."""
    pieces = letters_of_each(texts)
    starts = tuple(accumulate(map(len, pieces), initial=0))[:-1]
    return PageText(tuple(texts), tuple(owners), starts, "".join(pieces))


def locate(page: PageText, folded_lines: Iterable[str]) -> list[TextRange | None]:
    """Give the place of each line, looking onward first; null where the page does not hold the line."""
    places: list[TextRange | None] = []
    cursor = 0
    for line in folded_lines:
        start = -1
        if len(line) >= FINDABLE_CHARS:
            start = page.folded.find(line, cursor)
            if start < 0:
                start = page.folded.find(line)
        if start < 0:
            places.append(None)
            continue
        places.append(TextRange(start, start + len(line)))
        cursor = max(cursor, start + len(line))
    return places


def texts_of(page: PageText, place: TextRange) -> list[tuple[int, int]]:
    """Give the numbers of the texts of a place, each with how many of its characters lie there."""
    found = []
    for index in range(page.index_at(place.start), len(page.starts)):
        start = page.starts[index]
        if start >= place.end:
            break
        end = page.starts[index + 1] if index + 1 < len(page.starts) else len(page.folded)
        overlap = min(end, place.end) - max(start, place.start)
        if overlap > 0:
            found.append((index, overlap))
    return found


def is_leaf_block(block: Any) -> bool:
    """Whether a block holds text and inline elements alone."""
    return all(child.tag in INLINE_TAGS or child.tag in CHILDLESS_TAGS for child in block.iterdescendants())


def is_one_paragraph(block: Any) -> bool:
    """Whether a block holds text and inline elements alone, and no empty line, which parts paragraphs as well."""
    return is_leaf_block(block) and not any(
        (after := line.getnext()) is not None
        and after.tag == "br"
        and not (line.tail or "").strip()
        and ((after.tail or "").strip() or after.getnext() is not None)
        for line in block.iter("br")
    )


def written(block: Any) -> str:
    """Return a block's text on one line; the ends of its lines part words."""
    has_lines = next(block.iter("br"), None) is not None
    texts = _with_ends_of_lines(block) if has_lines else block.itertext()
    return " ".join("".join(texts).split())


def _with_ends_of_lines(block: Any) -> Iterator[str]:
    for event, element in iterwalk(block, events=("start", "end")):
        if event == "start":
            yield f" {element.text or ''}" if element.tag == "br" else element.text or ""
        elif element is not block:
            yield element.tail or ""


def link_ratio(page: PageText, place: TextRange) -> float:
    """Give the share of a place's characters that stand inside links."""
    found = texts_of(page, place)
    total = sum(chars for _, chars in found)
    linked = sum(chars for index, chars in found if _is_linked(page.owners[index]))
    return linked / total if total else 0.0


def _is_linked(element: Any) -> bool:
    for _ in range(LINK_DEPTH):
        if element is None:
            return False
        if element.tag == "button" or (element.tag == "a" and element.get("href") is not None):
            return True
        element = element.getparent()
    return False


def keep_joiners(lines: Sequence[str], places: Iterable[TextRange | None], page: PageText) -> list[str]:
    """Give the lines with the zero-width joiners that extractors leave out, as of emoji and Persian words."""
    whole = "".join(page.texts)
    if not any(joiner in whole for joiner in JOINERS):
        return list(lines)
    return [_joined(line, place, page) for line, place in zip(lines, places, strict=True)]


def _joined(line: str, place: TextRange | None, page: PageText) -> str:
    if place is None:
        return line
    written = " ".join("".join(page.texts[index] for index, _ in texts_of(page, place)).split())
    bare = written.translate(_WITHOUT)
    at = bare.find(line.removeprefix("- "))
    if at < 0 or bare == written:
        return line
    kept = [index for index, sign in enumerate(written) if sign not in JOINERS]
    end = at + len(line.removeprefix("- "))
    stop = kept[end] if end < len(kept) else len(written)
    return line[: len(line) - (end - at)] + written[kept[at] : stop]
