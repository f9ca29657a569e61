"""What a page says of each line of its text; and paragraphs that extraction left out between two of them, on record."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress, groupby
from typing import Any

from copydesk.transforms.extract.choose_text import Chosen, Text
from copydesk.transforms.page.page_text import PageText, TextRange, is_leaf_block, link_ratio, written
from copydesk.transforms.records import LineEvidence
from copydesk.transforms.text.letters_of import letters_of
from copydesk.transforms.text.words import SENTENCE_END

PARAGRAPH_CHARS = 40
MOST_PARAGRAPHS = 100
PROSE_CHARS = 60
OTHER_KINDS = re.compile(
    r"comments|newsletter|sign-?up|subscri|donat|share|social|cookie|caption|figure|promo|teaser|related|recommend|read-?more"
    r"|more-|author|byline|\bbio\b|credit|copyright|breadcrumb|\bnav|menu|advert|\bad-|paywall|hidden|modal|tooltip|quote|popover|identity|sign-?in|embed|info-box|poll|survey|video|gallery",
    re.IGNORECASE,
)
"""Containers whose paragraphs nobody misses."""
COVERED = 0.5
Lines = tuple[list[str], list[LineEvidence]]
# Below this many letters and digits a line may stand in another opinion by chance.
COMPARABLE_CHARS = 8
# An articleBody bears witness against a line only if it holds most of the others.
COMPLETE_RATIO = 0.7
CONTAINER_DEPTH = 5
CONTAINER_LIMIT_CHARS = 300
NAMING_ATTRIBUTES = ("class", "id", "role", "data-testid")


def record_left_out(text: Text, evidence: Sequence[LineEvidence], page: PageText) -> Lines:
    """Return a text's lines with those <p> of its page that it lacks, where they stand, as lines that are left out.

    A paragraph of some length, between the first and the last line that the page holds. What cleaning does with all
    other lines does not hang on these.
    """
    known = sorted((place.start, place.end) for place in text.places if place)
    found = _left_out(page, known, text.whole) if known else {}
    waiting = [(start, found[start]) for start in sorted(found)]
    out: Lines = ([], [])
    for line, told, place in zip(text.lines, evidence, text.places, strict=True):
        while place and waiting and waiting[0][0] < place.start:
            _, (paragraph, container) = waiting.pop(0)
            out[0].append(paragraph)
            out[1].append(LineEvidence(container=container, is_left_out=True))
        out[0].append(line)
        out[1].append(told)
    return out


def _left_out(page: PageText, known: list[tuple[int, int]], have: str) -> dict[int, tuple[str, str]]:
    """Return such paragraphs and the names of their containers by where they begin on the folded page."""
    found: dict[int, tuple[str, str]] = {}
    first, last = (bisect_left(page.starts, known[at][0]) for at in (0, -1))
    for block, indexes in groupby(range(first, last), page.block):
        index = next(indexes)
        if block.tag != "p" or (letters := page.letters_of_block(index)) in have:
            continue
        is_paragraph = len(text := written(block)) >= PARAGRAPH_CHARS and is_leaf_block(block)
        if is_paragraph and not _is_covered(page.starts[index], letters, known):
            found.setdefault(page.starts[index], (text, container_of(block)))
    return found if len(found) <= MOST_PARAGRAPHS else {}


def _is_covered(start: int, letters: str, known: list[tuple[int, int]]) -> bool:
    """Whether the text's lines cover more than half of a paragraph."""
    end = start + len(letters)
    covered = sum(max(0, min(end, until) - max(start, since)) for since, until in known)
    return covered > COVERED * len(letters)


def lacks_prose(lines: Sequence[str], evidence: Sequence[LineEvidence], have: str) -> bool:
    """Return whether sentences of some length were left out, in containers that are not named for something else.

    `have` are the letters of the text: it may hold a paragraph otherwise cut.
    """
    return any(
        told.is_left_out
        and len(line) >= PROSE_CHARS
        and SENTENCE_END.search(line) is not None
        and not OTHER_KINDS.search(told.container)
        and letters_of(line)[:PARAGRAPH_CHARS] not in have
        for line, told in zip(lines, evidence, strict=True)
    )


def line_evidence(chosen: Chosen, page: PageText) -> tuple[LineEvidence, ...]:
    """Ask the page for each line: links, container, and whether other extractors and its articleBody have it."""
    text = chosen.text
    in_body = chosen.in_article_body if _is_complete(chosen) else ()
    containers: dict[Any, str] = {}
    evidence = []
    for index, (line, place) in enumerate(zip(text.folded, text.places, strict=True)):
        is_comparable = len(line) >= COMPARABLE_CHARS
        evidence.append(
            LineEvidence(
                link_ratio=link_ratio(page, place) if place else None,
                agreement_ratio=float(chosen.in_second[index])
                if chosen.in_second and is_comparable
                else None,
                in_article_body=in_body[index] if in_body and is_comparable else None,
                container=_container(page, place, containers),
            )
        )
    return tuple(evidence)


def _is_complete(chosen: Chosen) -> bool:
    """Whether an articleBody holds most of the text: many hold only its beginning, or another text."""
    shared = sum(map(len, compress(chosen.text.folded, chosen.in_article_body)))
    return shared >= COMPLETE_RATIO * chosen.text.chars


def _container(page: PageText, place: TextRange | None, known: dict[Any, str]) -> str:
    """Join tag, class, id and role of a line's block and its ancestors, nearest first, below <body>."""
    if place is None:
        return ""
    return container_of(page.block_at(place.start), known)


def container_of(block: Any, known: dict[Any, str] | None = None) -> str:
    """Return the names of a block and its ancestors; `known` are those of parents asked for before."""
    known, parent = {} if known is None else known, block.getparent()
    if parent not in known:
        known[parent] = _names(parent, CONTAINER_DEPTH - 1)
    return f"{_names(block, 1)} > {known[parent]}"[:CONTAINER_LIMIT_CHARS]


def _names(element: Any, depth: int) -> str:
    names: list[str] = []
    while element is not None and element.tag not in ("body", "html") and len(names) < depth:
        marks = [mark for name in NAMING_ATTRIBUTES if (mark := element.get(name))]
        names.append(" ".join([str(element.tag), *marks]))
        element = element.getparent()
    return " > ".join(names)
