"""Mark lines that are a leftover only because a leftover of their kind stands next to them."""

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.marks import Mark, Sheet
from copydesk.transforms.rules.records import Zone

_BLOCKS = frozenset(
    {
        SpanKind.RELATED_LINK,
        SpanKind.SHARE,
        SpanKind.NEWSLETTER,
        SpanKind.COMMENT_PROMPT,
        SpanKind.DONATION,
        SpanKind.SUBSCRIPTION,
    }
)
"""Kinds whose boxes hold several short lines."""


def mark_beside(sheet: Sheet) -> None:
    """Spread marks to neighbours: by rules of zone "beside", and down a block that no empty line divides."""
    _spread_by_rule(sheet)
    for index in range(1, len(sheet.lines)):
        line, above = sheet.lines[index], sheet.marks[index - 1]
        if above is None or above.kind not in _BLOCKS or not sheet.is_free(index):
            continue
        if line.is_joined and not line.is_prose and not line.is_reported and '"' not in line.fold:
            evidence = f"no empty line divides it from a line of {above.kind.value}"
            sheet.marks[index] = Mark(above.kind, "context.joined", evidence, 0.9)


def _spread_by_rule(sheet: Sheet) -> None:
    count = len(sheet.lines)
    for order in (range(count), range(count - 1, -1, -1)):
        for index in order:
            rule = sheet.judgements[index].by_zone.get(Zone.BESIDE)
            if rule is None or not sheet.is_free(index):
                continue
            around = sheet.marks[max(0, index - 1) : index + 2]
            if any(mark is not None and mark.kind is rule.kind for mark in around):
                evidence = f"matches beside a line of its kind: {sheet.lines[index].text[:80]}"
                sheet.marks[index] = Mark(rule.kind, rule.rule_id, evidence)
