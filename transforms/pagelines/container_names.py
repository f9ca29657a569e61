"""Class, id and role names that tell what stands in a container. Data, with how near to the line each must be."""

import re
from dataclasses import dataclass

from schemas.enums import SpanKind


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


def tidy_name(name: str) -> str:
    """Write fooBar, foo_bar and Foo__bar as foo-bar."""
    return _UNDERSCORES.sub("-", _HUMP.sub("-", name)).lower()


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNDERSCORES = re.compile(r"_+")


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
