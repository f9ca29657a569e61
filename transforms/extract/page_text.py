"""Find lines of an extracted text again on their page, to ask the page about them.

All text nodes of the page are folded (letters and digits alone, case folded) and joined into one string; a
line, folded the same way, is looked for in it, from where the line before it ended. That is linear in the page
for lines that come in page order, whatever white space, entities, inline tags and line breaks did to them.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from lxml.etree import XPath

from transforms.text.letters_of import letters_of_each

TEXT_NODES = XPath(
    "//body//text()[normalize-space() and not(parent::script or parent::style or parent::noscript"
    " or parent::template or parent::textarea or parent::option or parent::svg)]"
)
# A folded line of fewer characters is found everywhere and says nothing.
FINDABLE_CHARS = 3
LINK_DEPTH = 4
INLINE_TAGS = frozenset(
    """
    a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q s small span strong sub sup time u
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
CHILDLESS_TAGS = frozenset({"br", "img", "wbr"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: characters [start, end) of the folded page."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text nodes in order: `folded` is their folded text joined, `starts` where each begins in it."""

    nodes: tuple[Any, ...]
    starts: tuple[int, ...]
    folded: str

    def node_at(self, position: int) -> Any:
        """Give the text node that a character of the folded page comes from."""
        return self.nodes[bisect_right(self.starts, position) - 1]


def read_page_text(root: Any) -> PageText:
    """Fold the text nodes of a page's body."""
    nodes = TEXT_NODES(root)
    pieces = letters_of_each(nodes)
    starts = tuple(accumulate(map(len, pieces), initial=0))[:-1]
    return PageText(tuple(nodes), starts, "".join(pieces))


def locate(page: PageText, folded_lines: Iterable[str]) -> list[Place | None]:
    """Give the place of each line, looking onward first; null where the page does not hold the line."""
    places: list[Place | None] = []
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
        places.append(Place(start, start + len(line)))
        cursor = max(cursor, start + len(line))
    return places


def nodes_of(page: PageText, place: Place) -> list[tuple[Any, int]]:
    """Give the text nodes of a place, each with how many of its characters lie there."""
    found = []
    for index in range(bisect_right(page.starts, place.start) - 1, len(page.nodes)):
        start = page.starts[index]
        if start >= place.end:
            break
        end = page.starts[index + 1] if index + 1 < len(page.starts) else len(page.folded)
        overlap = min(end, place.end) - max(start, place.start)
        if overlap > 0:
            found.append((page.nodes[index], overlap))
    return found


def element_of(node: Any) -> Any:
    """Give the element that a text node stands in."""
    parent = node.getparent()
    return parent.getparent() if node.is_tail else parent


def block_of(node: Any) -> Any:
    """Give the block element that a text node stands in: the nearest ancestor that is no inline element."""
    element = element_of(node)
    while element.tag in INLINE_TAGS and element.getparent() is not None:
        element = element.getparent()
    return element


def is_leaf_block(block: Any) -> bool:
    """Whether a block holds text and inline elements alone."""
    return all(child.tag in INLINE_TAGS or child.tag in CHILDLESS_TAGS for child in block.iterdescendants())


def link_ratio(nodes: list[tuple[Any, int]]) -> float:
    """Give the share of characters that stand inside links."""
    total = sum(chars for _, chars in nodes)
    linked = sum(chars for node, chars in nodes if _is_linked(element_of(node)))
    return linked / total if total else 0.0


def _is_linked(element: Any) -> bool:
    for _ in range(LINK_DEPTH):
        if element is None:
            return False
        if element.tag in ("a", "button"):
            return True
        element = element.getparent()
    return False
