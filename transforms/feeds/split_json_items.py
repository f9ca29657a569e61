"""Enters: the text of a JSON feed that cannot be read as a whole. Leaves: its head, and the text of each item.

Only strings and brackets are looked at, one after the other, so that no depth and no fault inside an item matters.
"""

import re

_TOKEN = re.compile(r'"(?P<string>(?:[^"\\]++|\\.)*+)"|(?P<mark>[\[\]{},])', re.DOTALL)
_ITEMS_DEPTH = 2
"""Inside the feed's object, and the list in it."""


def split_json_items(text: str) -> tuple[str, list[str]] | None:
    """Return the text with an empty list of items, and the items as they stand; null where no such list ends."""
    depth, start, begun, name = 0, None, 0, ""
    items: list[str] = []
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        if mark is None:
            name = token["string"] if depth == 1 else name
        elif mark in "[{":
            depth += 1
            if start is None and mark == "[" and depth == _ITEMS_DEPTH and name == "items":
                start = begun = token.end()
        elif start is not None and depth == _ITEMS_DEPTH:  # a comma, or the end
            items.append(text[begun : token.start()].strip())
            begun = token.end()
            if mark == "]":
                return text[:start] + text[token.start() :], items if any(items) else []
        if mark is not None and mark in "]}":
            depth -= 1
    return None
