"""What a page says of each line of its text."""

from itertools import compress
from typing import Any

from copydesk.transforms.extract.choose_text import Chosen
from copydesk.transforms.page.page_text import PageText, Place, link_ratio
from copydesk.transforms.records import LineEvidence

# Below this many letters and digits a line may stand in another opinion by chance.
COMPARABLE_CHARS = 8
# An articleBody bears witness against a line only if it holds most of the others.
COMPLETE_RATIO = 0.7
CONTAINER_DEPTH = 5
CONTAINER_LIMIT_CHARS = 300
NAMING_ATTRIBUTES = ("class", "id", "role", "data-testid")


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


def _container(page: PageText, place: Place | None, known: dict[Any, str]) -> str:
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
