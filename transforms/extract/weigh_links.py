"""Says what trafilatura's test of link density says, without asking it where a few paragraphs already tell.

The test joins all text of an element and all of its links anew, for each of the containers that lie around a story.
"""

from typing import Any

from trafilatura.htmlprocessing import link_density_test
from trafilatura.utils import LINK_FARM_RATIO

ENOUGH_CHARS = 300
"""The test compares an element of fewer characters otherwise."""


def weigh_links(element: Any, favor_precision: bool = False) -> tuple[bool, bool]:  # noqa: FBT001, FBT002 - its signature
    """Return whether an element is made of links, and whether it is short and has some."""
    if next(element.iter("ref"), None) is None or (not favor_precision and _is_prose(element)):
        return False, False
    return link_density_test(element, favor_precision)


def _is_prose(element: Any) -> bool:
    """Whether its paragraphs alone are longer than its links by more than the test asks of all its text."""
    linked = sum(len(text) for link in element.iter("ref") for text in link.itertext())
    wanted = max(ENOUGH_CHARS, linked / LINK_FARM_RATIO)
    for paragraph in element.iter("p"):
        if text := paragraph.text:
            wanted -= len(" ".join(text.split()))
            if wanted < 0:
                return True
    return False
