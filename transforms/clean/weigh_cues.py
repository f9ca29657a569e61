"""Weigh the words of a line that speak for an appeal without deciding it."""

from dataclasses import dataclass

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.rules.fold import find_cue_words
from copydesk.transforms.rules.records import Cue, RuleSet

CUES_IN_TAIL = 1.4
"""Weight of cues that takes out a line with no story after it; more for long lines, see `needed`."""
CUES_BESIDE = 0.9
"""The same beside an appeal."""
CUES_BETWEEN = 0.45
"""The same between two."""
CUES_ABOVE_COLUMN = 2.2
"""The same below a story that itself says "we" and "you"."""
_MOST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Cues:
    """The appeal that the words speak for, with what weight, and whether they address somebody.

    `named` of the words that are `said` name the appeal; the others only strengthen it.
    """

    kind: SpanKind | None = None
    weight: float = 0.0
    said: tuple[str, ...] = ()
    named: int = 0
    is_addressed: bool = False


def _found(line: Line, rules: RuleSet) -> list[Cue]:
    """Return the cues that stand in a line outside quotations, one a group, in the order of the files."""
    found = rules.cue_lookup.find(line.fold, line.unquoted, line.words)
    plain = f" {' '.join(find_cue_words(line.unquoted))} " if found else ""
    found = [cue for cue in found if cue.spaced in plain]  # many lines hold a key, few its phrase
    if not found:
        return []
    spaced = f" {' '.join(find_cue_words(line.unquoted, line.text))} "
    groups: dict[int, Cue] = {}
    for cue in sorted(found, key=lambda cue: (cue.group, cue.phrase)):
        if cue.group not in groups and cue.spaced in spaced:
            groups[cue.group] = cue
    return list(groups.values())


def weigh_cues(line: Line, rules: RuleSet) -> Cues:
    """Add up the cues of a line: of one language and one kind, each group once, each word once.

    A line that reports what somebody said, and a very long one, weigh nothing.
    """
    if len(line.words) > _MOST_WORDS or line.is_reported:
        return Cues()
    found = _found(line, rules)
    languages = sorted({cue.language or "" for cue in found})
    weighed = [_weigh([cue for cue in found if cue.language in {None, name or None}]) for name in languages]
    return max(weighed, key=lambda cues: cues.weight, default=Cues())


def _weigh(found: list[Cue]) -> Cues:
    """Add up the cues for the kind that most speaks for, and those for any."""
    by_kind: dict[SpanKind, float] = {}
    for cue in found:
        if cue.kind is not None:
            by_kind[cue.kind] = by_kind.get(cue.kind, 0.0) + cue.weight
    kind = max(sorted(by_kind), key=lambda kind: by_kind[kind], default=None)
    by_stem: dict[str, float] = {}
    for cue in found:
        if cue.kind in {None, kind}:
            stem = cue.phrase.rstrip("*")[:6]
            by_stem[stem] = max(cue.weight, by_stem.get(stem, 0.0))
    named = len({cue.group for cue in found if cue.kind is not None and cue.kind is kind})
    return Cues(kind, sum(by_stem.values()), tuple(by_stem), named, any(cue.is_address for cue in found))


def needed(line: Line, base: float) -> float:
    """Return the weight of cues that `line` must reach: a long line says more by chance."""
    return base * (1 + max(0, len(line.words) - 20) / 40)
