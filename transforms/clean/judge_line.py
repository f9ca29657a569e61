"""Ask the rules about one line, without regard to its neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from transforms.clean.lines import Line
from transforms.rules.find_words import make_keys
from transforms.rules.match_rule import match_form
from transforms.rules.records import Form, Guard, Match, Rule, RuleSet, Zone


@dataclass(slots=True)
class Judgement:
    """What the rules say: the rule that matched per zone, and any guard."""

    by_zone: dict[Zone, Rule] = field(default_factory=dict)
    guard: str | None = None
    may_be_glued: bool = False
    """Whether a rule that may cut a line's end found its words in the line."""

    def rule_for(self, zone: Zone) -> Rule | None:
        """Return the rule that may act in `zone`."""
        return self.by_zone.get(Zone.ANY) or self.by_zone.get(zone)


def find_forms(keys: Iterable[str], folded: str, rules: RuleSet) -> list[Form]:
    """Return the forms that may match a line with these keys, in no order that matters."""
    found = list(rules.always) if rules.gate.match(folded) else []
    for key in rules.forms.keys() & keys:
        found += rules.forms[key]
    return found


def _takes(form: Form, owner: Rule, line: Line) -> bool:
    """Whether a rule's form matches; part of a line that reports speech, or of a later sentence, proves nothing."""
    if owner.match is not Match.PART:
        return match_form(form, line.fold, line.unquoted, line.words) is not None
    if line.is_reported:
        return False
    found = match_form(form, line.fold, line.unquoted, line.words)
    return found is not None and (found.start() < line.first_sentence_end or line.is_short)


def judge_line(line: Line, rules: RuleSet) -> Judgement:
    """Return the matching rule of each zone (the first by name), and a guard if one holds."""
    judgement = Judgement()
    count = len(line.words)
    for form in find_forms(make_keys(line.words), line.fold, rules):
        owner = form.owner
        if isinstance(owner, Guard):
            if judgement.guard is None and form.pattern.search(line.fold):
                judgement.guard = owner.rule_id
            continue
        judgement.may_be_glued |= owner.is_glued
        if form.max_words < count:
            continue
        before = judgement.by_zone.get(owner.zone)
        if (before is None or before.rule_id > owner.rule_id) and _takes(form, owner, line):
            judgement.by_zone[owner.zone] = owner
    return judgement
