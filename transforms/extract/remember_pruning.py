"""Lets trafilatura remember which elements its expressions take, instead of asking them anew on each page.

Most of these expressions look at an element's own tag and attributes alone, so that their answer can be remembered by
these: pages of a site repeat their class names by the thousand. They are half of trafilatura's fast extraction.
"""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import compress, filterfalse, islice, takewhile
from typing import Any

from lxml.etree import Element, SubElement, XPath
from trafilatura import xpaths
from trafilatura.htmlprocessing import link_density_test
from trafilatura.utils import LINK_FARM_RATIO

LISTS = (
    "BODY_XPATH",
    "RAW_TREE_PRUNE_XPATH",
    "OVERALL_DISCARD_XPATH",
    "TEASER_DISCARD_XPATH",
    "DISCARD_IMAGE_ELEMENTS",
    "REMOVE_COMMENTS_XPATH",
    "REMOVE_COMMENTS_AND_LISTS_XPATH",
)
MOST_REMEMBERED = 100_000
"""Distinct elements remembered before the memory starts anew."""
ASKED_TOGETHER = 64
"""Elements that are looked at before the first of them is taken: asking costs as much for one as for many."""
_Key = tuple[Any, ...]
"""A tag, and what the attributes that the expression asks for say."""
_TAGS = re.compile(r"self::(\w+)")
_ATTRIBUTES = re.compile(r"@([\w-]+)")
_UNION_OF_ATTRIBUTES = re.compile(r"@[\w-]+\s*\|\s*@")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[][()|]|[^][()|'\"]+")
_STEP = re.compile(r"\.//(?:\*|\w+)")
_OF_ITSELF = re.compile(
    r"'[^']*'|\"[^\"]*\"|@[\w-]+|self::\w+|(?:contains|starts-with|translate|re:test|not)\(|\b(?:or|and)\b|[\s)=|,]"
)
"""What a condition on an element's own tag and attributes is made of."""
_baseline: Any = importlib.import_module("trafilatura.baseline")
_htmlprocessing: Any = importlib.import_module("trafilatura.htmlprocessing")
_NAMESPACES = {"re": "http://exslt.org/regular-expressions"}

ENOUGH_CHARS = 300
"""The test compares an element of fewer characters otherwise."""


class Reach(Enum):
    """Which of the elements that pass by themselves an expression gives."""

    ALL = "all"
    FIRST = "the first of the tree"
    FIRST_CHILDREN = "the first among the children of one parent"
    SOME = "those that pass further conditions, which look elsewhere"


@dataclass(frozen=True, slots=True)
class OwnTest:
    """The part of an expression that looks at an element alone, and what the rest makes of it."""

    path: str
    reach: Reach


class RememberedXPath:
    """An expression that gives what the XPath gives, in document order, asking it once for each distinct element."""

    def __init__(self, expression: XPath, test: OwnTest) -> None:
        self._expression = expression
        self._test = XPath(test.path, namespaces=_NAMESPACES)
        self._reach = test.reach
        self._tags = _tags_of(test.path)
        bare = _STRING.sub("''", test.path)
        self._attributes = tuple(dict.fromkeys(_ATTRIBUTES.findall(bare)))
        self._is_ordered = _UNION_OF_ATTRIBUTES.search(bare) is not None
        self._known: dict[_Key, bool] = {}

    def __call__(self, tree: Any) -> list[Any]:
        """Return the descendants of a tree that the expression takes."""
        try:
            return self._remembered(tree)
        except ValueError:  # a name or value that a parser takes and no element can be made with
            return list(self._expression(tree))

    def _remembered(self, tree: Any) -> list[Any]:
        taken = self._taken(tree)
        if self._reach is Reach.SOME:
            return list(self._expression(tree)) if any(True for _ in taken) else []
        if self._reach is Reach.FIRST:
            return list(islice(taken, 1))
        if self._reach is Reach.FIRST_CHILDREN:
            firsts: dict[Any, Any] = {}
            for element in taken:
                firsts.setdefault(element.getparent(), element)
            return list(firsts.values())
        return list(taken)

    def _taken(self, tree: Any) -> Iterator[Any]:
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        elements = tree.iterdescendants(*self._tags)
        while some := list(islice(elements, ASKED_TOGETHER)):
            keys = self._keys(some)
            if unknown := list(dict.fromkeys(filterfalse(self._known.__contains__, keys))):
                self._ask(unknown)
            yield from compress(some, map(self._known.__getitem__, keys))

    def _keys(self, elements: list[Any]) -> list[_Key]:
        names = self._attributes
        if self._is_ordered:
            # Of a union such as @id|@class, XPath's string functions take the first in the page's order.
            return [(each.tag, *[item for item in each.items() if item[0] in names]) for each in elements]
        return [(each.tag, *map(each.get, names)) for each in elements]

    def _ask(self, unknown: list[_Key]) -> None:
        """Ask the expression about elements side by side."""
        parent = Element("body")
        asked = [SubElement(parent, tag, self._stated(values)) for tag, *values in unknown]
        taken = set(self._test(parent))
        self._known.update(zip(unknown, map(taken.__contains__, asked), strict=True))

    def _stated(self, values: list[Any]) -> dict[str, str]:
        if self._is_ordered:
            return dict(values)
        return {
            name: value for name, value in zip(self._attributes, values, strict=True) if value is not None
        }


@cache
def remember_pruning() -> int:
    """Put remembering expressions in place of trafilatura's, once a process; return how many.

    An expression that looks beyond an element's own tag and attributes from the start stays as it is.
    """
    lists = [getattr(xpaths, name) for name in LISTS]
    xpaths.OVERALL_DISCARD_XPATH[:] = [_joined(xpaths.OVERALL_DISCARD_XPATH)]
    for expressions in lists:
        expressions[:] = map(remembered, expressions)
    _baseline.BASIC_CLEAN_XPATH = remembered(_baseline.BASIC_CLEAN_XPATH)
    _htmlprocessing.link_density_test = weigh_links
    return sum(isinstance(expression, RememberedXPath) for expressions in lists for expression in expressions)


def _joined(expressions: list[XPath]) -> XPath:
    """Return one expression for several whose elements are all put away, in whatever order."""
    return XPath("|".join(expression.path for expression in expressions), namespaces=_NAMESPACES)


def remembered(expression: Any) -> Any:
    """Return the expression with a memory, or as it is."""
    test = own_test(expression.path) if isinstance(expression, XPath) else None
    return RememberedXPath(expression, test) if test else expression


def own_test(path: str) -> OwnTest | None:
    """Return what of an XPath can be remembered; null where it looks elsewhere from the start."""
    path, reach = path.strip(), Reach.ALL
    if path.startswith("(") and path.endswith(")[1]"):
        path, reach = path[1:-4].strip(), Reach.FIRST
    elif path.endswith("[1]"):
        path, reach = path.removesuffix("[1]").strip(), Reach.FIRST_CHILDREN
    branches = [_pieces(branch.strip("| \n"), "[") for branch in _pieces(path, "|")]
    if "@" not in path or not all(_STEP.fullmatch(step) for step, *_ in branches):
        return None
    if all(map(_looks_at_itself, (condition for _, *conditions in branches for condition in conditions))):
        return OwnTest(path, reach)
    step, *conditions = branches[0]
    own = "".join(takewhile(_looks_at_itself, conditions))
    return (
        OwnTest(step + own, Reach.SOME) if "@" in own and len(branches) == 1 and reach is Reach.ALL else None
    )


def _tags_of(path: str) -> tuple[str, ...]:
    """Return the tags that all branches of a path ask for, or any."""
    firsts = [branch.partition("][")[0] for branch in _pieces(path, "|")]
    tags = [_TAGS.findall(first) for first in firsts]
    return tuple(dict.fromkeys(tag for found in tags for tag in found)) if all(tags) else ("*",)


def _pieces(path: str, sign: str) -> list[str]:
    """Part a path before each of the signs that stand outside brackets and strings."""
    pieces, depth = [""], 0
    for token in _TOKEN.findall(path):
        if token == sign and not depth:
            pieces.append("")
        depth += (token in {"[", "("}) - (token in {"]", ")"})
        pieces[-1] += token
    return pieces


def _looks_at_itself(condition: str) -> bool:
    return _OF_ITSELF.sub("", condition).replace("(", "") == "[]"


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
