"""An opinion of our own for pages where the others find next to nothing: the container with most prose in it.

Extractors drop elements by tag and name before they look at the text (an <aside>, a <form> around the whole page).
"""

from typing import Any

from transforms.extract.rescue_blocks import STOP, is_other_name
from transforms.page.page_text import PageText, is_leaf_block

LONG_CHARS = 60
LEAST_PARAGRAPHS = 3
LEAST_CHARS = 400
TEXT_TAGS = ("p", "li", "h2", "h3", "h4", "blockquote", "div", "td")


def largest_run(page: PageText) -> list[str]:
    """Give the paragraphs of the element that holds most long ones, in page order; nothing where none holds three."""
    homes: dict[Any, int] = {}
    counts: dict[Any, int] = {}
    ends = (*page.starts[1:], len(page.folded))
    for index, (start, end) in enumerate(zip(page.starts, ends, strict=True)):
        if end - start >= LONG_CHARS:
            block = page.block(index)
            home = block.getparent()
            if home is not None and block.tag in TEXT_TAGS and STOP.search(page.texts[index].rstrip()):
                homes[home] = homes.get(home, 0) + end - start
                counts[home] = counts.get(home, 0) + 1
    best = max(homes, key=homes.__getitem__, default=None)
    if best is None or counts[best] < LEAST_PARAGRAPHS or homes[best] < LEAST_CHARS:
        return []
    if is_other_name(best.get("class"), best.get("id")):
        return []
    lines = (
        " ".join("".join(block.itertext()).split())
        for block in best.iterdescendants(*TEXT_TAGS)
        if is_leaf_block(block)
    )
    return [line for line in lines if line]
