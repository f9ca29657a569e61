"""Mark the lines of containers that are named for what they hold."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from transforms.pagelines.container_names import CONTAINER_NAMES
from transforms.pagelines.page_line import MOSTLY_LINKS_RATIO, PageLine
from transforms.pagelines.span_of import span_of
from transforms.records import Span

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
        for line, container in within:
            if not name.needs_doubt or line.is_doubted or line.links >= MOSTLY_LINKS_RATIO:
                yield span_of(line, name.kind, f"container:{name.kind}", f"in {container[:80]!r}", 0.95)


@lru_cache(maxsize=4096)
def _named(names: tuple[str, ...]) -> dict[int, str]:
    """Give the names that a line's containers bear, by place in the list. Cached: paragraphs share containers."""
    return {
        place: container
        for place, name in enumerate(CONTAINER_NAMES)
        for container in reversed(names[: name.depth])
        if name.pattern.search(container)
    }
