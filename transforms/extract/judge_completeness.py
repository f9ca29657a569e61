"""Judge how much of a published piece a page holds."""

import re
from collections.abc import Iterable

from copydesk.schemas.enums import Completeness
from copydesk.transforms.page.load_json_ld import LIST_TYPES, JsonLd, as_list, types_of
from copydesk.transforms.page.page_head import Head
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.text.count_words import count_words
from copydesk.transforms.text.letters_of import letters_of
from copydesk.transforms.text.words import SENTENCE_END, any_of

TEASER_LIMIT_WORDS = 250
ENOUGH_CHARS = 12 * TEASER_LIMIT_WORDS
"""In which nearly every text has so many words: the beginning of a text has no more of them than all of it."""
CUT_SHORT = re.compile(rf"{any_of('walls', 'cut_short')}\W{{0,3}}$", re.IGNORECASE)
REST_COUNTED = re.compile(any_of("walls", "rest_counted"))
"""What tells how much more there is: "[+2113 chars]" of NewsAPI."""
PAYWALL_CLASS, PAYWALL_WORDS, READ_ON_WORDS = (
    re.compile(any_of("walls", name), re.IGNORECASE) for name in ("classes", "offers", "read_on")
)
"""Names of walls, what they say, and what no advertisement for a subscription needs to offer: the rest of this text."""
PAYWALL_LIMIT_CHARS = 2_000
PROSE_CHARS = 40
TEXTS_BELOW = 12
OFFER_CHARS = 200
"""Texts of a page behind the story among which an offer to read on stands, and how long one is."""


def judge_ending(text: str, walls: Iterable[str]) -> Completeness:
    """Say whether a plain text is a teaser or cut short. `walls` are what left it as offers of a subscription."""
    if cut := _judge_count(text):
        return cut
    if any(count_words(part) >= TEASER_LIMIT_WORDS for part in (text[:ENOUGH_CHARS], text)):
        return Completeness.FULL
    if any(map(READ_ON_WORDS.search, walls)):
        return Completeness.TEASER
    return Completeness.TRUNCATED if CUT_SHORT.search(text.rstrip()[-60:]) else Completeness.FULL


def judge_completeness(text: str, words: int, page: Page, *, is_doubtful: bool = False) -> Completeness:
    """Say whether a page holds the full piece, a teaser of a paywall, a cut text, a live blog or a list.

    `is_doubtful` says that no other reading of the page confirms the text: it may be partial.
    A page that says it is not free and yet holds a long text is full: many houses send the text and hide it. So they do
    with briefs: a short one that ends as a text does, with no offer to read on below it, is full unless more words are
    declared.
    """
    head, json_ld = page.head, page.json_ld
    types = types_of(json_ld.article)
    if "liveblogposting" in types:
        return Completeness.LIVE_BLOG
    if cut := _judge_count(text):
        return cut
    if words < TEASER_LIMIT_WORDS and not _holds_declared_words(words, json_ld):
        free = _is_free(head, json_ld)
        if free is not True and (_has_paywall(page) or (free is False and not _ends_whole(text, page))):
            return Completeness.TEASER
        if CUT_SHORT.search(text[-60:]):
            return Completeness.TRUNCATED
    is_list = any(types_of(node) & LIST_TYPES for node in json_ld.nodes)
    if is_list and not types and head.first("og:type") != "article":
        return Completeness.LIST_PAGE
    return Completeness.PARTIAL if is_doubtful else Completeness.FULL


def _judge_count(text: str) -> Completeness | None:
    """Say how a text was cut that counts what is left of it."""
    is_likely = "[+" in text or "残り" in text
    line = next(filter(REST_COUNTED.search, text.split("\n")), None) if is_likely else None
    if line is None:
        return None
    return Completeness.TEASER if PAYWALL_WORDS.search(line) else Completeness.TRUNCATED


def _is_free(head: Head, json_ld: JsonLd) -> bool | None:
    """Whether the page says that all of its text is free; null where it does not say."""
    tier = (head.first("article:content_tier", "content_tier") or "").lower()
    parts = [part for part in as_list(json_ld.article.get("hasPart")) if isinstance(part, dict)]
    claims = [str(node.get("isAccessibleForFree")).lower() for node in (json_ld.article, *parts)]
    if tier == "locked" or "false" in claims:
        return False
    return True if tier == "free" or "true" in claims else None


def _holds_declared_words(words: int, json_ld: JsonLd) -> bool:
    declared = str(json_ld.article.get("wordCount") or "")
    return declared.isdigit() and words >= 0.8 * int(declared)


def _ends_whole(text: str, page: Page) -> bool:
    """Whether a text's last prose ends in a full stop, the page shows no offer to read on next and declares no more."""
    if page.json_ld.article.get("wordCount"):
        return False
    last = next((line for line in reversed(text.split("\n")) if len(line) >= PROSE_CHARS), "")
    if not SENTENCE_END.search(last) or CUT_SHORT.search(last):
        return False
    told = page.text
    at = told.index_at(max(0, told.folded.rfind(letters_of(last)))) + 1
    below = (each for each in told.texts[at : at + TEXTS_BELOW] if len(each) <= OFFER_CHARS)
    return not any(PAYWALL_WORDS.search(each) and READ_ON_WORDS.search(each) for each in below)


def _has_paywall(page: Page) -> bool:
    for element in page.root.iter("div", "section", "aside"):
        if PAYWALL_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = " ".join(element.itertext())
            if len(text) < PAYWALL_LIMIT_CHARS and PAYWALL_WORDS.search(text):
                return True
    return False
