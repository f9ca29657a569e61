"""Mark title and standfirst where they stand above the story."""

from collections.abc import Iterable, Sequence

from schemas.enums import SpanKind
from transforms.pagelines.page_line import PageLine
from transforms.pagelines.span_of import span_of
from transforms.records import Extracted, Span
from transforms.text.letters_of import letters_of

HEAD_LINES = 5
"""Lines above the story that are still title, standfirst, breadcrumb and byline."""
TITLE_LIMIT_CHARS = 300


def mark_head(lines: Sequence[PageLine], extracted: Extracted) -> Iterable[Span]:
    """Give the lines that are the page's title (again) and its standfirst, among the first few."""
    title, dek = letters_of(extracted.title or ""), letters_of(extracted.dek or "")
    has_title = False
    for line in lines[:HEAD_LINES]:
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
