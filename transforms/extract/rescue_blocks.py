"""Find what every extractor may lose of a story: paragraphs before its first and behind its last line, lists between.

Asked of the page itself, block by block, and only of what stands in the story's own part of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from copydesk.transforms.page.page_text import PageText, TextRange, is_leaf_block, written
from copydesk.transforms.text.letters_of import letters_of
from copydesk.transforms.text.words import SENTENCE_END

# Containers whose paragraphs are not the story's, by tag and by name.
OTHER_TAGS = frozenset(
    {"nav", "footer", "form", "aside", "figure", "figcaption", "button", "table", "template", "dialog"}
)
OTHER_NAMES = re.compile(
    r"comment|related|newsletter|promo|teaser(?![-_]?text)|share|social|cookie|consent|caption|recommend|sidebar|footer|menu|advert|subscri"
    r"|paywall|author|byline|\bbio\b|tags?\b|most-?read|popular|breadcrumb|\bnav|widget|more-|signup|credit|hidden|modal|banner"
    r"|meta\b|date|time\b|player|video|gallery|toolbar|copyright|disclaimer",
    re.IGNORECASE,
)
LEDE_CHARS = 60
LONG_CHARS = 60
LEAST_PARAGRAPHS = 3
LEAST_CHARS = 250
TEXT_TAGS = ("p", "li", "h2", "h3", "h4", "blockquote", "div", "td")
LIST_CHARS = 5
MOST_NODES = 200
NEAR_LEVELS = 4
LINK_LIMIT_RATIO = 0.3
NAME = re.compile(r"(?:(?<=\w )|(?<=\w, )|\A)[A-ZÀ-Þ][\w'’-]{3,}")
LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
SHARED_WORDS = 0.4
LEAST_SHARED = 4
STRANGER_CHARS = 30
MOST_STRANGERS = 2
"""Short blocks, as of an advertisement, between a story and its closing paragraphs."""


def rescue_blocks(
    page: PageText, places: Sequence[TextRange | None], headline_end: int | None, second: str = ""
) -> dict[int, str]:
    """Return what is missing by its start on the folded page: ledes below the headline, lists, closing paragraphs.

    `second` are the letters of the second opinion.
    """
    known = sorted((place.start, place.end) for place in places if place)
    if not known:
        return {}
    ledes = _ledes(page, headline_end, known[0][0]) if headline_end is not None else {}
    return ledes | _items(page, known) | _closings(page, known, second)


def _ledes(page: PageText, headline_end: int, story: int) -> dict[int, str]:
    """Return the paragraphs between headline and story; whether one is the standfirst is asked later."""
    near = page.block_at(story)
    return {
        start: text
        for start, text, block in _blocks(page, headline_end, story)
        if block.tag == "p"
        and len(text) >= LEDE_CHARS
        and SENTENCE_END.search(text)
        and _are_near(block, near)
        and _link_share(block) <= LINK_LIMIT_RATIO
    }


def _closings(page: PageText, known: list[tuple[int, int]], second: str) -> dict[int, str]:
    """Return the paragraphs right behind the story, in a container beside its own, that go on with it.

    A run of sentences, of which one names or repeats what the story does, or in a container named like the story's.
    """
    end = max(until for _, until in known)
    near = page.block_at(end - 1)
    found: dict[int, str] = {}
    before, strangers = near, 0
    begin = bisect_left(page.starts, end)
    for index in range(begin, min(len(page.starts), begin + MOST_NODES)):
        block = page.block(index)
        if block is before:
            continue
        before = block
        text = written(block)
        if _goes_on(block, near, text, second):
            found[page.starts[index]] = text
        elif found or len(text) > STRANGER_CHARS or (strangers := strangers + 1) > MOST_STRANGERS:
            break
    if not found:
        return {}
    if _stem_of_name(page.block_at(min(found)).getparent()) == _stem_of_name(near.getparent()) != "":
        return found
    words = _words(" ".join(page.texts[page.index_at(known[0][0]) : begin]))
    return found if any(_takes_up(text, words) for text in found.values()) else {}


def _stem_of_name(container: Any) -> str:
    """Return the first word of a container's class: "article" of `article-body` and `article-end`."""
    return str(re.split(r"[\s_-]", container.get("class") or "", maxsplit=1)[0])


def _goes_on(block: Any, near: Any, text: str, second: str) -> bool:
    """Whether a block behind the story is a paragraph of a container beside or in its own, or a link in its own."""
    home, other = near.getparent(), block.getparent()
    if (
        block.tag != "p"
        or home is None
        or other is None
        or not SENTENCE_END.search(text)
        or not is_leaf_block(block)
    ):
        return False
    is_linked = _link_share(block) > LINK_LIMIT_RATIO
    if other is home:
        return is_linked and letters_of(text) in second
    return not is_linked and other.getparent() in (home, home.getparent()) and not _is_elsewhere(block)


def _takes_up(text: str, words: frozenset[str]) -> bool:
    """Whether a paragraph names somebody whom the story names, or shares two in five of its longer words with it."""
    if any(name.casefold() in words for name in NAME.findall(text)):
        return True
    own = _words(text)
    return len(own & words) >= SHARED_WORDS * max(len(own), LEAST_SHARED)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in LONG_WORD.findall(text))


def _items(page: PageText, known: list[tuple[int, int]]) -> dict[int, str]:
    """Return the items of lists that stand between two lines of the story, in a container of its paragraphs."""
    homes = {_parent(page, start) for start, _ in known}
    found = {}
    reached = known[0][1]
    for begin, end in known[1:]:
        if begin - reached >= LIST_CHARS:
            for start, text, block in _blocks(page, reached, begin):
                if (
                    block.tag == "li"
                    and _link_share(block) <= LINK_LIMIT_RATIO
                    and _list_home(block) in homes
                ):
                    found[start] = f"- {text}"
        reached = max(reached, end)
    return found


def _parent(page: PageText, position: int) -> Any:
    return page.block_at(position).getparent()


def _list_home(item: Any) -> Any:
    """Return what holds an item's list; a list in a list stands with it."""
    home = item.getparent()
    while home is not None and home.tag in ("ul", "ol", "li"):
        home = home.getparent()
    return home


def _blocks(page: PageText, first: int, last: int) -> Iterator[tuple[int, str, Any]]:
    """Give the leaf blocks with few links that begin within [first, last) of the folded page."""
    before = None
    begin = bisect_left(page.starts, first)
    for index in range(begin, min(bisect_left(page.starts, last), begin + MOST_NODES)):
        block = page.block(index)
        if block is before or block.tag not in ("p", "li"):
            continue
        before = block
        if is_leaf_block(block) and not _is_elsewhere(block):
            text = written(block)
            if len(text) >= LIST_CHARS:
                yield page.starts[index], text, block


def is_linked_paragraph(block: Any, text: str) -> bool:
    """Whether a paragraph among paragraphs is mostly a link, and yet a sentence: a teaser ends without a stop."""
    neighbours = (block.getprevious(), block.getnext())
    is_among = all(one is not None and one.tag == "p" for one in neighbours)
    return (
        is_among
        and len(text) >= LEDE_CHARS
        and SENTENCE_END.search(text) is not None
        and _link_share(block) > LINK_LIMIT_RATIO
    )


def _link_share(block: Any) -> float:
    total = sum(len(text) for text in block.itertext())
    return sum(len(text) for link in block.iter("a") for text in link.itertext()) / total if total else 0.0


def largest_run(page: PageText) -> list[str]:
    """Give the paragraphs of the element that holds most long ones, in page order; nothing where none holds three.

    What is named for something else than a story is one where it holds the headline.
    """
    homes: dict[Any, int] = {}
    counts: dict[Any, int] = {}
    ends = (*page.starts[1:], len(page.folded))
    for index, (start, end) in enumerate(zip(page.starts, ends, strict=True)):
        if end - start >= LONG_CHARS:
            block = page.block(index)
            home = block.getparent()
            if (
                home is not None
                and block.tag in TEXT_TAGS
                and SENTENCE_END.search(page.texts[index].rstrip())
            ):
                homes[home] = homes.get(home, 0) + end - start
                counts[home] = counts.get(home, 0) + 1
    best = max(homes, key=homes.__getitem__, default=None)
    if best is None or counts[best] < LEAST_PARAGRAPHS or homes[best] < LEAST_CHARS:
        return []
    if _is_other_name(best.get("class"), best.get("id")) and next(best.iter("h1"), None) is None:
        return []
    lines = (written(block) for block in best.iterdescendants(*TEXT_TAGS) if is_leaf_block(block))
    return [line for line in lines if line]


@lru_cache(maxsize=8192)
def _is_other_name(class_names: str | None, id_name: str | None) -> bool:
    """Whether a container is named for something else than a story."""
    return OTHER_NAMES.search(f"{class_names or ''} {id_name or ''}") is not None


def _is_elsewhere(block: Any) -> bool:
    """Whether a block stands in a container of another kind than stories do."""
    element = block
    for _ in range(2 * NEAR_LEVELS):
        if element is None or element.tag in ("body", "main", "article"):
            return False
        if element.tag in OTHER_TAGS or _is_other_name(element.get("class"), element.get("id")):
            return True
        element = element.getparent()
    return False


def _are_near(one: Any, other: Any) -> bool:
    """Whether two blocks meet within a few levels."""
    above = set()
    for _ in range(NEAR_LEVELS):
        one = one.getparent() if one is not None else None
        above.add(one)
    for _ in range(NEAR_LEVELS):
        other = other.getparent() if other is not None else None
        if other is not None and other in above:
            return True
    return False
