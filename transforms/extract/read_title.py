"""Read the title of an article from what its page shows and declares."""

import re
from html import unescape
from itertools import islice

from copydesk.transforms.page.load_json_ld import text_of
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.text.letters_of import letters_of

SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022\u00bb\u00ab<>:~-]\s+|\s*\|\s*|\s+::\s+")
SITE_BEHIND = re.compile(r"\s*[_|\u2013\u2014:-]\s*\S.{0,40}\Z")
MOST_HEADINGS = 3
TITLE_LIMIT_CHARS = 400
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Marks of where a line may break: no letter of a title."""


def read_title(page: Page, *, publisher: str | None) -> str | None:
    """Give the headline a reader sees: the <h1> that the page's declarations confirm, else a declaration."""
    head = page.head
    declared = [
        text
        for raw in (
            text_of(page.json_ld.article.get("headline")),
            head.first("og:title"),
            head.first("twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline"),
            head.title,
        )
        if (text := _without_site(_plain(raw), publisher))
    ]
    shown = [text for h1 in page.tagged["h1"] if (text := _plain(" ".join(h1.itertext())))]
    for text in shown:
        if any(_agree(text, other) or _begins(other, text) for other in declared):
            return text
    if declared and not shown:
        below = (_plain(" ".join(h2.itertext())) for h2 in page.root.iter("h2"))
        shown = [text for text in islice(below, MOST_HEADINGS) if text and _begins(declared[0], text)][:1]
        declared = [*shown, *declared]
    if declared:
        return declared[0]
    return shown[0] if len(shown) == 1 else None


def _plain(raw: str | None) -> str:
    text = " ".join(unescape(raw or "").translate(UNSEEN).split())
    return text if len(text) <= TITLE_LIMIT_CHARS else ""


def _without_site(title: str, publisher: str | None) -> str:
    """Cut the site's name off a <title>, where a separator sets it apart and it is known or short."""
    parts = SEPARATOR.split(title)
    while len(parts) > 1 and _is_site(parts[-1], publisher):
        title = title[: title.rindex(parts.pop())].rstrip(" |\u2013\u2014\u00b7\u2022\u00bb\u00ab<>:~-")
    return title


def _is_site(part: str, publisher: str | None) -> bool:
    if (
        publisher
        and letters_of(part)
        and (letters_of(part) in letters_of(publisher) or letters_of(publisher) in letters_of(part))
    ):
        return True
    return bool(re.fullmatch(r"(?:www\.)?[\w-]+\.[a-z]{2,6}", part.strip().lower()))


def _begins(declared: str, shown: str) -> bool:
    """Whether a declared title is a heading with the site's name behind a sign."""
    return declared.startswith(shown) and SITE_BEHIND.match(declared, len(shown)) is not None


def _agree(one: str, other: str) -> bool:
    """Whether two titles share most of the words of the shorter one."""
    a, b = set(_words(one)), set(_words(other))
    return (
        bool(a and b)
        and len(a & b) >= 0.6 * min(len(a), len(b))
        and min(len(a), len(b)) * 3 >= max(len(a), len(b))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
