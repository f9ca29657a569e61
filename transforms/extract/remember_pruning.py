"""Lets trafilatura remember which elements its pruning expressions take, instead of asking them anew on each page.

Most of these expressions look at an element's own tag and attributes alone, so that their answer can be remembered by
these: pages of a site repeat their class names by the thousand. Pruning is a third of trafilatura's fast extraction.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml.etree import Element, SubElement, XPath
from trafilatura import xpaths

LISTS = (
    "OVERALL_DISCARD_XPATH",
    "TEASER_DISCARD_XPATH",
    "DISCARD_IMAGE_ELEMENTS",
    "REMOVE_COMMENTS_XPATH",
    "REMOVE_COMMENTS_AND_LISTS_XPATH",
)
MOST_REMEMBERED = 100_000
"""Distinct elements remembered before the memory starts anew."""
_Key = tuple[Any, ...]
"""A tag, and the attributes that the expression asks for as pairs of name and value, in the page's order."""
_TAGS = re.compile(r"self::(\w+)")
_ATTRIBUTES = re.compile(r"@([\w-]+)")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_ELSEWHERE = re.compile(
    r"\.//.*\.//|/\w|\.\.|text\(|position\(|last\(|(?:ancestor|child|descendant|following|parent|preceding)\w*"
)


class RememberedXPath:
    """An expression that gives what the XPath gives, in document order, asking it once for each distinct element."""

    def __init__(self, expression: XPath) -> None:
        self._expression = expression
        self._tags = tuple(_TAGS.findall(expression.path.partition("][")[0])) or ("*",)
        self._attributes = frozenset(_ATTRIBUTES.findall(_STRING.sub("''", expression.path)))
        self._known: dict[_Key, bool] = {}

    def __call__(self, tree: Any) -> list[Any]:
        """Return the descendants of a tree that the expression takes."""
        return list(self._taken(tree))

    def _taken(self, tree: Any) -> Iterator[Any]:
        known, attributes = self._known, self._attributes
        if len(known) > MOST_REMEMBERED:
            known.clear()
        for element in tree.iterdescendants(*self._tags):
            # In their order: of a union such as @id|@class, XPath's string functions take the first.
            key = (element.tag, *[item for item in element.items() if item[0] in attributes])
            is_taken = known.get(key)
            if is_taken is None:
                is_taken = known[key] = self._ask(key)
            if is_taken:
                yield element

    def _ask(self, key: _Key) -> bool:
        tag, *attributes = key
        parent = Element("body")
        SubElement(parent, tag, dict(attributes))
        return bool(self._expression(parent))


@cache
def remember_pruning() -> int:
    """Put remembering expressions in place of trafilatura's, once a process; return how many.

    An expression that looks beyond an element's own tag and attributes stays as it is.
    """
    count = 0
    for name in LISTS:
        expressions = getattr(xpaths, name)
        for place, expression in enumerate(expressions):
            if isinstance(expression, XPath) and looks_at_itself(expression.path):
                expressions[place] = RememberedXPath(expression)
                count += 1
    return count


def looks_at_itself(path: str) -> bool:
    """Whether an XPath takes or leaves an element by its own tag and attributes alone."""
    return path.lstrip().startswith(".//*[") and _ELSEWHERE.search(_STRING.sub("''", path)) is None
