"""Enters: rules, a product token, an address. Leaves: whether it may be fetched, and by which line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.transforms.robots.parse_robots import Group, Robots, RobotsRule, normalise_path, path_of

_INDEX = re.compile(r"/index\.html?$")

_META = re.compile(rb"<meta\s[^>]{0,400}tdm-reservation[^>]{0,400}>", re.IGNORECASE)
_ONE = re.compile(rb"content\s*=\s*[\"']?\s*1\b", re.IGNORECASE)
_NAME = re.compile(rb"name\s*=\s*[\"']?\s*tdm-reservation\b", re.IGNORECASE)
HEAD_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an agent may fetch an address, and the line that says so (null: no rule matches)."""

    is_allowed: bool
    rule: RobotsRule | None
    crawl_delay_seconds: float | None = None


def decide(robots: Robots, token: str, url: str) -> Decision:
    """Decide for the product token (`FooBot` of `FooBot/1.0`): the longest matching rule wins, Allow a tie.

    Groups of one token are merged; those of `*` count only where no group names the token. The file
    itself may always be fetched.
    """
    groups = _groups_for(robots, token)
    delay = max((g.crawl_delay_seconds for g in groups if g.crawl_delay_seconds is not None), default=None)
    path = normalise_path(path_of(url))
    if path == "/robots.txt":
        return Decision(is_allowed=True, rule=None, crawl_delay_seconds=delay)
    best: RobotsRule | None = None
    best_key = (0, False)
    for rule in (rule for group in groups for rule in group.rules):
        key = (_matched_chars(rule, path), rule.is_allowed)
        if key[0] and key > best_key:
            best, best_key = rule, key
    return Decision(best is None or best.is_allowed, best, delay)


def _groups_for(robots: Robots, token: str) -> list[Group]:
    wanted = token.lower()
    named = [g for g in robots.groups if wanted and wanted in g.tokens]
    return named or [g for g in robots.groups if "*" in g.tokens]


def _matched_chars(rule: RobotsRule, path: str) -> int:
    """Return the length of the rule where it matches, else 0: an empty rule matches nothing."""
    if _matches(rule.pattern, path):
        return len(rule.pattern)
    # `Allow: /news/index.html` is meant for /news/, the name under which the page is linked.
    if rule.is_allowed and (index := _INDEX.search(rule.pattern)):
        directory = rule.pattern[: index.start() + 1] + "$"
        return len(directory) if _matches(directory, path) else 0
    return 0


def _matches(pattern: str, path: str) -> bool:
    """Match with `*` anywhere and `$` at the end, in time linear in the path for each piece."""
    if not pattern:
        return False
    is_anchored = pattern.endswith("$")
    first, *rest = (pattern[:-1] if is_anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not is_anchored or path == first
    at = len(first)
    for piece in rest[:-1] if is_anchored else rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not is_anchored or (len(path) - len(rest[-1]) >= at and path.endswith(rest[-1]))


def is_tdm_reserved(headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether `tdm-reservation` is 1 in the header (lower-case names) or in a meta element of the head."""
    if (given := headers.get("tdm-reservation")) is not None:
        return given.strip().startswith("1")
    head = body[:HEAD_BYTES]
    if b"tdm-reservation" not in head.lower():
        return False
    return any(_NAME.search(tag) and _ONE.search(tag) for tag in _META.findall(head))
