"""Find the headline of a page among its headings: the one that its title repeats, else the first."""

import re
from typing import Any

from copydesk.transforms.page.walk_page import Page


def find_heading(page: Page, title: str | None) -> tuple[Any, int | None]:
    """Return the headline's element and the characters of text before it, or two nulls."""
    wanted = flat_title(title or page.head.title)
    first: tuple[Any, int | None] = None, None
    for heading, at in sorted(page.headings, key=_rank)[:60]:
        text = flat_title("".join(heading.itertext())[:300])
        if len(text) < 4:
            continue
        if len(text) > 12 and wanted and (text in wanted or wanted in text or text[:30] == wanted[:30]):
            return heading, at
        if first[0] is None and heading.tag == "h1":
            first = heading, at
    return first if first[0] is not None or not wanted else _titled(page, wanted)


def _rank(heading: tuple[Any, int]) -> str:
    return str(heading[0].tag)


def _titled(page: Page, wanted: str) -> tuple[Any, int | None]:
    for element, text, at in page.lines:
        flat = flat_title(text)
        if len(flat) > 12 and (flat in wanted or wanted in flat):
            return element, at
    return None, None


def flat_title(text: str) -> str:
    """Return a title as it is compared with others: its words in lower case, without signs."""
    return re.sub(r"\W+", " ", text).strip().lower()
