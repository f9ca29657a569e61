"""Read a parsed page in one walk: its texts, head, data, headings, links, and what may bear a date.

In: an lxml tree, left as it is. Out: a Page, which extraction, dates and the evidence of lines ask instead of the tree.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from copydesk.transforms.dates.find_numbers import DIGIT
from copydesk.transforms.dates.read_date import YEAR_HINT
from copydesk.transforms.page.load_json_ld import JsonLd, load_json_ld
from copydesk.transforms.page.page_head import Head, page_head
from copydesk.transforms.page.page_text import PageText, fold_page

_DATE_HINT = re.compile(rf"{DIGIT}(?:{YEAR_HINT}|[./-] ?\d{{1,2}}[./-] ?\d\d)").search
_CLASS_HINT = re.compile(
    r"date|time|publi|posted|byline|datum|fecha|meta|info|created|modif|zeit|ago$|calend|post-on|dt-"
).search
_STATING = frozenset(
    {"datetime", "data-date", "data-datetime", "data-timestamp", "data-time", "data-published"}
)
"""Attributes that state dates."""
_SPEAKING = _STATING | {"itemprop", "property", "title"}
"""These, and others that may tell of one."""
_HEADINGS = frozenset({"h1", "h2", "h3"})
_GATHERED = _HEADINGS | {"body", "meta", "link", "script", "title", "figure", "a"}
_NEVER_MARKED = _HEADINGS | {"meta", "script", "title"}
_HIDDEN = frozenset({"script", "style", "noscript", "template", "textarea", "option", "svg"})
"""Elements whose own text is none of the page's."""
_SKIP = _HIDDEN - {"script"} | {"path", "link", "br", "img", "input"}
"""Elements that hold no text, or nothing that is looked for."""
_UNSEEN = frozenset({"noscript", "textarea", "option"})
"""Elements of these whose text extractors count with the page's."""
_DATED_CHARS = 5
_LINE_CHARS = range(13, 200)
_PROSE_CHARS = 80


@dataclass(frozen=True, slots=True)
class DatedText:
    """A text that looks like a date, behind an element (`is_tail`) or at its beginning."""

    element: Any
    text: str
    is_tail: bool
    at: int


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds, in document order.

    `elements` are all of its elements: lxml makes one anew each time that a walk comes to it, unless somebody holds it.
    `tagged` has those of some of its `tags`, links only of the body. What may bear a date stands with `at`, the
    characters of text before it: headings, elements `marked` as dates, `dated` texts, and `lines` above the first
    heading; `prose` has the places of long texts alone. All texts, with a space behind each, have no more than
    `most_chars`.
    """

    root: Any
    elements: tuple[Any, ...]
    tags: frozenset[str]
    tagged: dict[str, list[Any]]
    head: Head
    json_ld: JsonLd
    scripts: tuple[str, ...]
    text: PageText
    headings: tuple[tuple[Any, int], ...]
    marked: tuple[tuple[Any, int], ...]
    dated: tuple[DatedText, ...]
    lines: tuple[tuple[Any, str, int], ...]
    prose: tuple[int, ...]
    most_chars: int


def walk_page(root: Any) -> Page:
    """Read a page, element by element."""
    walk = _Walk(root)
    head = page_head(root, walk.tagged["meta"], walk.tagged["link"])
    scripts = [(script.get("type") or "", script.text) for script in walk.tagged["script"] if script.text]
    data = [source for kind, source in scripts if "ld+json" in kind.lower()]
    return Page(
        root=root,
        elements=walk.elements,
        tags=frozenset(walk.tags),
        tagged=walk.tagged,
        head=head,
        json_ld=load_json_ld(data, page_title=f"{head.first('og:title') or ''} {head.title}"),
        scripts=tuple(source for kind, source in scripts if "ld+json" not in kind.lower()),
        text=fold_page(walk.texts, walk.owners),
        headings=tuple(walk.headings),
        marked=tuple(walk.marked),
        dated=tuple(walk.dated),
        lines=tuple(walk.lines),
        prose=tuple(walk.prose),
        most_chars=walk.most_chars,
    )


class _Walk:
    """One walk over all elements of a page, and what it has set aside."""

    def __init__(self, root: Any) -> None:
        self.elements = tuple(root.iter())
        self.tags: set[str] = set()
        self.tagged: dict[str, list[Any]] = {tag: [] for tag in _GATHERED}
        self.texts: list[str] = []
        self.owners: list[Any] = []
        self.headings: list[tuple[Any, int]] = []
        self.marked: list[tuple[Any, int]] = []
        self.dated: list[DatedText] = []
        self.lines: list[tuple[Any, str, int]] = []
        self.prose: list[int] = []
        self.most_chars = 0
        self._at = 0
        self._is_body = root.tag != "html"  # lxml gives of a page without <html> what its body holds
        self._left: list[tuple[Any, str, Any]] = []
        self._visit_all()
        self._leave(None)

    def _visit_all(self) -> None:
        left = self._left
        for element in self.elements:
            if left and left[-1][2] is element:
                self._leave(element)
            tag = element.tag
            self.tags.add(tag)
            if tag in _GATHERED:
                self._gather(element, tag)
            if tag in _UNSEEN:
                self.most_chars += len(element.text or "") + 1
            elif tag.__class__ is str and tag not in _SKIP:
                if tag not in _NEVER_MARKED and _is_marked(element, tag):
                    self.marked.append((element, self._at))
                text = element.text
                if text and tag != "script" and (length := len(text.strip())):
                    self._keep_text(element, tag, text, length)
            tail = element.tail
            if tail and (length := len(tail.strip())):
                self._keep_tail(element, tail, length)
        self.most_chars += self._at

    def _gather(self, element: Any, tag: str) -> None:
        self._is_body = self._is_body or tag == "body"
        if self._is_body or tag != "a":
            self.tagged[tag].append(element)
        if tag in _HEADINGS:
            self.headings.append((element, self._at))

    def _keep_text(self, element: Any, tag: str, text: str, length: int) -> None:
        if self._is_body:
            self.texts.append(text)
            self.owners.append(element)
        if length > _DATED_CHARS and _DATE_HINT(text):
            self.dated.append(DatedText(element, text, is_tail=False, at=self._at))
        elif length in _LINE_CHARS and not self.headings and tag != "title":
            self.lines.append((element, text, self._at))
        if length >= _PROSE_CHARS:
            self.prose.append(self._at)
        self._at += length
        self.most_chars += 1

    def _keep_tail(self, element: Any, tail: str, length: int) -> None:
        """Keep what stands behind an element; its place among the texts is behind all that is in the element."""
        if self._is_body and (parent := element.getparent()) is not None and parent.tag not in _HIDDEN:
            if len(element):
                self._left.append((parent, tail, _after(element)))
            else:
                self.texts.append(tail)
                self.owners.append(parent)
        if length > _DATED_CHARS and _DATE_HINT(tail):
            self.dated.append(DatedText(element, tail, is_tail=True, at=self._at))
        if length >= _PROSE_CHARS:
            self.prose.append(self._at)
        self._at += length
        self.most_chars += 1

    def _leave(self, element: Any) -> None:
        """Put the texts in their place that stand behind elements which the walk has left as it comes to another."""
        while self._left and self._left[-1][2] is element:
            parent, tail, _ = self._left.pop()
            self.texts.append(tail)
            self.owners.append(parent)


def _after(element: Any) -> Any:
    """Return the element that a walk comes to after one with all that is in it; null behind the last."""
    while element is not None and element.getnext() is None:
        element = element.getparent()
    return None if element is None else element.getnext()


def _is_marked(element: Any, tag: str) -> bool:
    """Whether an element is a time, states a date, or has a class that speaks of one."""
    if tag == "time":
        return True
    names = element.keys()
    if "class" in names and _is_date_class(element.get("class")):
        return True
    return not _SPEAKING.isdisjoint(names) and (
        not _STATING.isdisjoint(names)
        or element.get("itemprop", "").startswith("date")
        or "date" in element.get("property", "").lower()
        or (tag == "abbr" and "title" in names)
    )


@lru_cache(maxsize=8192)
def _is_date_class(name: str) -> bool:
    return bool(_CLASS_HINT(name.lower()))
