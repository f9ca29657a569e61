"""Ask the rules about one line, without regard to its neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.enums import SpanKind
from transforms.clean.lines import Line
from transforms.rules.match_rule import match_rule
from transforms.rules.records import Cue, Guard, Match, Rule, RuleSet, Zone

CUES_ANYWHERE = 3.0
"""Weight of cues that takes a line out of the middle of a story; more for long lines, see `needed`."""
CUES_IN_TAIL = 1.4
"""Weight that takes out a line with no story after it."""
CUES_BESIDE = 0.9
"""The same beside an appeal."""
CUES_BETWEEN = 0.45
"""The same between two."""


@dataclass(slots=True)
class Judgement:
    """What the rules say: the rule that matched per zone, the appeal that the words speak for, and any guard."""

    by_zone: dict[Zone, Rule] = field(default_factory=dict)
    cue_kind: SpanKind | None = None
    cue_weight: float = 0.0
    cue_words: str = ""
    guard: str | None = None

    def rule_for(self, zone: Zone) -> Rule | None:
        """Return the rule that may act in `zone`."""
        return self.by_zone.get(Zone.ANY) or self.by_zone.get(zone)


def _candidates(words: Iterable[str], rules: RuleSet) -> dict[int, Rule | Guard | Cue]:
    found = {id(entry): entry for entry in rules.always}
    for word in rules.by_word.keys() & words:
        for entry in rules.by_word[word]:
            found[id(entry)] = entry
    return found


def _is_wanted(rule: Rule, line: Line, judgement: Judgement) -> bool:
    """Whether to try a rule: one a zone is enough, and a part of a line that reports speech proves nothing."""
    return rule.zone not in judgement.by_zone and not (rule.match is Match.PART and line.is_reported)


def _weigh(cues: list[Cue], line: Line, judgement: Judgement) -> None:
    weights: dict[SpanKind, float] = {}
    said: list[str] = []
    total = 0.0
    for cue in cues:
        found = cue.pattern.search(line.unquoted)
        if found is not None:
            total += cue.weight
            said.append(found[0])
            if cue.kind is not None:
                weights[cue.kind] = weights.get(cue.kind, 0.0) + cue.weight
    if weights:
        judgement.cue_kind = max(sorted(weights), key=lambda kind: weights[kind])
        judgement.cue_weight = total
        judgement.cue_words = ", ".join(said)


def judge_line(line: Line, rules: RuleSet) -> Judgement:
    """Return the first matching rule of each zone in file order, the weight of the cues, and a guard if one holds."""
    judgement = Judgement()
    cues: list[Cue] = []
    guards: list[Guard] = []
    for entry in _candidates(line.words, rules).values():
        if isinstance(entry, Rule):
            if _is_wanted(entry, line, judgement) and match_rule(entry, line.fold, line.unquoted, line.words):
                judgement.by_zone[entry.zone] = entry
        elif isinstance(entry, Guard):
            guards.append(entry)
        else:
            cues.append(entry)
    if cues and not line.is_reported:
        _weigh(cues, line, judgement)
    if guards:
        judgement.guard = next((g.rule_id for g in guards if g.pattern.search(line.fold)), None)
    return judgement


def needed(line: Line, base: float) -> float:
    """Return the weight of cues that `line` must reach: a long line says more by chance."""
    return base * (1 + max(0, len(line.words) - 20) / 40)
