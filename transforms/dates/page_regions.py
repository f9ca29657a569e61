"""Tell where on a page an element stands: in the article's own head and text, or among other things."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from copydesk.transforms.dates.own_item import is_of_other_item

_TOKENS = {
    "embed": r"instagram|twitter|tweet|tiktok|fb-post|facebook-embed|embed(?!ded-article)"
    r"|live[-_]?blog[-_]?(?:update|entry|post(?!ing))",
    "comment": r"comment|kommentar|respond|reply|replies|discussion|disqus|fos_|leserbrief",
    "related": r"related|teaser|recommend|similar|recent|latest|popular|trending|most[-_]?(?:read|viewed|popular)"
    r"|more[-_]?(?:news|stories|from|articles|posts|like)|read[-_]?(?:also|more|next)|also[-_]?read"
    r"|up[-_]?next|next[-_]?(?:post|article)"
    r"|prev[-_]?(?:post|article)|post-?nav|previous|carousel|slider|ticker|headlines|top-?stor|weitere"
    r"|aehnlich|mehr-zum|further"
    r"|newest|neueste|aktuelle[-_]|suggest|outbrain|taboola|promo|upcoming|nav-links|pagination|pager",
    "sidebar": r"sidebar|widget|(?:^|[\s_-])aside|right-?col|secondary|marginal|rightrail|right-rail|rail(?:$"
    r"|[\s_-])",
    "footer": r"(?<!post-)(?<!post_)(?<!entry-)(?<!entry_)(?<!article-)(?<!article_)(?<!news-)footer|copyright"
    r"|colophon|impressum|legal|bottom-?bar",
    "nav": r"(?:^|[\s_-])nav(?:$|[\s_-]|igation|bar)|menu|breadcrumb|top-?bar|masthead|site-?header|page-?top"
    r"|cookie|banner",
    "calendar": r"calendar|kalender|countdown|event|termin|weather|wetter|archive|archiv(?!ed)|newsletter|popup"
    r"|modal|advert",
    "caption": r"caption|credit|figure|bildunter|legende",
}
_REGIONS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TOKENS.items()}
_ANY = re.compile("|".join(_TOKENS.values()), re.IGNORECASE)
_TAG_REGIONS = {
    "aside": "sidebar",
    "blockquote": "embed",
    "footer": "footer",
    "nav": "nav",
    "figure": "caption",
    "figcaption": "caption",
    "header": "nav",
}
_CARD_CHARS = 300
_AROUND = frozenset({"tag", "author", "category", "bookmark", "nofollow"})
_ASIDE = re.compile(
    r"^(?:$|#|javascript:|mailto:|tel:)|/(?:authors?|tags?|categor(?:y|ies|ia)|users?|profiles?|people|autor(?:en|es)?"
    r"|auteurs?|team|staff|topics?)/|share|intent/|facebook|twitter|google\.",
    re.IGNORECASE,
)
"""Where links beside an article's own date lead: to its author and section, to sharing it, nowhere."""


@dataclass(frozen=True, slots=True)
class Region:
    """The place of an element; `name` is empty in the article itself. `signature` is alike for items of a list."""

    name: str
    signature: str


def region_of(element: Any, heading_line: frozenset[Any]) -> Region:
    """Name the nearest foreign region around an element; what also holds the headline is not foreign."""
    name, in_article, is_head = "", False, False
    for ancestor in (element, *element.iterancestors()):
        tag = ancestor.tag
        in_article = in_article or tag in ("article", "main")
        if ancestor in heading_line or tag == "body":
            in_article = in_article or _holds_article(ancestor)
            if name or in_article:
                break
        elif not name and not (ancestor is element and tag == "time"):
            name = _TAG_REGIONS.get(tag, "") or _named(ancestor)
            is_head = tag == "header"
    name = "item" if is_of_other_item(element) else "" if is_head and in_article else name
    return Region(name, _signature(element))


def is_in_card(
    element: Any, heading_line: frozenset[Any], headline: str, quote: str, *, least_words: int = 3
) -> bool:
    """Tell whether a date shares a small block with a link under the headline of another article, or stands in it."""
    for ancestor in (element, *islice(element.iterancestors(), 5)):
        if ancestor in heading_line or ancestor.tag in ("body", "main") or len(_text(ancestor)) > _CARD_CHARS:
            return False
        for link in (ancestor,) if ancestor.tag == "a" else ancestor.iter("a"):
            text = " ".join(_text(link).replace(quote, "").split())
            if _leads_elsewhere(link) and _is_headline(text, least_words) and text not in headline:
                return True
    return False


def _leads_elsewhere(link: Any) -> bool:
    return _AROUND.isdisjoint((link.get("rel") or "").split()) and not _ASIDE.search(link.get("href") or "")


def _is_headline(text: str, least_words: int) -> bool:
    is_unspaced = text[:1] >= "\u0e00"  # Thai, Chinese: scripts that set no spaces between words
    return len(text) >= 4 * least_words and (is_unspaced or text.count(" ") + 1 >= least_words)


def _text(element: Any) -> str:
    """Return the text of an element, or somewhat more of it than a card holds."""
    parts: list[str] = []
    chars = 0
    for part in element.itertext():
        parts.append(part)
        chars += len(part.strip())
        if chars > _CARD_CHARS:
            break
    return " ".join(" ".join(parts).split())


def _holds_article(element: Any) -> bool:
    marks = f"{element.get('class', '')} {element.get('itemtype', '')}".lower()
    return "article" in marks or "post" in marks or "entry" in marks


def _named(element: Any) -> str:
    get = element.get
    return _named_by(f"{get('class', '')} {get('id', '')} {get('role', '')} {get('itemprop', '')}")


@lru_cache(maxsize=8192)
def _named_by(marks: str) -> str:
    if len(marks) < 4 or not _ANY.search(marks):
        return ""
    return next((name for name, pattern in _REGIONS.items() if pattern.search(marks)), "")


def _signature(element: Any) -> str:
    steps = []
    for ancestor in (element, *element.iterancestors()):
        steps.append(f"{ancestor.tag}.{(ancestor.get('class') or '').split(' ')[0]}")
        if len(steps) == 3:
            break
    return "/".join(steps)
