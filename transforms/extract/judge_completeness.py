"""Judge how much of a published piece a page holds."""

import re
from collections.abc import Iterable

from copydesk.schemas.enums import Completeness
from copydesk.transforms.page.load_json_ld import LIST_TYPES, JsonLd, as_list, types_of
from copydesk.transforms.page.read_head import Head
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.text.count_words import count_words

TEASER_LIMIT_WORDS = 250
CUT_SHORT = re.compile(
    r"(?:\[(?:\u2026|\.\.\.)\]|\u2026|\.\.\."
    r"|\b(?:read more|continue reading|weiterlesen|lire la suite|seguir leyendo|continuar lendo"
    r"|continua a leggere|lees verder|läs vidare|les videre|læs videre|lue lisää|czytaj dalej|číst dále?|tovább olvasom"
    r"|citește mai departe|devamını oku|baca selengkapnya|читать дал(?:ее|ьше)|читати далі|διαβάστε περισσότερα)"
    r"|続きを読む|残り\d+文字|계속 읽기|阅读全文|繼續閱讀|اقرأ المزيد|आगे पढ़ें)\W{0,3}$",
    re.IGNORECASE,
)
PAYWALL_CLASS = re.compile(
    r"pay-?wall|subscriber-?only|premium-?(?:content|teaser|wall)|locked-?content|subscription-?required",
    re.IGNORECASE,
)
PAYWALL_WORDS = re.compile(
    r"subscri|sign up to read|abonn|jetzt freischalten|suscr[ií]b|assin(?:e|ante)|abbonat|prenumer|subskry|předplat"
    r"|előfizet|abonam|abone|tilaa|langgan|подпис|підпис|передплат|συνδρομ|会員|有料|구독|유료|会员|會員|订阅|訂閱|اشتراك|مشترك|מנוי",
    re.IGNORECASE,
)
PAYWALL_LIMIT_CHARS = 2_000
READ_ON_WORDS = re.compile(
    r"\bread|unlock|rest of|subscribers|members|lesen|freischalten|abonnent|\blire|la suite|abonnés|\ble(?:er|yendo)"
    r"|suscriptores|\bler\b|lendo|assinantes|legger|abbonati|lezen|abonnees|läsa?|\blese?\b|læse?|\blue|czyta|subskryb"
    r"|číst|olvas|cite(?:ște|ști)|\boku|baca|чита|διαβ|読|会員|읽|유료|阅读|閱讀|全文|会员|會員|اقرأ|قراءة|לקר|पढ़",
    re.IGNORECASE,
)
"""What a wall offers, and no advertisement for a subscription need: the rest of this text."""


def judge_ending(text: str, walls: Iterable[str]) -> Completeness:
    """Say whether a plain text is a teaser or cut short. `walls` are what left it as offers of a subscription."""
    if count_words(text) >= TEASER_LIMIT_WORDS:
        return Completeness.FULL
    if any(map(READ_ON_WORDS.search, walls)):
        return Completeness.TEASER
    return Completeness.TRUNCATED if CUT_SHORT.search(text.rstrip()[-60:]) else Completeness.FULL


def judge_completeness(text: str, words: int, page: Page, *, is_doubtful: bool = False) -> Completeness:
    """Say whether a page holds the full piece, a teaser of a paywall, a cut text, a live blog or a list.

    `is_doubtful` says that no other reading of the page confirms the text: it may be partial.
    A page that says it is not free and yet holds a long text is full: many houses send the text and hide it.
    """
    head, json_ld = page.head, page.json_ld
    types = types_of(json_ld.article)
    if "liveblogposting" in types:
        return Completeness.LIVE_BLOG
    if words < TEASER_LIMIT_WORDS and not _holds_declared_words(words, json_ld):
        free = _is_free(head, json_ld)
        if free is False or (free is None and _has_paywall(page)):
            return Completeness.TEASER
        if CUT_SHORT.search(text[-60:]):
            return Completeness.TRUNCATED
    is_list = any(types_of(node) & LIST_TYPES for node in json_ld.nodes)
    if is_list and not types and head.first("og:type") != "article":
        return Completeness.LIST_PAGE
    return Completeness.PARTIAL if is_doubtful else Completeness.FULL


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


def _has_paywall(page: Page) -> bool:
    for element in page.root.iter("div", "section", "aside"):
        if PAYWALL_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = " ".join(element.itertext())
            if len(text) < PAYWALL_LIMIT_CHARS and PAYWALL_WORDS.search(text):
                return True
    return False
