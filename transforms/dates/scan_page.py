"""Walk a parsed page once and set aside what may bear a date. In: an lxml tree, left as it is. Out: PageScan."""

import re
from dataclasses import dataclass, field
from typing import Any

_DATE_HINT = re.compile(r"(?:19|20)\d\d|\d[./] ?\d{1,2}[./] ?\d\d").search
_CLASS_HINT = re.compile(
    r"date|time|publi|posted|byline|datum|fecha|meta|info|created|modif|zeit|ago$|calend|post-on|dt-",
    re.IGNORECASE,
).search
_ATTRIBUTES = (
    "data-datetime",
    "data-date",
    "data-timestamp",
    "data-time",
    "data-published",
    "data-publish-date",
    "data-pubdate",
)
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
    scan, seen, at = PageScan(), {}, 0
    for element in root.iter():
        tag = element.tag
        if tag.__class__ is str and tag not in _SKIP:
            text = element.text
            if tag == "script":
                _keep_script(scan, element, text)
                text = None
            elif tag == "meta":
                scan.metas.append(element)
            elif tag in ("h1", "h2") or (tag == "title" and not scan.title):
                _keep_heading(scan, element, tag, at)
            elif tag == "time" or _is_marked(element, seen):
                scan.marked.append((element, at))
            if text and (length := len(text.strip())):
                if length > 5 and _DATE_HINT(text):
                    scan.texts.append((element, text, False, at))
                elif 12 < length < 200 and not scan.headings:
                    scan.lines.append((element, text, at))
                at += length
        tail = element.tail
        if tail and (length := len(tail.strip())):
            if length > 5 and _DATE_HINT(tail):
                scan.texts.append((element, tail, True, at))
            at += length
    return scan


def _keep_script(scan: PageScan, element: Any, text: str | None) -> None:
    if text:
        (scan.json_ld if "ld+json" in (element.get("type") or "").lower() else scan.scripts).append(text)


def _keep_heading(scan: PageScan, element: Any, tag: str, at: int) -> None:
    if tag == "title":
        scan.title = element.text or ""
    else:
        scan.headings.append((element, at))


def _is_marked(element: Any, seen: dict[str, bool]) -> bool:
    is_marked = False
    for name, value in element.items():
        if name in ("class", "id"):
            known = seen.get(value)
            if known is None:
                known = seen[value] = bool(_CLASS_HINT(value))
            is_marked = is_marked or known
        elif name == "datetime" or name in _ATTRIBUTES or (name == "itemprop" and "date" in value.lower()):
            return True
        elif name == "title" and element.tag in ("abbr", "span"):
            is_marked = is_marked or bool(_DATE_HINT(value))
    return is_marked
