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
from itertools import compress, islice, takewhile
from typing import Any

from lxml.etree import XPath
from trafilatura import xpaths

from copydesk.transforms.extract.own_condition import Attributes, Condition, read_condition
from copydesk.transforms.text.known import Known

LISTS = ("BODY_XPATH", "RAW_TREE_PRUNE_XPATH", "REMOVE_COMMENTS_AND_LISTS_XPATH")
MOST_REMEMBERED = 100_000
"""Distinct elements remembered before the memory starts anew."""
LOOKED_AT_TOGETHER = 64
"""Elements of which the first may be all that is wanted."""
_Key = tuple[Any, ...]
"""A tag, and what the attributes that the expression asks for say."""
_TAGS = re.compile(r"self::(\w+)")
_ATTRIBUTES = re.compile(r"@([\w-]+)")
_UNION_OF_ATTRIBUTES = re.compile(r"@[\w-]+\s*\|\s*@")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[][()|]|[^][()|'\"]+")
_STEP = re.compile(r"\.//(\*|\w+)")
_baseline: Any = importlib.import_module("trafilatura.baseline")
_NAMESPACES = {"re": "http://exslt.org/regular-expressions"}


class Reach(Enum):
    """Which of the elements that pass by themselves an expression gives."""

    ALL = "all"
    FIRST = "the first of the tree"
    FIRST_CHILDREN = "the first among the children of one parent"


@dataclass(frozen=True, slots=True)
class OwnTest:
    """The part of an expression that looks at an element alone, as a path and by branch, and what the rest makes of it.

    A branch is a tag, or any ("*"), its conditions, and whether these are all of it: others look elsewhere.
    """

    path: str
    branches: list[tuple[str, list[Condition], bool]]
    reach: Reach

    def holds(self, tag: str, attributes: Attributes) -> bool | None:
        """Whether an element of this tag with these attributes passes; null where the rest of a branch decides."""
        answer: bool | None = False
        for name, conditions, is_whole in self.branches:
            if name not in ("*", tag):
                continue
            for condition in conditions:
                if not condition(tag, attributes):
                    break
            else:
                if is_whole:
                    return True
                answer = None
        return answer


class RememberedXPath:
    """An expression that gives what the XPath gives, in document order, asking it once for each distinct element."""

    def __init__(self, expression: XPath, test: OwnTest) -> None:
        self.path = expression.path
        self._expression = expression
        self._test = test
        self._tags = _tags_of(test.path)
        bare = _STRING.sub("''", test.path)
        self._attributes = tuple(dict.fromkeys(_ATTRIBUTES.findall(bare)))
        self._is_ordered = _UNION_OF_ATTRIBUTES.search(bare) is not None
        self._known: Known[_Key, bool | None] = Known(self._ask, most=MOST_REMEMBERED)

    def __call__(self, tree: Any) -> list[Any]:
        """Return the descendants of a tree that the expression takes."""
        elements = tree.iterdescendants(*self._tags)
        if self._test.reach is Reach.FIRST:
            return list(islice(self._first_taken(elements), 1))
        held = list(elements)
        answers = self._answers(held)
        if None in answers:
            return list(self._expression(tree))
        taken = list(compress(held, answers))
        if self._test.reach is Reach.FIRST_CHILDREN:
            firsts: dict[Any, Any] = {}
            for element in taken:
                firsts.setdefault(element.getparent(), element)
            return list(firsts.values())
        return taken

    def _first_taken(self, elements: Iterator[Any]) -> Iterator[Any]:
        while some := list(islice(elements, LOOKED_AT_TOGETHER)):
            yield from compress(some, self._answers(some))

    def _answers(self, elements: list[Any]) -> list[bool | None]:
        return list(map(self._known.__getitem__, self._keys(elements)))

    def _keys(self, elements: list[Any]) -> list[_Key]:
        names = self._attributes
        if self._is_ordered:
            # Of a union such as @id|@class, XPath's string functions take the first in the page's order.
            return [(each.tag, *[item for item in each.items() if item[0] in names]) for each in elements]
        return [(each.tag, *map(each.get, names)) for each in elements]

    def _ask(self, key: _Key) -> bool | None:
        tag, *values = key
        stated = values if self._is_ordered else zip(self._attributes, values, strict=True)
        return self._test.holds(tag, {name: value for name, value in stated if value is not None})


@cache
def remember_pruning() -> int:
    """Put remembering expressions in place of trafilatura's, once a process; return how many.

    An expression that looks beyond an element's own tag and attributes from the start stays as it is.
    """
    lists = [getattr(xpaths, name) for name in LISTS]
    for expressions in lists:
        expressions[:] = map(remembered, expressions)
    _baseline.BASIC_CLEAN_XPATH = remembered(_baseline.BASIC_CLEAN_XPATH)
    return sum(isinstance(expression, RememberedXPath) for expressions in lists for expression in expressions)


def remember_together(expressions: list[XPath]) -> Any:
    """Return one expression for several whose elements are all put away, in whatever order."""
    return remembered(XPath("|".join(expression.path for expression in expressions), namespaces=_NAMESPACES))


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
    steps = [_STEP.fullmatch(step) for step, *_ in branches]
    if "@" not in path or None in steps:
        return None
    read = [[read_condition(condition[1:-1]) for condition in conditions] for _, *conditions in branches]
    own = [[condition for condition in takewhile(bool, conditions) if condition] for conditions in read]
    tests = [(step[1], each, each == all_) for step, each, all_ in zip(steps, own, read, strict=True) if step]
    if own == read:
        return OwnTest(path, tests, reach)
    paths = ["".join(branch[: 1 + len(each)]) for branch, each in zip(branches, own, strict=True)]
    if not all("@" in path for path in paths) or reach is not Reach.ALL:
        return None
    return OwnTest("|".join(paths), tests, reach)


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
