"""Mark lines that are a leftover only because a leftover of their kind stands next to them."""

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.head_lines import is_title_like
from copydesk.transforms.clean.lines import Line
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
_LONGEST_BOX = 5
_LEAST_HEADLINE = 4
_OF_LISTS = frozenset('$€£#()"')


def mark_beside(sheet: Sheet) -> None:
    """Spread marks to neighbours: by rules of zone "beside", and down a block that no empty line divides."""
    _spread_by_rule(sheet)
    _fill_boxes(sheet)
    _spread_teasers(sheet)
    for index in range(1, len(sheet.lines)):
        line, above = sheet.lines[index], sheet.marks[index - 1]
        if above is None or above.kind not in _BLOCKS or not sheet.is_free(index):
            continue
        if line.is_joined and not line.is_prose and not line.is_reported and '"' not in line.fold:
            evidence = f"no empty line divides it from a line of {above.kind.value}"
            sheet.mark(index, above.kind, "context.joined", evidence, 0.9)


def _spread_by_rule(sheet: Sheet) -> None:
    kinds = sheet.rules.kinds_beside
    if not any(mark is not None and mark.kind in kinds for mark in sheet.marks):
        return
    count = len(sheet.lines)
    for order in (range(count), range(count - 1, -1, -1)):
        for index in order:
            around = {mark.kind for mark in sheet.marks[max(0, index - 1) : index + 2] if mark is not None}
            if around.isdisjoint(kinds) or not sheet.is_free(index):
                continue
            rule = sheet.rule_in(index, Zone.BESIDE)
            if rule is not None and rule.kind in around:
                evidence = f"matches beside a line of its kind: {sheet.lines[index].text[:80]}"
                sheet.mark(index, rule.kind, rule.rule_id, evidence)


def _fill_boxes(sheet: Sheet) -> None:
    """Mark what stands between the offer of a letter by its name and a line of the box below that is known."""
    if not any(_is_kind(mark, SpanKind.NEWSLETTER) for mark in sheet.marks):
        return
    for index in sheet.open():
        box = sheet.marks[index : index + 1 + _LONGEST_BOX]
        known = next((at for at, mark in enumerate(box, index) if _is_kind(mark, SpanKind.NEWSLETTER)), index)
        within = range(index, known)
        rule = sheet.rule_in(index, Zone.BESIDE) if within else None
        if rule is None or rule.kind is not SpanKind.NEWSLETTER:
            continue
        if all(sheet.is_free(at) and _may_be_of_box(sheet, at) for at in within):
            for at in within:
                sheet.mark(at, rule.kind, "context.box", "in the box of a letter that is offered", 0.9)


def _may_be_of_box(sheet: Sheet, index: int) -> bool:
    """Whether a line may stand in a box: a whole sentence has to speak to the reader, or it is the story's."""
    line = sheet.lines[index]
    return not line.is_reported and (not line.is_closed or sheet.is_addressed(index))


def _is_kind(mark: Mark | None, kind: SpanKind) -> bool:
    return mark is not None and mark.kind is kind


def _spread_teasers(sheet: Sheet) -> None:
    """Give two or more headlines below a heading like "Most read", above a paragraph, to it."""
    for index, mark in enumerate(sheet.marks):
        if mark is None or mark.rule_id != "related.heading":
            continue
        run = []
        for at in range(index + 1, min(len(sheet.lines), index + 1 + _LONGEST_BOX)):
            if not sheet.is_free(at) or not _is_headline(sheet.lines[at]):
                break
            run.append(at)
        below = sheet.lines[run[-1] + 1 : run[-1] + 2] if len(run) > 1 else []
        if any(line.is_prose or line.is_reported for line in below):
            for at in run:
                sheet.mark(at, SpanKind.RELATED_LINK, "context.teaser", "below a heading of teasers", 0.85)


def _is_headline(line: Line) -> bool:
    """Whether a line is like other articles' titles, and no row of a list with prices or numbers."""
    return line.count >= _LEAST_HEADLINE and is_title_like(line) and _OF_LISTS.isdisjoint(line.text)
