"""Read the standfirst of an article: the sentence or two that a page shows under its headline."""

import re
from collections.abc import Sequence
from typing import Any

from copydesk.transforms.extract.choose_text import Text
from copydesk.transforms.extract.rescue_blocks import LONG_WORD
from copydesk.transforms.page.load_json_ld import text_of
from copydesk.transforms.page.page_text import PageText, is_leaf_block
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.text.count_words import count_words
from copydesk.transforms.text.letters_of import letters_of

NAMES = re.compile(
    r"stand-?first|sub-?head|sub-?title|sub-?line|sub-?deck|\bdek\b|\bdeck\b|lead-?text|strap-?line|\blede\b"
    r"|(?:article|post|entry|story)[-_]{0,2}(?:intro|lead|lede|summary|excerpt|description|deck|dek)\b"
    r"|entradilla|\bbajada\b|\bchapo\b|\bchapeau\b|vorspann|sottotitolo|\bsommario\b",
    re.IGNORECASE,
)
LEADS = re.compile(
    rf"{NAMES.pattern}|\b(?:lead|intro|lede|excerpt|summary|abstract|teaser-text)\b", re.IGNORECASE
)
"""The same of the container of a line that stands alone above the story."""
STEM_CHARS = 6
REPEATED = 0.5
MOST_AFTER = 40
"""Elements behind a headline, of which the standfirst is one or not there."""
WORDS = range(4, 91)
BYLINE = re.compile(r"(?:by|von|par|por|di|door)\s+[A-Z]")
HEAD_LINES = 6


def read_dek(page: Page, text: Text, title: str | None) -> str | None:
    """Give the standfirst: what the page names so under the headline, or its description where it shows that.

    A description that is the story's own first paragraph, or that the page does not show, is none.
    """
    headline = _headline(page, title)
    named = _named(headline, page) if headline is not None else None
    dek = named or _shown_description(page, text)
    return dek if dek and not BYLINE.match(dek) and not _repeats(dek, title) else None


def _repeats(dek: str, title: str | None) -> bool:
    """Whether a dek is the title again, alone or behind a kicker."""
    folded, folded_title = letters_of(dek), letters_of(title or "")
    return bool(folded_title) and (folded_title in folded or folded in folded_title)


def _headline(page: Page, title: str | None) -> Any:
    folded = letters_of(title or "")
    return next(
        (h1 for h1 in page.tagged["h1"] if folded and letters_of("".join(h1.itertext())) == folded), None
    )


def _named(headline: Any, page: Page) -> str | None:
    behind = page.elements.index(headline) + sum(1 for _ in headline.iter())
    for element in page.elements[behind : behind + MOST_AFTER]:
        marks = " ".join(
            filter(None, (element.get("class"), element.get("itemprop"), element.get("data-testid")))
        )
        is_next_heading = element.tag == "h2" and element.getprevious() is headline
        if (is_next_heading or NAMES.search(marks)) and is_leaf_block(element):
            words = " ".join("".join(element.itertext()).split())
            if count_words(words) in WORDS and element.find(".//a") is None:
                return words
    return None


def _shown_description(page: Page, text: Text) -> str | None:
    """Give the line above the story, in another container, that the page declares, or names and the story repeats."""
    declared = {
        folded
        for raw in (
            text_of(page.json_ld.article.get("alternativeHeadline")),
            text_of(page.json_ld.article.get("description")),
            page.head.first("og:description"),
            page.head.first("description"),
        )
        if raw and (folded := letters_of(raw))
    }
    homes = [_home(page.text, place) for place in text.places]
    for index, (line, folded) in enumerate(zip(text.lines[:HEAD_LINES], text.folded, strict=False)):
        home = homes[index]
        if home is None or homes.count(home) > 1 or count_words(line) not in WORDS:
            continue
        is_lead = LEADS.search(_names_of(page.text, text.places[index])) is not None
        if folded in declared or (is_lead and _abstracts(line, text.lines[index + 1 : index + 4])):
            return line
    return None


def _names_of(page: PageText, place: Any) -> str:
    block = page.block_at(place.start)
    home = block.getparent()
    return " ".join(str(each.get("class") or "") for each in (block, home) if each is not None)


def _abstracts(line: str, following: Sequence[str]) -> bool:
    """Whether the story says again what a line says: it holds most of its longer words."""
    own = {word.casefold()[:STEM_CHARS] for word in LONG_WORD.findall(line)}
    story = {word.casefold()[:STEM_CHARS] for text in following for word in LONG_WORD.findall(text)}
    return len(own & story) >= REPEATED * len(own) > 0


def _home(page: PageText, place: Any) -> tuple[str, str, Any] | None:
    if place is None:
        return None
    block = page.block_at(place.start)
    return str(block.tag), str(block.get("class") or ""), block.getparent()
