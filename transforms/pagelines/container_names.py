"""Class, id and role names that tell what stands in a container. Data, with how near to the line each must be."""

import re
from dataclasses import dataclass

from schemas.enums import SpanAction, SpanKind


@dataclass(frozen=True, slots=True)
class ContainerName:
    """A name that a container of one kind bears, looked for in the `depth` nearest ancestors of a line.

    `needs_doubt`: the name alone is not enough; the line must be mostly links or missing from the second
    opinion as well.
    """

    kind: SpanKind
    pattern: re.Pattern[str]
    depth: int
    action: SpanAction = SpanAction.DROP
    needs_doubt: bool = False


def _names(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


# A word in a class name begins where no letter stands before it: "share" is in "share-bar", not "shareholders".
CONTAINER_NAMES: tuple[ContainerName, ...] = (
    ContainerName(
        SpanKind.NEWSLETTER, _names(r"newsletter-?(?:\w+-)?(?:box|form|promo|sign|cta|teaser|widget)", r"\bsign-?up"), 3
    ),
    ContainerName(SpanKind.NEWSLETTER, _names(r"newsletter(?!-post)", r"email-?capture", r"mailing-?list"), 2),
    ContainerName(SpanKind.SUBSCRIPTION, _names(r"regwall", r"subscribe-?(?:box|cta|form|promo)", r"(?:^| )cta\b"), 2),
    ContainerName(SpanKind.DONATION, _names(r"\bdonat(?:e|ion)", r"\bsupport-us\b"), 3),
    ContainerName(
        SpanKind.COMMENT_PROMPT, _names(r"\b(?:show-|view-)?comments\b", r"disqus", r"livefyre", r"spot-?im\b"), 3
    ),
    ContainerName(SpanKind.SHARE, _names(r"\bshar(?:e|ing)\b", r"\bsocial-?(?:links?|share|bar|icons|follow)"), 2),
    ContainerName(
        SpanKind.AUTHOR_BOX,
        _names(r"\bauthor-?(?:bio|box|info|card|desc|profile|about)", r"\babout-?(?:the-)?author", r"saboxplugin"),
        4,
    ),
    ContainerName(SpanKind.ADVERT_LABEL, _names(r"\bad-?(?:label|disclaimer|slot)", r"\badvert(?:isement|ising)?-?label"), 2),
    ContainerName(SpanKind.LICENCE, _names(r"\bcopyright\b", r"\bpermission\b"), 1),
    ContainerName(SpanKind.CAPTION, _names(r"\bimg-?desc", r"\bimage-?(?:desc|caption)", r"\bphoto-?(?:credit|caption)",
        r"\bwp-caption", r"(?<!has)caption\b", r"(?:^| )figcaption"), 1, SpanAction.METADATA),
    ContainerName(SpanKind.NAV, _names(r"\bbread-?crumbs?"), 3),
    ContainerName(
        SpanKind.UI_WIDGET,
        _names(r"\blightbox", r"\bnodisplay\b", r"\bvisually-?hidden", r"\bsr-only\b", r"\bscreen-?reader-text"),
        3,
    ),
    ContainerName(
        SpanKind.RELATED_LINK,
        _names(
            r"\brelated", r"\brecommend", r"\bread-?(?:more|also|next)\b", r"\bmost-?(?:read|popular)", r"\btrending",
            r"\bmore-?(?:from|on|stories)\b", r"\bup-?next\b", r"\btaboola", r"\boutbrain", r"\brecirc",
            r"\bsee-?also\b", r"\bfurther-?reading", r"\bpromo\b",
        ),
        3,
        needs_doubt=True,
    ),
)  # fmt: skip
