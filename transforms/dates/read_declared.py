"""Read the dates that a page declares: in its JSON-LD, its meta tags and, where these say nothing, its own scripts."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.evidence import Evidence
from copydesk.transforms.dates.own_item import is_article, is_of_other_item, is_page
from copydesk.transforms.dates.read_scripts import read_scripts
from copydesk.transforms.dates.read_whole_date import read_stamp
from copydesk.transforms.page.load_json_ld import Block
from copydesk.transforms.page.walk_page import Page

_MOST_DECLARED = 200
"""So many dates are read from a page's declarations of each sort: hostile pages hold a hundred thousand."""
_SOUND_WEIGHT = 0.5
_REVIEW = re.compile(r"review", re.IGNORECASE)
_PICTURE = re.compile(r"image|photo|picture", re.IGNORECASE)
_FIELDS = {
    "datepublished": DateKind.PUBLISHED,
    "datecreated": DateKind.PUBLISHED,
    "dateissued": DateKind.PUBLISHED,
    "uploaddate": DateKind.PUBLISHED,
    "datemodified": DateKind.MODIFIED,
    "dateupdated": DateKind.MODIFIED,
}
_BROKEN = re.compile(r'"(date(?:Published|Created|Modified))"\s*:\s*"([^"]{6,60})"')
_MAIN = frozenset({"@graph", "mainentity", "mainentityofpage"})
"""Keys below which a page describes its own article still."""
_TAG_IS_DATE = re.compile(
    r"date|time|publi|created|issued|modif|updat|posted|release|dcterms|parsely|timestamp|zeit|datum"
    r"|fecha|expir|revis",
)
_EMBEDDED = "belongs to something that the page embeds or lists, not to its article"
_DIGIT = re.compile(r"\d").search
_WORD = re.compile(r"\w{2,}")
_TAG_MODIFIED = re.compile(r"modif|^last|updat|revis|lastmod|last-mod|changed|edit")
_TAG_OTHER = re.compile(
    r"expir|dm_timestamp|valid|event|start|end_|end-|capture|archiv|build|copyright|unpubl|deadline|birth"
    r"|cache|timeout|generated|current|refresh|reading|read_time|readtime|duration"
)
_TAG_STRONG = re.compile(
    r"published[_:-]?time|published_?date|datepublished|pubdate|publish[-_]?date|publication[-_]?date"
    r"|pub-date|publicationdate|publishtime|publishdate"
    r"|parsely-pub|article[.:_-]created|article\.published|og:pubdate|sailthru\.date|publication_date"
    r"|release_date|date\.release|citation_(?:online|publication)|"
    r"dcterms\.(?:created|issued|available)|dc\.date\.(?:issued|created)|prism\.publicationdate"
    r"|rnews:datepublished|bt:pubdate|first[-_]?publish|"
    r"displaydate|ptime|originalpublicationdate|article_date_original|datecreated|date-?created|issue",
)


def read_declared(page: Page, url: str | None = None) -> list[Evidence]:
    """Return the dates of the page's own entity, of its meta tags, and of scripts where none of those is sound."""
    links = (url, *page.head.links.get("canonical", ()), page.head.first("og:url"))
    evidence = [
        *islice(_read_json_ld(page.json_ld.blocks, page.head.title or "", _places(links)), _MOST_DECLARED),
        *islice(_read_meta_tags(page.tagged["meta"]), _MOST_DECLARED),
    ]
    if not any(item.weight >= _SOUND_WEIGHT for item in evidence):
        evidence += read_scripts(page.scripts, page.head.title)
    return evidence


def _read_json_ld(blocks: Iterable[Block], title: str, here: frozenset[str]) -> Iterator[Evidence]:
    """Yield the dates of each JSON-LD block, the page's own entity first; broken JSON is read by pattern."""
    blocks = list(blocks)
    nodes = [pair for block in blocks if not block.is_broken for pair in _nodes(block.value, 0, is_main=True)]
    articles = [node for node, is_main in nodes if is_main and _is_dated_article(node)]
    strange = [node for node in articles if not _is_own(node, title, here)]
    is_several = len(strange) < len(articles) or len({_headline(node) for node in articles}) > 1
    others = {id(node) for node in strange if is_several and (_headline(node) or _place(node))}
    for block in blocks:
        if block.is_broken:
            yield from _read_broken(block.source)
    for node, is_main in nodes:
        is_other = id(node) in others or _is_other_review(node, title)
        yield from _read_node(node, is_main=is_main and not is_other)


def _is_other_review(node: dict[str, Any], title: str) -> bool:
    """Tell whether a node is a review under another name than the page's: one that readers wrote, of a product."""
    name = str(node.get("headline") or node.get("name") or "")
    return bool(_REVIEW.search(str(node.get("@type", ""))) and name) and not _is_of_title(name, title)


def _is_own(node: dict[str, Any], title: str, here: frozenset[str]) -> bool:
    """Tell whether an article bears the page's title or address."""
    headline = _headline(node)
    return bool(headline and _is_of_title(headline, title)) or not here.isdisjoint(_place(node))


def _headline(node: dict[str, Any]) -> str:
    return line if isinstance(line := node.get("headline"), str) else ""


def _place(node: dict[str, Any]) -> frozenset[str]:
    page = node.get("mainEntityOfPage")
    return _places((node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page))


def _places(urls: Iterable[Any]) -> frozenset[str]:
    """Return addresses without what varies in those of one page: scheme, query, part."""
    texts = [url for url in urls if isinstance(url, str) and "://" in url]
    return frozenset(re.sub(r"^\w+://|[?#].*", "", url).rstrip("/") for url in texts)


def _is_dated_article(node: dict[str, Any]) -> bool:
    return any(key.lower() in _FIELDS for key in node) and _is_article(str(node.get("@type", "")))


def _is_article(name: str) -> bool:
    return is_article(name) or bool(_REVIEW.search(name))


def _is_of_title(headline: str, title: str) -> bool:
    """Tell whether most words of a headline are in the title of the page; a page without one has any."""
    words, own = (set(_WORD.findall(text.lower())) for text in (headline, title))
    return not own or not words or 2 * len(words & own) >= min(len(words), len(own))


def _nodes(data: Any, depth: int, *, is_main: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data[:50]:
            yield from _nodes(item, depth + 1, is_main=is_main)
    elif isinstance(data, dict):
        yield data, is_main
        for key, value in data.items():
            if isinstance(value, (dict, list)):
                yield from _nodes(value, depth + 1, is_main=is_main and key.lower() in _MAIN)


def _read_node(node: dict[str, Any], *, is_main: bool) -> Iterator[Evidence]:
    name = node.get("@type", "")
    name = " ".join(map(str, name)) if isinstance(name, list) else str(name)
    for key, value in node.items():
        kind = _FIELDS.get(key.lower())
        raw = value[0] if isinstance(value, list) and value else value
        if isinstance(raw, dict):
            raw = raw.get("@value")
        if kind is None or not isinstance(raw, (str, int)) or (reading := read_stamp(str(raw))) is None:
            continue
        weight, rejection = _weigh(name, key.lower(), is_main=is_main)
        is_photo = bool(_PICTURE.search(name))
        kind = DateKind.PHOTO if is_photo and kind is DateKind.PUBLISHED else kind
        yield Evidence(
            reading,
            kind,
            f"json_ld:{name or 'untyped'}.{key}",
            "structured",
            weight,
            str(raw),
            rejection=rejection,
        )


def _weigh(name: str, key: str, *, is_main: bool) -> tuple[float, str]:
    if _PICTURE.search(name):
        return 0.0, "the date of a picture"
    if not is_main:
        return 0.0, _EMBEDDED
    factor = 0.8 if key != "datepublished" else 1.0
    if _is_article(name):
        return 0.97 * factor, ""
    if is_page(name) or not name:
        return 0.8 * factor, ""
    return 0.4 * factor, ""


def _read_broken(script: str) -> Iterator[Evidence]:
    for match in list(_BROKEN.finditer(script))[:6]:
        reading = read_stamp(match[2])
        if reading is not None:
            kind = DateKind.MODIFIED if "Mod" in match[1] else DateKind.PUBLISHED
            yield Evidence(reading, kind, f"json_ld:broken.{match[1]}", "structured", 0.8, match[2])


def _read_meta_tags(metas: Iterable[Any]) -> Iterator[Evidence]:
    """Yield the dates of meta elements, told by property, name, itemprop or http-equiv."""
    for meta in metas:
        content = meta.get("content") or meta.get("value") or meta.get("datetime")
        if not content or not _DIGIT(content):
            continue
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        )
        lowered = name.lower()
        if not _TAG_IS_DATE.search(lowered) or (reading := read_stamp(content)) is None:
            continue
        kind, weight, rejection = (
            (DateKind.PUBLISHED, 0.0, _EMBEDDED) if is_of_other_item(meta) else _class_of(lowered)
        )
        yield Evidence(reading, kind, f"meta:{name}", "structured", weight, content, rejection=rejection)


def _class_of(name: str) -> tuple[DateKind, float, str]:
    if _TAG_OTHER.search(name):
        return DateKind.EVENT, 0.0, "a meta tag about something else than publication"
    if _TAG_MODIFIED.search(name):
        return DateKind.MODIFIED, 0.0, ""
    if _TAG_STRONG.search(name):
        return DateKind.PUBLISHED, 0.92, ""
    return DateKind.PUBLISHED, 0.62, ""
