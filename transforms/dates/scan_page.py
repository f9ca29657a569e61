"""Walk a parsed page once and set aside what may bear a date. In: an lxml tree, left as it is. Out: PageScan."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

from transforms.dates.read_date import DIGIT

_DATE_HINT = re.compile(rf"{DIGIT}(?:(?<=1)9\d\d|(?<=2)0\d\d|[./] ?\d{{1,2}}[./] ?\d\d)").search
_CLASS_HINT = re.compile(
    r"date|time|publi|posted|byline|datum|fecha|meta|info|created|modif|zeit|ago$|calend|post-on|dt-"
).search
_STATED = [
    etree.XPath(f"//{path}")
    for path in (
        "@datetime",
        "@itemprop[starts-with(., 'date')]",
        "@data-date",
        "@data-datetime",
        "@data-timestamp",
        "@data-time",
        "@data-published",
        "abbr/@title",
    )
]
"""Attributes that state dates. A path each, without unions or parents: libxml2 sorts those in quadratic time."""

_SKIP = frozenset(
    {"style", "noscript", "template", "textarea", "option", "svg", "path", "link", "br", "img", "input"}
)


@dataclass(slots=True)
class PageScan:
    """The parts of a page that may bear a date, in document order; each with the characters of text before it."""

    json_ld: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    metas: list[Any] = field(default_factory=list)
    headings: list[tuple[Any, int]] = field(default_factory=list)
    marked: list[tuple[Any, int]] = field(default_factory=list)
    texts: list[tuple[Any, str, bool, int]] = field(default_factory=list)
    lines: list[tuple[Any, str, int]] = field(default_factory=list)
    title: str = ""


def scan_page(root: Any) -> PageScan:
    """Collect scripts, meta tags, headings, elements marked as dates and text that looks like one."""
    scan, at = PageScan(), 0
    stated = frozenset(value.getparent() for path in _STATED for value in path(root))
    for element in root.iter():
        tag = element.tag
        if tag.__class__ is str and tag not in _SKIP:
            if tag in _KEEPERS:
                _KEEPERS[tag](scan, element, at)
            elif tag == "time" or element in stated or _is_date_class(element.get("class")):
                scan.marked.append((element, at))
            text = None if tag == "script" else element.text
            if text and (length := len(text.strip())):
                _keep_text(scan, element, text, length, at)
                at += length
        tail = element.tail
        if tail and (length := len(tail.strip())):
            if length > 5 and _DATE_HINT(tail):
                scan.texts.append((element, tail, True, at))
            at += length
    return scan


def _keep_text(scan: PageScan, element: Any, text: str, length: int, at: int) -> None:
    if length > 5 and _DATE_HINT(text):
        scan.texts.append((element, text, False, at))
    elif 12 < length < 200 and not scan.headings and element.tag != "title":
        scan.lines.append((element, text, at))


def _keep_script(scan: PageScan, element: Any, _at: int) -> None:
    if element.text:
        is_data = "ld+json" in (element.get("type") or "").lower()
        (scan.json_ld if is_data else scan.scripts).append(element.text)


def _keep_meta(scan: PageScan, element: Any, _at: int) -> None:
    scan.metas.append(element)


def _keep_title(scan: PageScan, element: Any, _at: int) -> None:
    scan.title = scan.title or element.text or ""


def _keep_heading(scan: PageScan, element: Any, at: int) -> None:
    scan.headings.append((element, at))


_KEEPERS = {
    "script": _keep_script,
    "meta": _keep_meta,
    "title": _keep_title,
    "h1": _keep_heading,
    "h2": _keep_heading,
    "h3": _keep_heading,
}


@lru_cache(maxsize=8192)
def _is_date_class(name: str | None) -> bool:
    return name is not None and bool(_CLASS_HINT(name.lower()))
