"""Mark lines that a complete schema.org articleBody does not hold."""

from collections.abc import Iterable, Sequence

from schemas.enums import SpanKind
from transforms.pagelines.page_line import MOSTLY_LINKS_RATIO, PageLine
from transforms.pagelines.span_of import span_of
from transforms.records import Span

COMPLETE_RATIO = 0.85
# Few lines after the end of a complete articleBody are the page's; many may be a part that it leaves out.
TAIL_LINES = 6


def mark_outside_article_body(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give lines after the end of articleBody, and within it those that have a second witness against them.

    Headings stay: many articleBody texts leave all subheadings out.
    """
    inside = [index for index, line in enumerate(lines) if line.evidence.in_article_body]
    known = sum(line.chars for line in lines if line.evidence.in_article_body is not None)
    if not inside or sum(lines[index].chars for index in inside) < COMPLETE_RATIO * known:
        return
    is_short_tail = len(lines) - 1 - inside[-1] <= TAIL_LINES
    for index, line in enumerate(lines):
        if line.evidence.in_article_body is not False or line.is_heading:
            continue
        if index > inside[-1] and is_short_tail:
            yield span_of(
                line, SpanKind.FOOTER_LINK, "after-article-body", "after the end of articleBody", 0.9
            )
        elif line.is_doubted:
            evidence = "neither in articleBody nor in the second opinion"
            yield span_of(line, SpanKind.RELATED_LINK, "not-in-article-body", evidence, 0.9)
        elif line.links >= MOSTLY_LINKS_RATIO:
            evidence = f"not in articleBody, and {line.links:.0%} of it is link"
            yield span_of(line, SpanKind.RELATED_LINK, "not-in-article-body", evidence, 0.9)
