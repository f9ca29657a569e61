"""One line of a page's text with what is asked of it again and again."""

import re
from dataclasses import dataclass
from functools import lru_cache

from copydesk.schemas.enums import READ_INTO_COLUMNS, SpanAction, SpanKind
from copydesk.transforms.records import Extracted, LineEvidence, Span
from copydesk.transforms.text.words import SENTENCE_END

MOSTLY_LINKS_RATIO = 0.5
TOP_LINES = 5
"""Lines above the story that are still title, standfirst, breadcrumb and byline."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNDERSCORES = re.compile(r"_+")
SENTENCE_CHARS = 60
HEADING = re.compile(r"h[1-6]\b")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line at [start, end) of the text; `names` of its containers go from the nearest outward."""

    start: int
    end: int
    text: str
    names: tuple[str, ...]
    evidence: LineEvidence

    @property
    def chars(self) -> int:
        """Count the characters."""
        return self.end - self.start

    @property
    def tag(self) -> str:
        """Name the block element of the line; empty where the page does not hold the line."""
        return self.names[0].partition(" ")[0]

    @property
    def is_heading(self) -> bool:
        """Whether the line stands in a heading of any level."""
        return bool(HEADING.fullmatch(self.tag))

    @property
    def is_in_list(self) -> bool:
        """Whether the line is, or stands right in, a list item."""
        return any(name.partition(" ")[0] == "li" for name in self.names[:2])

    @property
    def links(self) -> float:
        """Give the share of characters in links; 0 where the page is silent."""
        return self.evidence.link_ratio or 0.0

    @property
    def is_doubted(self) -> bool:
        """Whether the second opinion does not have the line."""
        return self.evidence.agreement_ratio == 0

    @property
    def is_confirmed_sentence(self) -> bool:
        """Whether the line is a sentence of some length, not of links, and the second opinion has it."""
        is_sentence = self.chars >= SENTENCE_CHARS and SENTENCE_END.search(self.text.rstrip()) is not None
        return is_sentence and self.links < MOSTLY_LINKS_RATIO and self.evidence.agreement_ratio == 1


def _tidy_name(name: str) -> str:
    """Write fooBar, foo_bar and Foo__bar as foo-bar."""
    return _UNDERSCORES.sub("-", _HUMP.sub("-", name)).lower()


@lru_cache(maxsize=4096)
def _names(container: str) -> tuple[str, ...]:
    return tuple(map(_tidy_name, container.split(" > ")))


def page_lines(extracted: Extracted, *, left_out: bool = False) -> tuple[PageLine, ...]:
    """Cut a text into its lines with the page's evidence, or those left out; empty where there is no page."""
    if not extracted.lines:
        return ()
    lines: list[PageLine] = []
    start = 0
    for text, evidence in zip(extracted.text.split("\n"), extracted.lines, strict=True):
        line = PageLine(start, start + len(text), text, _names(evidence.container), evidence)
        if evidence.is_left_out is left_out:
            lines.append(line)
        start += len(text) + 1
    return tuple(lines)


def span_of(line: PageLine, kind: SpanKind, rule: str, evidence: str, confidence: float) -> Span:
    """Give the span of a line, with the rule's name in the page's namespace."""
    action = SpanAction.METADATA if kind in READ_INTO_COLUMNS else SpanAction.DROP
    return Span(line.start, line.end, kind, action, f"page:{rule}", evidence, confidence)
