"""Ask the rules about one line, without regard to its neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.enums import SpanKind
from transforms.clean.lines import Line
from transforms.rules.find_words import make_keys
from transforms.rules.match_rule import find_tokens, match_form
from transforms.rules.records import Cue, Form, Guard, Match, Rule, RuleSet, Zone

CUES_IN_TAIL = 1.4
"""Weight of cues that takes out a line with no story after it; more for long lines, see `needed`."""
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
    cue_count: int = 0
    is_addressed: bool = False
    guard: str | None = None

    def rule_for(self, zone: Zone) -> Rule | None:
        """Return the rule that may act in `zone`."""
        return self.by_zone.get(Zone.ANY) or self.by_zone.get(zone)


def find_forms(keys: Iterable[str], rules: RuleSet) -> list[Form]:
    """Return the forms that may match a line with these keys, in no order that matters."""
    found = list(rules.always)
    for key in rules.forms.keys() & keys:
        found += rules.forms[key]
    return found


def _weigh(keys: Iterable[str], line: Line, rules: RuleSet, judgement: Judgement) -> None:
    """Add up the cues of a line: each group once, and each word once, whatever groups name it."""
    hits = rules.cues_by_word.keys() & keys
    if not hits or line.is_reported:
        return
    spaced = f" {' '.join(find_tokens(line.unquoted))} "
    by_text: dict[str, float] = {}
    weights: dict[SpanKind, float] = {}
    groups: set[int] = set()
    for cue in sorted((c for hit in hits for c in rules.cues_by_word[hit]), key=_order):
        wanted = f" {cue.phrase[:-1]}" if cue.phrase.endswith("*") else f" {cue.phrase} "
        if cue.group in groups or wanted not in spaced:
            continue
        groups.add(cue.group)
        stem = cue.phrase.rstrip("*")[:6]
        by_text[stem] = max(cue.weight, by_text.get(stem, 0.0))
        if cue.kind is None:
            judgement.is_addressed = True
        else:
            weights[cue.kind] = weights.get(cue.kind, 0.0) + cue.weight
    if weights:
        judgement.cue_kind = max(sorted(weights), key=lambda kind: weights[kind])
        judgement.cue_weight = sum(by_text.values())
        judgement.cue_count = len(by_text)
        judgement.cue_words = ", ".join(by_text)


def _order(cue: Cue) -> tuple[int, str]:
    return cue.group, cue.phrase


def _try(form: Form, line: Line, judgement: Judgement) -> None:
    owner = form.owner
    if isinstance(owner, Guard):
        if judgement.guard is None and match_form(form, line.fold, line.unquoted, line.words):
            judgement.guard = owner.rule_id
        return
    before = judgement.by_zone.get(owner.zone)
    if before is not None and before.rule_id <= owner.rule_id:
        return
    if owner.match is Match.PART and line.is_reported:
        return
    found = match_form(form, line.fold, line.unquoted, line.words)
    if found and (owner.match is not Match.PART or found.start() < line.first_sentence_end or line.is_short):
        judgement.by_zone[owner.zone] = owner


def judge_line(line: Line, rules: RuleSet) -> Judgement:
    """Return the matching rule of each zone (the first by name), the weight of the cues, and a guard if one holds."""
    judgement = Judgement()
    keys = make_keys(line.words)
    for form in find_forms(keys, rules):
        _try(form, line, judgement)
    if len(line.words) <= 120:
        _weigh(keys, line, rules, judgement)
    return judgement


def needed(line: Line, base: float) -> float:
    """Return the weight of cues that `line` must reach: a long line says more by chance."""
    return base * (1 + max(0, len(line.words) - 20) / 40)
