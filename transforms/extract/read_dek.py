"""Read the standfirst of an article: the sentence or two that a page shows under its headline."""

import re
from collections.abc import Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from copydesk.transforms.extract.choose_text import Text
from copydesk.transforms.extract.rescue_blocks import LONG_WORD
from copydesk.transforms.page.load_json_ld import text_of
from copydesk.transforms.page.page_text import PageText, is_one_paragraph, written
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.text.count_words import count_words
from copydesk.transforms.text.letters_of import letters_of

NAMES = re.compile(
    r"stand-?first|sub-?(?:head(?!ing)|title|line|deck)|\bde(?:ck|k)\b|lead-?text|strap-?line|\blede\b|\bdescp\b"
    r"|(?:article|post|entry|story)\W{0,2}(?:header\W{0,2})?(?:intro|lead|lede|summary|excerpt|description)\b"
    r"|entradilla|\bbajada\b|\bchapo\b|\bchapeau\b|vorspann|sottotitolo|\bsommario\b",
    re.IGNORECASE,
)
LEADS = re.compile(
    rf"{NAMES.pattern}|sub-?heading|\b(?:lead|intro|lede|excerpt|summary|abstract|teaser-text)\b",
    re.IGNORECASE,
)
"""The same of what stands apart from the story, where a word may be looser."""
BESIDE = re.compile(
    r"caption|credit|by-?line|\bauthors?\b|breadcrumb|related|newsletter|\bnav|\btags?\b", re.IGNORECASE
)
OTHER_TAGS = frozenset({"figcaption", "li", "button", "td", "time"})
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
CLOSED = re.compile(r"[.!?\u2026\u3002]['\"\u201d\u00bb)]*\Z")
STEM_CHARS = 6
REPEATED = 0.5
MOST_TEXTS = 120
MOST_AFTER = 30
"""Blocks behind a headline, of which the standfirst is one or not there."""
STORY_WORDS = 12
MOST_LONG = 2
"""Paragraphs of so many words in one standfirst."""
WORDS = range(4, 91)
BYLINE = re.compile(r"(?:by|von|par|por|di|door)\s+[A-Z]")
DEK_LINES = 6


def read_dek(page: Page, text: Text, title: str | None) -> str | None:
    """Give the standfirst: what the page names so under the headline, or its description where it shows that.

    A description that is the story's own first paragraph, or that the page does not show, is none.
    """
    declared = _declared(page)
    shown = (*_under_headline(page.text, text, title, declared), _apart(page.text, text, declared))
    found = next((dek for dek in shown if dek and not BYLINE.match(dek) and not _repeats(dek, title)), None)
    return None if found and _is_all(found, text, page.text) else found


def _is_all(dek: str, text: Text, page: PageText) -> bool:
    """Whether a text has nothing of a story but a dek, as a gallery has beside its captions: then that is its story."""
    rest = (
        place
        for line, folded, place in zip(text.lines, text.folded, text.places, strict=True)
        if count_words(line) >= STORY_WORDS and folded != letters_of(dek)
    )
    is_pictured = all(place and page.block_at(place.start).tag == "figcaption" for place in rest)
    return is_pictured and letters_of(dek) in text.whole


def _repeats(dek: str, title: str | None) -> bool:
    """Whether a dek is the title again, alone or behind a kicker."""
    folded, folded_title = letters_of(dek), letters_of(title or "")
    return bool(folded_title) and (folded_title in folded or folded in folded_title)


def _declared(page: Page) -> frozenset[str]:
    """Give what the page declares as the article's description, as letters."""
    raws = (
        text_of(page.json_ld.article.get("alternativeHeadline")),
        text_of(page.json_ld.article.get("description")),
        page.head.first("og:description"),
        page.head.first("description"),
    )
    return frozenset(filter(None, (letters_of(raw or "") for raw in raws)))


def _under_headline(page: PageText, text: Text, title: str | None, declared: frozenset[str]) -> list[str]:
    """Give the sentences between headline and story that can be a standfirst, the best told first.

    Best is what bears its name, then what the page declares, then a looser name, then the place behind the headline.
    Only the first, and a heading right below the headline, may stand in the text too.
    """
    lines = frozenset(text.folded)
    found: list[tuple[int, str]] = []
    for number, block in enumerate(_blocks_behind(page, title)):
        words = written(block)
        folded, count = letters_of(words), count_words(words)
        is_sentence = count in WORDS and is_one_paragraph(block) and block.find(".//a") is None
        is_beside = BESIDE.search(_names_of(block, block.getparent()))
        if is_sentence and block.tag not in OTHER_TAGS and not is_beside:
            is_apart, names = folded not in lines, _role_of(block)
            signs = (
                NAMES.search(names if is_apart else _names_of(block)),
                is_apart and folded in declared,
                is_apart and LEADS.search(names),
                number == 0 and is_apart and (block.tag == "h2" or CLOSED.search(words)),
                block.tag == "h2" and getattr(block.getprevious(), "tag", None) == "h1",
            )
            found.extend((rank, words) for rank, sign in enumerate(signs) if sign)
        if folded in lines and count >= STORY_WORDS:
            break
    return [words for _, words in sorted(found, key=itemgetter(0))]


def _blocks_behind(page: PageText, title: str | None) -> list[Any]:
    """Give the blocks of text behind the headline, each once, in order."""
    folded = letters_of(title or "")
    if not folded:
        return []
    for index in range(len(page.owners)):
        block = page.block(index)
        if block.tag == "h1" and letters_of("".join(block.itertext())) == folded:
            behind = (
                page.block(at) for at in range(index + 1, min(len(page.owners), index + 1 + MOST_TEXTS))
            )
            return [one for one in dict.fromkeys(behind) if one is not block][:MOST_AFTER]
    return []


def _role_of(block: Any) -> str:
    """Give the names of a block, and of what holds it unless that is a story; Drupal calls all a text with summary."""
    home = block.getparent()
    return _names_of(block) if home is None or _holds_story(home) else _names_of(block, home)


def _holds_story(home: Any) -> bool:
    """Whether a container holds more than a standfirst does."""
    long = (True for one in home.iter("p") if count_words(" ".join(one.itertext())) >= STORY_WORDS)
    is_story = sum(islice(long, MOST_LONG + 1)) > MOST_LONG
    return is_story or count_words(" ".join(home.itertext())) not in WORDS


def _names_of(*bearers: Any) -> str:
    """Give the words of the names that elements bear."""
    marks = (
        each.get(name)
        for each in bearers
        if each is not None
        for name in ("class", "itemprop", "data-testid")
    )
    return CAMEL.sub("-", " ".join(filter(None, marks)))


def _apart(page: PageText, text: Text, declared: frozenset[str]) -> str | None:
    """Give the line above the story, in another container, that the page declares, or names and the story repeats."""
    blocks = [page.block_at(place.start) if place else None for place in text.places]
    homes = [_home(block) for block in blocks if block is not None]
    for index, (line, folded) in enumerate(zip(text.lines[:DEK_LINES], text.folded, strict=False)):
        block = blocks[index]
        if block is not None and homes.count(_home(block)) == 1 and count_words(line) in WORDS:
            is_lead = LEADS.search(_role_of(block)) is not None
            if folded in declared or (is_lead and _abstracts(line, text.lines[index + 1 : index + 4])):
                return line
    return None


def _abstracts(line: str, following: Sequence[str]) -> bool:
    """Whether the story says again what a line says: it holds most of its longer words."""
    own = {word.casefold()[:STEM_CHARS] for word in LONG_WORD.findall(line)}
    story = {word.casefold()[:STEM_CHARS] for text in following for word in LONG_WORD.findall(text)}
    return len(own & story) >= REPEATED * len(own) > 0


def _home(block: Any) -> tuple[str, str, Any]:
    return str(block.tag), str(block.get("class") or ""), block.getparent()
