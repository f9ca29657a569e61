"""Read the byline that a page shows: between its headline and its story, or just above the headline.

Teasers name their own authors; none of them stands between a headline and the text that belongs to it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from copydesk.transforms.credits.read_credit import Credit, label_of, read_credit
from copydesk.transforms.page.page_text import PageText, TextRange
from copydesk.transforms.text.letters_of import letters_of
from copydesk.transforms.text.words import any_of

BYLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|autore?s?|auteurs?|autor(?:en|in)?|reporters?|writers?|firma|yazar|signature"
    r"|penulis|contributors?|person-link)"
    r"(?:[\s_-]{0,2}(?:names?|links?|list|info|wrapper|container|title))?(?:$|[\s_-])",
    re.IGNORECASE,
)
PICTURE_NAMES = re.compile(
    r"caption|(?:photo|image|img|picture|media)[\s_-]*(?:credit|author|copyright|source)|credits?(?:$|[\s_-])|copyright",
    re.IGNORECASE,
)
SOURCE = re.compile(rf"{any_of('labels', 'source')}\s*[:：]", re.IGNORECASE)
BARE_CHARS = range(5, 61)
TIME_CHARS = 80
TIME = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\b\d{1,2} ?(?:hours?|hrs?|minutes?|days?|mins?|[hmd]) ago\b"
)
BESIDE = 2
AUTHOR_ADDRESS = re.compile(
    r"auth?or|auteur|redakt|redac|editor|contributor|columnist|profil|people|person|staff|reporter|journalist|writer|yazar|/by/|/team",
    re.IGNORECASE,
)
STORY_LINE_CHARS = 60
MOST_NODES = 60
NODES_ABOVE = 8
NODES_BEFORE = 20
NODES_BELOW = 12
GAP = 4
ANCESTORS = 4
LONGEST_BYLINE = 160


def read_shown_byline(page: PageText, title: str | None, places: Sequence[TextRange | None]) -> list[str]:
    """Return the texts of what calls itself a byline around the headline."""
    headline = letters_of(title or "")
    long = [
        place.start
        for place in places
        if place
        and place.end - place.start >= STORY_LINE_CHARS
        and page.folded[place.start : place.end] not in headline
    ]
    if not long:
        return []
    # A standfirst may be the first of the long lines, and the byline stand below it.
    story = bisect_left(page.starts, long[0])
    stop = min(bisect_left(page.starts, long[min(1, len(long) - 1)]), story + NODES_BELOW)
    at = _headline_at(page, headline, long[0]) if headline else -1
    if at < 0:
        return _bylines(page, range(max(0, story - NODES_BEFORE), stop))
    first = bisect_left(page.starts, at)
    told = "".join(page.folded[place.start : place.end] for place in places if place and place.start in long)
    end = min(stop, first + MOST_NODES)
    around = range(max(0, first - NODES_ABOVE), end)
    return [
        *(_bylines(page, around) or _bare_name(page, range(first, end), told)),
        *_sources(page, around),
    ]


def _headline_at(page: PageText, headline: str, story: int) -> int:
    """Return where the headline stands: the last one above the story that is an <h1>, else the last; -1 for none."""
    last = at = page.folded.rfind(headline, 0, story)
    while at >= 0 and page.block_at(at).tag != "h1":
        at = page.folded.rfind(headline, 0, at + len(headline) - 1)
    return at if at >= 0 else last


def _bylines(page: PageText, indexes: range) -> list[str]:
    """Return the texts of the first byline and of those beside it; the next one is a teaser's."""
    found: dict[Any, str] = {}
    last = 0
    for place in indexes:
        element, node = page.owners[place], page.texts[place]
        named, is_picture = _marks(element)
        holders = named or [element]
        if holders[0] in found:
            last = place
        elif not is_picture and (named or label_of(node)):
            if found and place - last > GAP:
                break
            text = next(filter(_names_somebody, (*map(_text_of, holders), " ".join(node.split()))), None)
            if text:
                found[holders[0]] = text
                last = place
    return list(found.values())


def _sources(page: PageText, indexes: range) -> list[str]:
    """Return the texts that name agencies, and nobody else, behind the word for a source."""
    texts = (" ".join(page.texts[place].split()) for place in indexes)
    return [
        text
        for text in texts
        if len(text) <= LONGEST_BYLINE
        and SOURCE.match(text)
        and (credit := read_credit(text)).agencies
        and not credit.people
    ]


def _text_of(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _bare_name(page: PageText, indexes: range, told: str) -> list[str]:
    """Return the first text that is nothing but names next to a time, of people whom the text does not tell of."""
    nodes = page.texts[indexes.start : indexes.stop]
    for place, node in enumerate(nodes):
        text = " ".join(node.split()).strip(" |,\u00b7\u2022-\u2013\u2014")
        if (
            len(text) in BARE_CHARS
            and not text.endswith(":")
            and _is_bare_name(text)
            and not _is_told_of(text, told)
        ):
            element = page.owners[indexes.start + place]
            around = nodes[max(0, place - BESIDE) : place + BESIDE + 1]
            is_dated = any(len(other) <= TIME_CHARS and TIME.search(other) for other in around)
            if is_dated and not _marks(element)[1] and _may_link(element):
                return [text]
    return []


def _may_link(element: Any) -> bool:
    """Whether a text is no link, or one to an author: others lead to topics."""
    link = next((one for one in (element, element.getparent()) if one is not None and one.tag == "a"), None)
    return link is None or AUTHOR_ADDRESS.search(link.get("href") or "") is not None


def _is_told_of(text: str, told: str) -> bool:
    return any(len(word) > 3 and word in told for word in map(letters_of, text.split()))


def _is_bare_name(text: str) -> bool:
    """Whether a text is names alone, of a script with capitals: any two words of another look like a name."""
    credit = read_credit(text) if text[:1].isupper() else Credit()
    return 0 < len(credit.people) == credit.parts and sum(map(len, credit.people)) + 4 * credit.parts >= len(
        text
    )


def _marks(element: Any) -> tuple[list[Any], bool]:
    """Return the near ancestors named as bylines, outermost first, and whether one holds a picture's text."""
    found: list[Any] = []
    for _ in range(ANCESTORS):
        if element is None or element.tag in ("body", "article", "main"):
            break
        if element.tag in ("figure", "figcaption"):
            return found, True
        marks = " ".join(filter(None, (element.get("class"), element.get("itemprop"), element.get("rel"))))
        is_picture, is_byline = _told_by(marks)
        if is_picture:
            return found, True
        if is_byline:
            found.insert(0, element)
        element = element.getparent()
    return found, False


@lru_cache(maxsize=8192)
def _told_by(marks: str) -> tuple[bool, bool]:
    """Return whether names are of what belongs to a picture, and whether of a byline."""
    return PICTURE_NAMES.search(marks) is not None, BYLINE_NAMES.search(marks) is not None


def _names_somebody(text: str) -> bool:
    if len(text) > LONGEST_BYLINE:
        return False
    credit = read_credit(text)
    return bool(credit.people or credit.agencies)
