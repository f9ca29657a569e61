"""Spans that a page itself shows to be no part of the story: by names of containers, links and agreement.

Enters: an extracted text with the page's evidence for each line. Leaves: spans of whole lines. On the development
set's 214 news pages they hold 37 % of the junk lines and .1 % of the body's characters, half of those disputed.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.pagelines.mark_containers import mark_containers
from copydesk.transforms.pagelines.page_line import (
    MOSTLY_LINKS_RATIO,
    TOP_LINES,
    PageLine,
    page_lines,
    span_of,
)
from copydesk.transforms.records import Extracted, Span
from copydesk.transforms.text.letters_of import letters_of

TITLE_LIMIT_CHARS = 300
COMPLETE_RATIO = 0.85
# Few lines after the end of a complete articleBody are the page's; many may be a part that it leaves out.
TAIL_LINES = 6
ALL_LINKS_RATIO = 0.95
HEADLINE_WORDS = 4
# Where links are more of the text than this, they are its matter: a list of offers, of sources, of winners.
LINKED_SHARE = 0.15
# A list that a sentence of this length introduces with a colon belongs to the story.
INTRODUCTION_CHARS = 60
LABEL_CHARS = 30
LABEL_END = re.compile(r": |\s?\|\s")
LABELLED_LINK_RATIO = 0.6
PARAGRAPH_CHARS = 60
ADDRESS = re.compile(r"https?://\S+")


def page_spans(extracted: Extracted) -> tuple[Span, ...]:
    """Give the lines that leave the body on the page's own evidence: sorted, disjoint, a whole line each.

    Where several witnesses speak of one line, the first in the order below names it. Empty for plain text.
    """
    lines = page_lines(extracted)
    spans: dict[int, Span] = {}
    for found in (
        _mark_head(lines, extracted),
        mark_containers(lines),
        mark_links(lines),
        _mark_outside_article_body(lines),
    ):
        for span in found:
            spans.setdefault(span.start_char, span)
    return tuple(spans[start] for start in sorted(spans))


def _mark_head(lines: Sequence[PageLine], extracted: Extracted) -> Iterable[Span]:
    """Give the lines that are the page's title (again) and its standfirst, among the first few."""
    title, dek = letters_of(extracted.title or ""), letters_of(extracted.dek or "")
    has_title = False
    for line in lines[:TOP_LINES]:
        folded = letters_of(line.text)
        is_title = bool(title) and folded == title
        if is_title and has_title:
            yield span_of(
                line, SpanKind.DUPLICATE_TITLE, "title-again", f"the title again, in <{line.tag}>", 1.0
            )
        elif is_title or (line.tag == "h1" and len(line.text) <= TITLE_LIMIT_CHARS):
            has_title = True
            yield span_of(line, SpanKind.TITLE_LINE, "title", f"the title, in <{line.tag}>", 1.0)
        elif dek and folded == dek:
            yield span_of(line, SpanKind.DEK, "dek", "the standfirst that the page names", 0.95)


def _mark_outside_article_body(lines: Sequence[PageLine]) -> Iterable[Span]:
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


def mark_links(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give teasers set into the story, rows of links that the second opinion leaves out, and links above it."""
    teasers = [line for line in lines if _is_teaser(line)]
    rows = list(_rows(lines))
    for found, rule in ((teasers, "link"), (rows, "link-row")):
        if sum(line.chars for line in found) <= LINKED_SHARE * sum(line.chars for line in lines):
            for line in found:
                yield span_of(line, SpanKind.RELATED_LINK, rule, f"{line.links:.0%} of it is link", 0.9)
    yield from _links_above(lines)


def _is_teaser(line: PageLine) -> bool:
    """Whether a paragraph is a linked headline, alone or behind a short label: "Also worth your time: ..."."""
    if line.tag != "p" or line.links < LABELLED_LINK_RATIO or line.is_in_list or ADDRESS.fullmatch(line.text):
        return False
    if line.links >= ALL_LINKS_RATIO:
        return len(line.text.split()) >= HEADLINE_WORDS
    label, _, headline = LABEL_END.sub("\n", line.text, count=1).partition("\n")
    is_labelled = len(label) <= LABEL_CHARS and (1 - line.links) * line.chars <= LABEL_CHARS
    return is_labelled and len(headline.split()) > HEADLINE_WORDS and "@" not in headline


def _rows(lines: Sequence[PageLine]) -> Iterable[PageLine]:
    """Give the lines of two or more in a row that are mostly links and that the second opinion leaves out."""
    introductions = {below.start: above for above, below in pairwise(lines)}
    for is_link, group in groupby(lines, _is_doubted_link):
        row = list(group)
        above = introductions.get(row[0].start)
        is_introduced = above is not None and above.text.endswith(":") and above.chars > INTRODUCTION_CHARS
        if is_link and len(row) > 1 and not is_introduced:
            yield from row


def _is_doubted_link(line: PageLine) -> bool:
    return line.is_doubted and line.links >= MOSTLY_LINKS_RATIO and not line.is_heading


def _links_above(lines: Sequence[PageLine]) -> Iterable[Span]:
    for line in lines[:TOP_LINES]:
        if len(line.text) >= PARAGRAPH_CHARS:
            return
        if line.links >= ALL_LINKS_RATIO and len(line.text.split()) <= HEADLINE_WORDS and line.tag != "h1":
            yield span_of(line, SpanKind.NAV, "link-above", "a short link above the story", 0.85)
