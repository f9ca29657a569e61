"""Ask the rules about one line, without regard to its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from transforms.clean.lines import Line
from transforms.rules.match_rule import match_form, search_part
from transforms.rules.records import Form, Guard, Match, Rule, RuleSet, Zone

_RANK = attrgetter("rank")


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


def find_forms(words: Sequence[str], folded: str, rules: RuleSet) -> list[Form]:
    """Return the forms that may match a line with these words, each once, in the order of trying."""
    found = rules.lookup.find(words)
    if rules.gate_of(len(words)).match(folded):
        found += rules.always
    if len(found) > 1:
        found = list({form.rank: form for form in found}.values())
        found.sort(key=_RANK)
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
    """Return the first matching rule of each zone, and a guard if one holds; a rule of zone "any" ends the search."""
    judgement = Judgement()
    count = len(line.words)
    for form in find_forms(line.words, line.fold, rules):
        owner = form.owner
        if isinstance(owner, Guard):
            if judgement.guard is None and search_part(form, line.fold):
                judgement.guard = owner.rule_id
            continue
        if owner.is_glued:
            judgement.may_be_glued = True
        if form.max_words < count or owner.zone in judgement.by_zone or not _takes(form, owner, line):
            continue
        judgement.by_zone[owner.zone] = owner
        if owner.zone is Zone.ANY:
            break
    return judgement
