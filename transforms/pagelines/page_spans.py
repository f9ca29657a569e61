"""Spans that a page itself shows to be no part of the story: by names of containers, links and agreement."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from schemas.enums import SpanAction, SpanKind
from transforms.pagelines.container_names import CONTAINER_NAMES, ContainerName
from transforms.pagelines.page_line import FOLD, PageLine, page_lines
from transforms.records import Extracted, Span

# A container that holds more of the text than this is the story's own, whatever it is called.
BOILERPLATE_SHARE = 0.25
DOUBTED_SHARE = 0.4
ALL_LINKS_RATIO = 0.95
MOSTLY_LINKS_RATIO = 0.5
RELATED_WORDS = 4
# Where links are more of the text than this, they are its matter: a list of offers, of sources, of winners.
LINKED_SHARE = 0.15
# A list that a sentence of this length introduces with a colon belongs to the story.
INTRODUCTION_CHARS = 60
TITLE_LIMIT_CHARS = 300
LABEL_CHARS = 30
LABEL_END = re.compile(r": |\s?\|\s")
LABELLED_LINK_RATIO = 0.6
PARAGRAPH_CHARS = 60
ADDRESS = re.compile(r"https?://\S+")
# Lines before the story that are still title, dek, breadcrumb and byline.
HEAD_LINES = 5
# Lines after the end of a complete articleBody that are few are the page's, not the story's.
TAIL_LINES = 6
COMPLETE_RATIO = 0.85
DEK_WORDS = 5


def page_spans(extracted: Extracted) -> tuple[Span, ...]:
    """Give the lines that leave the body on the page's own evidence: sorted, disjoint, a whole line each."""
    lines = page_lines(extracted)
    spans: dict[int, Span] = {}
    for found in (
        _head(lines, extracted),
        _containers(lines),
        _link_lines(lines),
        _labelled_links(lines),
        _head_links(lines),
        _link_lists(lines),
        _outside_article_body(lines),
    ):
        for span in found:
            spans.setdefault(span.start_char, span)
    return tuple(spans[start] for start in sorted(spans))


def _span(
    line: PageLine,
    kind: SpanKind,
    rule: str,
    evidence: str,
    confidence: float,
    action: SpanAction = SpanAction.DROP,
) -> Span:
    return Span(line.start, line.end, kind, action, f"page:{rule}", evidence, confidence)


def _head(lines: Sequence[PageLine], extracted: Extracted) -> Iterable[Span]:
    """Give title and dek, where they stand above the story."""
    title, dek = (FOLD.sub("", (text or "").casefold()) for text in (extracted.title, extracted.dek))
    for index, line in enumerate(lines[:HEAD_LINES]):
        if title and line.folded == title:
            kind = SpanKind.TITLE_LINE if line.tag in ("h1", "") or index == 0 else SpanKind.DUPLICATE_TITLE
            yield _span(line, kind, "title", f"the page's title, in <{line.tag}>", 1.0, SpanAction.METADATA)
        elif line.tag == "h1" and len(line.text) <= TITLE_LIMIT_CHARS:
            yield _span(
                line, SpanKind.TITLE_LINE, "title", "in <h1> above the story", 0.95, SpanAction.METADATA
            )
        elif dek and line.folded == dek:
            yield _span(line, SpanKind.DEK, "dek", "the page's standfirst", 0.95, SpanAction.METADATA)


def _containers(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give the lines of containers that are named for what they hold, unless they hold the story."""
    total = sum(line.chars for line in lines)
    for name in CONTAINER_NAMES:
        within = [line for line in lines if _is_in(line, name)]
        limit = DOUBTED_SHARE if name.needs_doubt else BOILERPLATE_SHARE
        if sum(line.chars for line in within) > limit * total:
            continue
        for line in within:
            if not name.needs_doubt or line.is_doubted or line.links >= MOSTLY_LINKS_RATIO:
                evidence = f"container {_match(line, name)!r}"
                yield _span(line, name.kind, f"container:{name.kind}", evidence, 0.95, name.action)


def _is_in(line: PageLine, name: ContainerName) -> bool:
    return any(name.pattern.search(container) for container in line.names[: name.depth])


def _match(line: PageLine, name: ContainerName) -> str:
    return next(c[:80] for c in line.names[: name.depth] if name.pattern.search(c))


def _link_lines(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give the paragraphs that are one link from end to end: teasers of other pieces, set into the story."""
    found = [line for line in lines if _is_link_paragraph(line)]
    if _is_small_part(found, lines):
        for line in found:
            yield _span(line, SpanKind.RELATED_LINK, "links", f"{line.links:.0%} of it is link", 0.9)


def _is_link_paragraph(line: PageLine) -> bool:
    is_sentence = len(line.text.split()) >= RELATED_WORDS and not ADDRESS.fullmatch(line.text)
    return line.links >= ALL_LINKS_RATIO and line.tag == "p" and is_sentence and not _is_in_list(line)


def _is_in_list(line: PageLine) -> bool:
    return any(name.partition(" ")[0] == "li" for name in line.names[:2])


def _is_small_part(some: Sequence[PageLine], lines: Sequence[PageLine]) -> bool:
    return sum(line.chars for line in some) <= LINKED_SHARE * sum(line.chars for line in lines)


def _labelled_links(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give paragraphs of a short label and a linked headline: "Also worth your time: ..."."""
    found = [line for line in lines if _is_labelled_link(line)]
    if _is_small_part(found, lines):
        for line in found:
            evidence = f"{line.links:.0%} link behind a label"
            yield _span(line, SpanKind.RELATED_LINK, "labelled-link", evidence, 0.85)


def _is_labelled_link(line: PageLine) -> bool:
    label, _, headline = LABEL_END.sub("\n", line.text, count=1).partition("\n")
    is_labelled = len(label) <= LABEL_CHARS and (1 - line.links) * line.chars <= LABEL_CHARS
    is_headline = len(headline.split()) > RELATED_WORDS and "@" not in headline
    return (
        is_labelled
        and is_headline
        and line.tag == "p"
        and line.links >= LABELLED_LINK_RATIO
        and not _is_in_list(line)
    )


def _head_links(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give short links above the first paragraph: sections and breadcrumbs."""
    for line in lines[:HEAD_LINES]:
        if len(line.text) >= PARAGRAPH_CHARS:
            return
        if line.links >= ALL_LINKS_RATIO and len(line.text.split()) <= RELATED_WORDS and line.tag != "h1":
            yield _span(line, SpanKind.NAV, "head-links", "a short link above the story", 0.85)


def _link_lists(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give list items of links that the second opinion leaves out, two or more in a row."""
    rows = [list(row) for is_link, row in groupby(lines, _is_doubted_link) if is_link]
    if not _is_small_part([line for row in rows for line in row], lines):
        return
    before = dict(zip((line.start for line in lines[1:]), lines, strict=False))
    for row in rows:
        introduction = before.get(row[0].start)
        is_introduced = (
            introduction and introduction.text.endswith(":") and introduction.chars > INTRODUCTION_CHARS
        )
        if len(row) > 1 and not is_introduced:
            for line in row:
                evidence = f"{line.links:.0%} link, in a row of {len(row)}, and not in the second opinion"
                yield _span(line, SpanKind.RELATED_LINK, "link-list", evidence, 0.9)


def _is_doubted_link(line: PageLine) -> bool:
    return line.is_doubted and line.links >= MOSTLY_LINKS_RATIO and not line.is_heading


def _outside_article_body(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give lines that a complete articleBody does not have: after its end, or with a second witness against them."""
    known = [line for line in lines if line.evidence.in_article_body is not None]
    inside = [index for index, line in enumerate(lines) if line.evidence.in_article_body]
    held = sum(line.chars for line in known if line.evidence.in_article_body)
    if not inside or held < COMPLETE_RATIO * sum(line.chars for line in known):
        return
    is_short_tail = len(lines) - 1 - inside[-1] <= TAIL_LINES
    for index, line in enumerate(lines):
        if line.evidence.in_article_body is not False or line.is_heading:
            continue
        if index > inside[-1] and is_short_tail:
            yield _span(line, SpanKind.FOOTER_LINK, "after-article-body", "after the end of articleBody", 0.9)
        elif line.is_doubted or line.links >= MOSTLY_LINKS_RATIO:
            evidence = (
                "neither in articleBody nor in the second opinion"
                if line.is_doubted
                else "links, not in articleBody"
            )
            yield _span(line, SpanKind.RELATED_LINK, "not-in-article-body", evidence, 0.9)
