"""Tell what a date on a page is the date of: by the label before it, its element's names, the block around it."""

import re
from functools import lru_cache
from typing import Any

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.around_date import is_of_label, without_agency
from copydesk.transforms.dates.date_words import (
    DONE_LABEL,
    EVENT_LABEL,
    MODIFIED_LABEL,
    PUBLISHED_LABEL,
    SPAN_LABEL,
)
from copydesk.transforms.dates.find_spots import Spot, short_text
from copydesk.transforms.page.page_text import INLINE_TAGS

_LABEL = re.compile(
    rf"(?:^|[\W\d_])(?:(?P<copyright>©|\(c\)|copyright|all rights reserved|alle rechte)|(?P<modified>{MODIFIED_LABEL})"
    rf"|(?P<event>{EVENT_LABEL})|(?P<published>{PUBLISHED_LABEL})|(?P<background>{DONE_LABEL}))(?=[\W\d_]|$)"
)
_LED = re.compile(r"\W{0,4}(?:(?:[^\W\d_]{1,12}|\d{1,2}[:.h]\d\d)\W{1,3}){0,3}")
"""What may stand between a label and its date: a preposition, a weekday, a name, a time."""
_SPAN = re.compile(rf"(?:^|[\W\d_]){SPAN_LABEL}\W{{0,2}}(?:(?:the|dem|den|le|el|il|o|zum) )?$")
_OF_LAST = re.compile(r"(?<=\d)\s*\([^\W\d]+(?: [^\W\d]+)?\)")
"""A label in brackets behind another date."""
_LABEL_KINDS = (
    DateKind.COPYRIGHT, DateKind.MODIFIED, DateKind.EVENT, DateKind.PUBLISHED, DateKind.BACKGROUND,
)  # fmt: skip
_EVENT_WORDS = re.compile(
    r"\b(?:tickets?|attendance|kick-?off|venue|doors open|admission|arena|stadium|stadion|(?:town|city|concert) hall"
    r"|eintritt|einlass|anpfiff|zuschauer|spectateurs|billetterie|entradas|espectadores|biglietti|spettatori|bilety"
    r"|joined|member since|mitglied seit|membre depuis|miembro desde|iscritt[oa] dal)\b",
    re.IGNORECASE,
)
_CLASS_MODIFIED = re.compile(r"modif|updat|lastmod|revis|aktual|change", re.IGNORECASE)
_CLASS_PUBLISHED = re.compile(
    r"publi|entry-?date|post-?date|posted|datecreated|pubdate|article-?date|date-?article|created|erstell"
    r"|issue",
    re.IGNORECASE,
)
_CLASS_PROFILE = re.compile(
    r"(?:^|[\s_-])join(?:ed|-?date)?(?:$|[\s_-])|member-?since|registered|reg-?date|birth", re.IGNORECASE
)
_CLASS_DATE = re.compile(r"date|datum|fecha|time|posted|publish|byline|meta|info|zeit", re.IGNORECASE)


def kind_of(spot: Spot, *, least_words: int = 2) -> tuple[DateKind, bool]:
    """Return the kind of a date and whether its label or a name of its element says so.

    A label that is not known, of `least_words` or more, tells of something else.
    """
    marks = " ".join(
        spot.element.get(name) or "" for name in ("class", "itemprop", "property", "id", "pubdate")
    )
    kind = _labelled(spot, least_words) or _named(marks)
    if spot.element.get("pubdate") is not None:
        kind = kind or DateKind.PUBLISHED
    if spot.how == "range":
        return DateKind.EVENT, False
    if kind is not None:
        return kind, True
    is_one = spot.how in ("time", "itemprop") or spot.is_alone or _CLASS_DATE.search(marks)
    return DateKind.PUBLISHED if is_one else DateKind.BACKGROUND, False


def _named(marks: str) -> DateKind | None:
    if _CLASS_MODIFIED.search(marks) and not _CLASS_PUBLISHED.search(marks):
        return DateKind.MODIFIED
    if _CLASS_PROFILE.search(marks):
        return DateKind.EVENT
    return DateKind.PUBLISHED if _CLASS_PUBLISHED.search(marks) else None


def _labelled(spot: Spot, least_words: int) -> DateKind | None:
    """Return what the label nearest before a date says that it is the date of."""
    led = " ".join(spot.label.split())[-45:].lower() + " "  # without regard to case the search is much slower
    kind, is_known = _kind_led(_OF_LAST.sub(" ", led), least_words)
    return None if is_known and spot.is_told and kind in (DateKind.PUBLISHED, DateKind.MODIFIED) else kind


@lru_cache(4096)
def _kind_led(led: str, least_words: int) -> tuple[DateKind | None, bool]:
    """Return what the words before a date say, and whether by a label that is known; lists repeat theirs."""
    if _SPAN.search(led):
        return DateKind.EVENT, False
    last = next(iter(reversed(list(_LABEL.finditer(led)))), None)
    kind = next(kind for kind in _LABEL_KINDS if last[kind.value]) if last else None
    if last and kind is not DateKind.COPYRIGHT and not _LED.fullmatch(led, last.end()):
        kind = None
    if kind is None:
        return DateKind.EVENT if is_of_label(led, least_words=least_words) else None, False
    return kind, True


def is_of_event(spot: Spot, line: frozenset[Any]) -> bool:
    """Tell whether the short block around a date speaks of tickets, halls or crowds, and not behind an agency."""
    block = next(
        item for item in (spot.element, *spot.element.iterancestors()) if item.tag not in INLINE_TAGS
    )
    text = short_text(block)
    before, _, after = text.partition(spot.quote)
    is_sent = without_agency(before, after) != (before, after)
    return block not in line and bool(_EVENT_WORDS.search(text)) and not is_sent
