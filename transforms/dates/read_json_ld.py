"""Read the dates that a page's JSON-LD states of its main entity."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from schemas.enums import DateKind
from transforms.dates.evidence import Evidence
from transforms.dates.read_date import read_stamp
from transforms.page.load_json_ld import Block

_ARTICLE = re.compile(
    r"article|posting|report|review|recipe|interview|creativework$|news|podcastepisode|podcast", re.IGNORECASE
)
_PAGE = re.compile(
    r"webpage|aboutpage|itempage|faqpage|webcontent|collectionpage|qapage|medicalwebpage", re.IGNORECASE
)
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
_NOT_MAIN = frozenset(
    {"comment", "image", "thumbnail", "logo", "ispartof", "citation", "review", "reviews", "associatedmedia",
     "itemlistelement", "mentions", "about", "author", "publisher", "isbasedon", "relatedlink", "video", "audio",
     "suggestedanswer", "acceptedanswer", "haspart", "primaryimageofpage", "copyrightholder"}
)  # fmt: skip
"""Keys below which a page describes something else than its own article."""


def read_json_ld(blocks: Iterable[Block]) -> Iterator[Evidence]:
    """Yield the dates of each JSON-LD block, the page's own entity first; broken JSON is read by pattern."""
    for block in blocks:
        if block.is_broken:
            yield from _read_broken(block.source)
        else:
            for node, is_main in _nodes(block.value, 0, is_main=True):
                yield from _read_node(node, is_main=is_main)


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
                yield from _nodes(value, depth + 1, is_main=is_main and key.lower() not in _NOT_MAIN)


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
        return 0.0, "belongs to something that the page embeds or lists, not to its article"
    factor = 0.8 if key != "datepublished" else 1.0
    if _ARTICLE.search(name):
        return 0.97 * factor, ""
    if _PAGE.search(name) or not name:
        return 0.8 * factor, ""
    return 0.4 * factor, ""


def _read_broken(script: str) -> Iterator[Evidence]:
    for match in list(_BROKEN.finditer(script))[:6]:
        reading = read_stamp(match[2])
        if reading is not None:
            kind = DateKind.MODIFIED if "Mod" in match[1] else DateKind.PUBLISHED
            yield Evidence(reading, kind, f"json_ld:broken.{match[1]}", "structured", 0.8, match[2])
