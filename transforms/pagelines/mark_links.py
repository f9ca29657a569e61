"""Mark paragraphs and list items that are links to other pieces."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.pagelines.page_line import HEAD_LINES, MOSTLY_LINKS_RATIO, PageLine, span_of
from copydesk.transforms.records import Span

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
    for line in lines[:HEAD_LINES]:
        if len(line.text) >= PARAGRAPH_CHARS:
            return
        if line.links >= ALL_LINKS_RATIO and len(line.text.split()) <= HEADLINE_WORDS and line.tag != "h1":
            yield span_of(line, SpanKind.NAV, "link-above", "a short link above the story", 0.85)
