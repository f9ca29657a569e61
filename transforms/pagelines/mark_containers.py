"""Mark the lines of containers that are named for what they hold; the names are data, with how near each must be."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.pagelines.page_line import MOSTLY_LINKS_RATIO, PageLine, span_of
from copydesk.transforms.records import Span


@dataclass(frozen=True, slots=True)
class ContainerName:
    """A name that a container of one kind bears, looked for in the `depth` nearest ancestors of a line.

    Names are in lower case with hyphens (`tidy_name`), so that a word boundary parts all words of them.
    `needs_doubt`: the name alone is not enough; the line must be mostly links or missing from the second
    opinion as well. `sentences`: how many a box of that name holds at most; more, if the second opinion took
    them for the story too, are the story's.
    """

    kind: SpanKind
    depth: int
    pattern: re.Pattern[str]
    needs_doubt: bool = False
    sentences: int = 2


CONTAINER_NAMES = tuple(
    ContainerName(
        SpanKind(entry["kind"]),
        entry["depth"],
        re.compile("|".join(entry["names"])),
        entry.get("needs_doubt", False),
        entry.get("sentences", 2),
    )
    for entry in tomllib.loads(
        (files("copydesk.transforms.pagelines") / "containers.toml").read_text("utf-8")
    )["container"]
)
# A container that holds more of the text than this is the story's own, whatever it is called; a container of
# links and of lines that the second opinion leaves out may be larger.
BOILERPLATE_SHARE = 0.25
DOUBTED_SHARE = 0.4


def mark_containers(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give the lines of named containers, the first name in the order of the list, unless they hold the story."""
    total = sum(line.chars for line in lines)
    found = [_named(line.names) for line in lines]
    for place, name in enumerate(CONTAINER_NAMES):
        within = [(line, names[place]) for line, names in zip(lines, found, strict=True) if place in names]
        limit = DOUBTED_SHARE if name.needs_doubt else BOILERPLATE_SHARE
        if sum(line.chars for line, _ in within) > limit * total:
            continue
        is_storys = sum(line.is_confirmed_sentence for line, _ in within) > name.sentences
        for line, container in within:
            if is_storys and line.is_confirmed_sentence:
                continue
            if not name.needs_doubt or line.is_doubted or line.links >= MOSTLY_LINKS_RATIO:
                yield span_of(line, name.kind, f"container:{name.kind}", f"in {container[:80]!r}", 0.95)


def mark_left_out(lines: Sequence[PageLine]) -> Iterable[Span]:
    """Give lines that extraction left out, called as their containers are; where these say nothing, related links."""
    for line in lines:
        named = _named(line.names)
        kind = CONTAINER_NAMES[min(named)].kind if named else SpanKind.RELATED_LINK
        where = named[min(named)] if named else " > ".join(line.names[1:3])
        yield span_of(line, kind, "left-out", f"extraction left it out, in {where[:80]!r}", 0.9)


@lru_cache(maxsize=4096)
def _named(names: tuple[str, ...]) -> dict[int, str]:
    """Give the names that a line's containers bear, by place in the list. Cached: paragraphs share containers."""
    return {
        place: container
        for place, name in enumerate(CONTAINER_NAMES)
        for container in reversed(names[: name.depth])
        if name.pattern.search(container)
    }
