"""Ask the rules about one line, without regard to its neighbours."""

import re
from dataclasses import dataclass, field

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.reported_clause import runs_on
from copydesk.transforms.rules.fold import find_tokens
from copydesk.transforms.rules.match_rule import match_form, search_part
from copydesk.transforms.rules.records import Guard, Match, Rule, RulePattern, RuleSet, Zone
from copydesk.transforms.text.words import words_of

APPEALS = frozenset(
    {
        SpanKind.DONATION,
        SpanKind.NEWSLETTER,
        SpanKind.SUBSCRIPTION,
        SpanKind.COMMENT_PROMPT,
        SpanKind.SHARE,
        SpanKind.COOKIE,
        SpanKind.APP_PROMO,
        SpanKind.LICENCE,
        SpanKind.UI_WIDGET,
        SpanKind.AUTHOR_BOX,
    }
)
"""What an outlet says to its readers: in a story, somebody says it."""
_PAST = words_of("sayings", "past")
_OPEN = frozenset({Match.START, Match.PART})
_OF_OTHERS = frozenset({SpanKind.AUTHOR_BOX, SpanKind.CAPTION, SpanKind.LICENCE, SpanKind.WIRE_CREDIT})
"""Kinds whose own sentences speak to nobody, as a story does."""
_STORY_WORDS = 4
"""So many words behind what a rule names make a line the sentence of a story (docs/benchmarks/cleaning-text.md)."""
_CONDITION = re.compile(r"\b(?:and|et|en|y|e|und) (?:you|vous|je|tu|du)\b")
"""Behind an imperative it makes a condition: "Take the boat and you will be late."."""
_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*(?:\s|\Z)")
_FULL_STOP = re.compile(r"(?<![.…])\.[\"')\]]*\Z")


@dataclass(slots=True)
class Judgement:
    """What the rules say of a line: the rule that takes it anywhere, and those of other zones that were asked for."""

    rule: Rule | None = None
    by_zone: dict[Zone, Rule | None] = field(default_factory=dict)
    guard: bool = False
    """Whether the line is part of the story whatever a rule thinks."""
    may_cut: list[RulePattern] = field(default_factory=list)
    """The forms that may cut a leftover off the line's end and found their words in the line."""


def takes(form: RulePattern, owner: Rule, line: Line, rules: RuleSet) -> re.Match[str] | None:
    """Return where a rule's form matches; part of a line that reports speech, or of a later sentence, proves nothing.

    A line that ends in a comma goes on: verse and lists say an outlet's words, buttons don't end so. So does one whose
    sentence goes on behind the match in the past tense, or speaks to nobody.
    """
    found = match_form(form, line.fold, line.unquoted, line.words)
    if found is None or (owner.kind in APPEALS and (line.has_clause or line.fold.endswith(","))):
        return None
    if owner.kind is SpanKind.RELATED_LINK and runs_on(line.text):
        return None
    if owner.match in _OPEN and _tells(line, found.end(), owner, rules):
        return None
    if owner.match is not Match.PART:
        return found
    is_told = line.is_reported or not (line.is_short or found.start() < line.first_sentence_end)
    return None if is_told else found


def _tells(line: Line, at: int, owner: Rule, rules: RuleSet) -> bool:
    """Return whether a line goes on from `at` as a story does: to a full stop, in the past tense or to nobody.

    Keywords make no sentence at all, whoever it speaks to ("Themes: Tap your picture to choose one.").
    """
    end = _SENTENCE_END.search(line.fold, at)
    rest = find_tokens(line.fold[at : end.start()]) if end else ()
    if len(rest) < _STORY_WORDS or _FULL_STOP.search(line.fold) is None:
        return False
    if not _PAST.isdisjoint(rest):
        return True
    if owner.kind in _OF_OTHERS or "@" in line.fold:
        return False
    return owner.kind is SpanKind.TAGS or not rules.addresses(find_tokens(_CONDITION.sub(" ", line.fold)))


def judge_line(line: Line, rules: RuleSet) -> Judgement:
    """Return whether a guard holds, the first rule of zone "any" that takes the line, and what may cut its end."""
    judgement = Judgement()
    count = len(line.words)
    for form in rules.zones[Zone.ANY].find(line.fold, line.unquoted, line.words):
        owner = form.owner
        if isinstance(owner, Guard):
            judgement.guard = judgement.guard or search_part(form, line.fold) is not None
            continue
        if owner.is_glued:
            judgement.may_cut.append(form)
        if owner.zone is Zone.ANY and owner.max_words >= count and takes(form, owner, line, rules):
            judgement.rule = owner
            judgement.by_zone = dict.fromkeys(Zone)
            break
    return judgement


def find_rule(line: Line, zone: Zone, rules: RuleSet) -> Rule | None:
    """Return the first rule of a zone that takes the line."""
    for form in rules.zones[zone].find(line.fold, line.unquoted, line.words):
        if isinstance(form.owner, Rule) and takes(form, form.owner, line, rules):
            return form.owner
    return None
