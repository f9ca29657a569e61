"""Cut a leftover that an extractor glued to a paragraph, where a sentence's end makes the seam certain."""

import re
from dataclasses import replace

from copydesk.transforms.clean.judge_line import takes
from copydesk.transforms.clean.lines import SEAM, Line
from copydesk.transforms.clean.marks import Mark
from copydesk.transforms.clean.reported_clause import is_announced
from copydesk.transforms.rules.records import Match, Rule, RulePattern, RuleSet

_OURS = re.compile(
    r"\b(?:our|us|unser\w*|uns|wir|notre|nos|nous|nuestr[oa]s?|noss[oa]s?|nostr[oaie]|onze?|ons)\b"
)
_REACH = 320
"""Characters at the end of a line in which a glued leftover may begin."""
_MOSTSEAMS = 6


def cut_glued(
    line: Line, forms: list[RulePattern], rules: RuleSet
) -> tuple[Line, tuple[int, int, Mark]] | None:
    """Return the line without the leftover at its end, and the cut with its mark; None where nothing is glued.

    Only forms of rules that say `glued = true` may cut, and the rest must match to the end of the line.
    """
    reach = max(0, len(line.fold) - _REACH - 1)
    for seam in [found.end() for found in SEAM.finditer(line.fold, reach)][-_MOSTSEAMS:]:
        piece = Line(0, len(line.text) - seam, line.text[seam:])
        rule = _rule_for(piece, forms, rules)
        if rule is None or _is_inside_quotation(line.fold, seam) or is_announced(line.fold[:seam]):
            continue
        cut = (line.start + line.at(seam), line.end, _mark(rule, piece.text))
        return _without(line, seam), cut
    return None


def _is_inside_quotation(folded: str, seam: int) -> bool:
    return folded.count('"', 0, seam) % 2 == 1


def _rule_for(piece: Line, forms: list[RulePattern], rules: RuleSet) -> Rule | None:
    for form in forms:
        rule = form.owner
        if not isinstance(rule, Rule) or not (found := takes(form, rule, piece, rules)):
            continue
        if rule.match is not Match.PART or _is_in_first_sentence(found, piece.fold):
            return None if piece.is_reported else rule
    return None


def _is_in_first_sentence(found: re.Match[str], piece: str) -> bool:
    """Whether a part opens the piece, or stands in its first sentence and the outlet speaks of itself there."""
    seam = SEAM.search(piece)
    end = seam.end() if seam else len(piece)
    return found.start() < 4 or (found.start() < end and _OURS.search(piece, 0, end) is not None)


def _mark(rule: Rule, text: str) -> Mark:
    return Mark(rule.kind, rule.rule_id, f"glued to the end of a paragraph: {text[:80]}")


def _without(line: Line, seam: int) -> Line:
    text = line.written[: line.at(seam)].rstrip()
    return replace(line, end=line.start + len(text), text=text)
