"""Prunes a story's container as trafilatura does, asking each thing once, in place of its `prune_unwanted_sections`."""

from typing import Any

from lxml.etree import strip_tags
from trafilatura import xpaths
from trafilatura.htmlprocessing import link_density_test, link_density_test_tables, prune_unwanted_nodes
from trafilatura.settings import Extractor
from trafilatura.utils import LINK_FARM_RATIO, trim
from trafilatura.xml import delete_element

from copydesk.transforms.extract.remember_pruning import remember_together

ENOUGH_CHARS = 300
"""The test compares an element of fewer characters otherwise."""
SHORT_CHARS = 100
SEVERAL = 3
LINKED = ("div", "list", "p")
_CELLS = ("item", "td", "th")
_DISCARDED = remember_together(xpaths.OVERALL_DISCARD_XPATH)
_PICTURES = [remember_together(xpaths.DISCARD_IMAGE_ELEMENTS)]
_PICTURES_AND_TEASERS = [remember_together([*xpaths.DISCARD_IMAGE_ELEMENTS, *xpaths.TEASER_DISCARD_XPATH])]


def prune_sections(tree: Any, _tags: set[str], options: Extractor, *, keep_teasers: bool = False) -> Any:
    """Delete what is no story, without regard to options that nobody here sets: precision, images, links."""
    _discard(tree)
    are_teasers_kept = keep_teasers or options.focus == "recall"
    prune_unwanted_nodes(tree, _PICTURES if are_teasers_kept else _PICTURES_AND_TEASERS)
    _delete_links(tree)
    for table in [each for each in tree.iter("table") if link_density_test_tables(each)]:
        delete_element(table, keep_tail=False)
    strip_tags(tree, "span", "ref")
    return tree


def _discard(tree: Any) -> None:
    """Delete what is named for something else than a story, unless that is most of the text."""
    found = _DISCARDED(tree)
    inside = set(found)
    outer = [each for each in found if inside.isdisjoint(each.iterancestors())]
    chars = len(tree.text_content()) if outer else 0
    if chars - sum(len(each.text_content()) for each in outer) > chars / 7:
        for each in outer:
            delete_element(each)


def _delete_links(tree: Any) -> None:
    """Delete what is made of links, in two passes, of which the second asks only what the first has changed."""
    linked = count_linked(tree)
    changed: set[Any] = set()
    for tag in LINKED:
        _delete([each for each in tree.iter(tag) if _is_links(each, linked)], changed)
    for tag in LINKED if changed else ():
        _delete([each for each in tree.iter(tag) if each in changed and _is_links(each, linked)], changed)


def count_linked(tree: Any) -> dict[Any, int]:
    """Count the characters of the links in all that holds some; more than are left, once some are deleted."""
    linked: dict[Any, int] = {}
    for link in tree.iter("ref"):
        chars = sum(map(len, link.itertext()))
        for holder in link.iterancestors():
            linked[holder] = linked.get(holder, 0) + chars
            if holder is tree:
                break
    return linked


def _delete(elements: list[Any], changed: set[Any]) -> None:
    """Delete elements; changed are what holds them, and what becomes the last of its siblings."""
    for element in elements:
        changed.update(element.iterancestors())
        if element.getnext() is None:
            changed.add(element.getprevious())
        delete_element(element)


def _is_links(element: Any, linked: dict[Any, int]) -> bool:
    if element not in linked:
        return False
    is_farm, is_short = weigh_links(element, linked[element])
    if element.tag == "p":
        return is_farm and ((parent := element.getparent()) is None or parent.tag not in _CELLS)
    if is_short and not is_farm and element.tag == "div" and len(element) >= SEVERAL:
        return len(trim(element.text_content())) < SHORT_CHARS
    return is_farm


def weigh_links(element: Any, linked: int) -> tuple[bool, bool]:
    """Return whether an element with so many characters of links is made of these, and whether it is short."""
    return (False, False) if _is_prose(element, linked) else link_density_test(element)


def _is_prose(element: Any, linked: int) -> bool:
    """Whether its paragraphs alone are longer than its links by more than the test asks of all its text."""
    wanted = max(ENOUGH_CHARS, linked / LINK_FARM_RATIO)
    for paragraph in element.iter("p"):
        if text := paragraph.text:
            wanted -= len(" ".join(text.split()))
            if wanted < 0:
                return True
    return False
