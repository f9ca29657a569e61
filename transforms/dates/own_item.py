"""Tell whether the type by which a page marks something up (schema.org) is that of an article or of the page."""

import re
from typing import Any

_ARTICLE = re.compile(
    r"article|posting|report|recipe|interview|creativework$|news|podcastepisode|podcast", re.IGNORECASE
)
_PAGE = re.compile(r"page|webcontent", re.IGNORECASE)


def is_article(kind: str) -> bool:
    """Tell whether a type is that of what people read as an article."""
    return _ARTICLE.search(kind) is not None


def is_page(kind: str) -> bool:
    """Tell whether a type is that of a page."""
    return _PAGE.search(kind) is not None


def is_of_other_item(element: Any) -> bool:
    """Tell whether a date is a property of an item that is no article and has no headline: of a comment, of a film."""
    if "date" not in (element.get("itemprop") or element.get("property") or "").lower():
        return False
    for ancestor in element.iterancestors():
        if kind := ancestor.get("itemtype") or ancestor.get("typeof"):
            return not (is_article(kind) or is_page(kind)) and next(ancestor.iter("h1"), None) is None
    return False
