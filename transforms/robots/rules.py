"""The records of a robots.txt: rules in groups, and the decision that they give for one address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line; `pattern` is percent-encoded ASCII as `normalise_path` writes it."""

    is_allowed: bool
    pattern: str
    line: int


@dataclass(frozen=True, slots=True)
class Group:
    """The rules for the product tokens of consecutive User-agent lines, lower-case; `*` is everyone."""

    tokens: tuple[str, ...]
    rules: tuple[Rule, ...]
    crawl_delay_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """A whole robots.txt. Sitemaps stand outside of groups and hold for everyone."""

    groups: tuple[Group, ...] = ()
    sitemaps: tuple[str, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an agent may fetch an address, and the line that says so (null: no rule matches)."""

    is_allowed: bool
    rule: Rule | None
    crawl_delay_seconds: float | None = None
