"""Mark the lines of containers that are named for what they hold; the names are data, with how near each must be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.pagelines.page_line import MOSTLY_LINKS_RATIO, PageLine, span_of
from copydesk.transforms.records import Span


@dataclass(frozen=True, slots=True)
class ContainerName:
    """A name that a container of one kind bears, looked for in the `depth` nearest ancestors of a line.

    Names are in lower case with hyphens (`tidy_name`), so that a word boundary parts all words of them.
    `needs_doubt`: the name alone is not enough; the line must be mostly links or missing from the second
    opinion as well.
    """

    kind: SpanKind
    depth: int
    pattern: re.Pattern[str]
    needs_doubt: bool = False


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


CONTAINER_NAMES: tuple[ContainerName, ...] = (
    ContainerName(
        SpanKind.NEWSLETTER,
        3,
        _any(
            r"\bsign-?up\b", r"\bemail-?capture", r"\bmailing-?list",
            r"\bnewsletter-(?:box|form|promo|cta|teaser|widget)",
        ),
    ),
    ContainerName(SpanKind.NEWSLETTER, 2, _any(r"\bnewsletter\b(?!-post)")),
    ContainerName(
        SpanKind.SUBSCRIPTION,
        4,
        _any(
            r"\b(?:reg|access)-?wall\b", r"\bsubscribe-(?:box|form|promo)", r"\b(?:debug|offer)-piano\b",
        ),
    ),
    # Any button is a call to action: a held-out page had five paragraphs of its story in one.
    ContainerName(SpanKind.SUBSCRIPTION, 4, _any(r"\bcta\b"), needs_doubt=True),
    ContainerName(
        SpanKind.DONATION,
        3,
        _any(
            r"\bdonat(?:e|ion)\b", r"\breader-?support", r"\bsupport-(?:us|box|banner)\b",
            r"\bcontributions?-(?:box|banner)\b",
        ),
    ),
    ContainerName(SpanKind.COMMENT_PROMPT, 3, _any(r"\bcomments\b", r"\bdisqus", r"\blivefyre", r"\bspot-?im\b")),
    ContainerName(SpanKind.SHARE, 2, _any(r"\bshar(?:e|ing)\b", r"\bsocial-?(?:links?|share|bar|icons|follow)\b")),
    ContainerName(
        SpanKind.AUTHOR_BOX,
        4,
        _any(r"\bauthor-?(?:bio|box|info|card|desc|profile|about)", r"\babout-?(?:the-)?author", r"\bsaboxplugin"),
    ),
    ContainerName(SpanKind.ADVERT_LABEL, 2, _any(r"\bad-?(?:label|disclaimer|slot)\b", r"\badvert\w*-?label\b")),
    ContainerName(SpanKind.FOOTER_LINK, 2, _any(r"\bdisclaimer\b")),
    ContainerName(SpanKind.LICENCE, 1, _any(r"\bcopyright\b", r"\bpermission\b", r"\blicen[cs]e\b")),
    ContainerName(
        SpanKind.CAPTION,
        1,
        _any(
            r"\bimg-?desc", r"\bimage-?(?:desc|caption)", r"\bphoto-?(?:credit|caption)", r"\bwp-caption",
            r"(?<!has-)\bcaption\b", r"\bfigcaption\b",
        ),
    ),
    ContainerName(
        SpanKind.TIMESTAMP,
        1,
        _any(r"\b(?:article|post|entry|story)-(?:meta|date|time)\b", r"\btimestamp\b", r"\bpublish(?:ed)?-date\b"),
    ),
    ContainerName(SpanKind.NAV, 3, _any(r"\bbread-?crumbs?\b")),
    ContainerName(
        SpanKind.UI_WIDGET,
        3,
        _any(r"\blightbox\b", r"\bnodisplay\b", r"\bvisually-?hidden\b", r"\bsr-only\b", r"\bscreen-?reader-text\b"),
    ),
    ContainerName(
        SpanKind.RELATED_LINK,
        3,
        _any(
            r"\brelated", r"\brecommend", r"\bread-?(?:more|also|next)\b", r"\bmost-?(?:read|popular)\b",
            r"\btrending\b",
            r"\bmore-?(?:from|on|stories)\b", r"\bup-?next\b", r"\btaboola", r"\boutbrain", r"\brecirc",
            r"\bsee-?also\b", r"\bfurther-?reading\b", r"\bpromo\b",
            r"\blatest-?(?:box|news|stories|headlines|posts|articles)\b",
        ),
        needs_doubt=True,
    ),
)  # fmt: skip

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
