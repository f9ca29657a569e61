"""From extracted text to body, spans, layout and readings: the one function that states the order of cleaning."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.clean.compose_body import compose_body, join_spans
from copydesk.transforms.clean.cut_glued import cut_glued
from copydesk.transforms.clean.cut_tail import cut_tail
from copydesk.transforms.clean.judge_line import APPEALS, judge_line
from copydesk.transforms.clean.lines import Line, split_lines
from copydesk.transforms.clean.mark_beside import mark_beside
from copydesk.transforms.clean.mark_pull_quotes import mark_pull_quotes, release_pull_quotes
from copydesk.transforms.clean.mark_unlike import mark_unlike
from copydesk.transforms.clean.marks import ABOVE_THE_STORY, Mark, Sheet
from copydesk.transforms.clean.read_dateline import read_dateline
from copydesk.transforms.clean.read_head import mark_captions, read_head
from copydesk.transforms.clean.read_readings import read_readings
from copydesk.transforms.clean.reported_clause import is_announced
from copydesk.transforms.clean.story_link import goes_on_as_story
from copydesk.transforms.pagelines.mark_containers import mark_left_out
from copydesk.transforms.pagelines.page_line import page_lines
from copydesk.transforms.pagelines.page_spans import page_spans
from copydesk.transforms.records import Cleaned, Dateline, Extracted, Span
from copydesk.transforms.rules.records import RuleSet

_IN_THE_STORY = frozenset(SpanKind) - ABOVE_THE_STORY
_Cut = tuple[int, int, Mark]


@dataclass(slots=True)
class Draft:
    """A text on its way: its lines, the working sheet, and what was cut off the ends of lines."""

    extracted: Extracted
    lines: list[Line]
    sheet: Sheet
    cuts: list[_Cut]


def clean(extracted: Extracted, *, rules: RuleSet) -> Cleaned:
    """Return the body of `extracted` with everything that left it and what was read from it.

    Spans are sorted and disjoint, in code points of `extracted.text`; `restore` leads back. Cleaning a body again
    removes nothing.
    """
    draft = apply_rules(extracted, rules=rules)
    apply_line_model([draft])
    return write_body(draft)


def apply_rules(extracted: Extracted, *, rules: RuleSet) -> Draft:
    """Begin to clean a text: mark what rules, structure and the page tell."""
    lines = split_lines(extracted.text, extracted.lines)
    told = [line for line in lines if not (line.evidence and line.evidence.is_left_out)]
    sheet, cuts = _judge(told, rules)
    if len(told) < len(lines):
        cuts += [
            (
                span.start_char,
                span.end_char,
                Mark(span.kind, span.rule_id, span.evidence, span.confidence_ratio),
            )
            for span in mark_left_out(page_lines(extracted, left_out=True))
        ]
    _mark_anywhere(sheet)
    shown = page_spans(extracted)
    sheet.mark_spans(shown, _IN_THE_STORY)
    _settle(sheet, extracted)
    sheet.mark_spans(shown, ABOVE_THE_STORY)
    return Draft(extracted, lines, sheet, cuts)


def apply_line_model(drafts: Sequence[Draft]) -> None:
    """Go on with some texts at once: mark what the line model tells, and what rules find then."""
    while drafts:
        found = mark_unlike([draft.sheet for draft in drafts])
        drafts = [draft for draft, has_marks in zip(drafts, found, strict=True) if has_marks]
        for draft in drafts:
            _settle_rest(draft.sheet, draft.extracted.title)


def write_body(draft: Draft) -> Cleaned:
    """Finish cleaning a text: body, spans, layout, readings."""
    extracted, sheet = draft.extracted, draft.sheet
    release_pull_quotes(sheet)
    at, dateline = _find_dateline(sheet)
    spans = _spans(sheet, draft.cuts, at, dateline, extracted.text)
    body, layout = compose_body(extracted.text, draft.lines, spans)
    readings = read_readings(extracted, sheet, spans, dateline, body)
    return Cleaned(body=body, spans=spans, layout=layout, readings=readings)


def _settle(sheet: Sheet, extracted: Extracted) -> None:
    """Let the marks of lines bring about others, until each step has found nothing more since the last mark."""
    head = partial(read_head, extracted=extracted)
    steps: list[Callable[[Sheet], None]] = [
        Sheet.mark_headings,
        mark_beside,
        head,
        mark_captions,
        cut_tail,
        mark_pull_quotes,
    ]
    idle = 0
    for step in cycle(steps):
        before = sheet.marks.count(None)
        step(sheet)
        idle = idle + 1 if sheet.marks.count(None) == before else 0
        if idle == len(steps):
            return


def _settle_rest(sheet: Sheet, title: str | None) -> None:
    """Mark what rules find once the body stands for itself, so that cleaning it again finds nothing."""
    left = sheet.open()
    open_lines = (sheet.lines[index] for index in left)
    lines = [replace(line, is_joined=False) if line.is_joined else line for line in open_lines]
    rest = Sheet(lines, [sheet.judgements[index] for index in left], [None] * len(left), sheet.rules)
    rest.cues.update({at: sheet.cues[index] for at, index in enumerate(left) if index in sheet.cues})
    _settle(rest, Extracted("\n\n".join(line.text for line in lines), "plain", title=title))
    for index, mark in zip(left, rest.marks, strict=True):
        if (
            title is None or mark is None or mark.kind is not SpanKind.DEK
        ):  # what is below a known title now was not
            sheet.marks[index] = mark
    sheet.title = sheet.title or rest.title
    sheet.dek = sheet.dek or (rest.dek if title is None else None)
    sheet.authors = sheet.authors or rest.authors
    sheet.images += rest.images


def _judge(lines: Iterable[Line], rules: RuleSet) -> tuple[Sheet, list[_Cut]]:
    """Judge each line, and what is left of it when leftovers glued to its end are cut off."""
    out, judgements, cuts, glued = [], [], [], set()
    for index, line in enumerate(lines):
        rest, judgement = line, judge_line(line, rules)
        while (
            judgement.may_cut
            and not judgement.guard
            and judgement.rule is None
            and (found := cut_glued(rest, judgement.may_cut, rules)) is not None
        ):
            rest, cut = found
            cuts.append(cut)
            glued.add(index)
            judgement = judge_line(rest, rules)
        out.append(rest)
        judgements.append(judgement)
    return Sheet(out, judgements, [None] * len(out), rules, frozenset(glued)), cuts


def _mark_anywhere(sheet: Sheet) -> None:
    """Mark what a rule or the words alone give away wherever it stands."""
    for index, (line, judgement) in enumerate(zip(sheet.lines, sheet.judgements, strict=True)):
        rule = None if judgement.guard else judgement.rule
        if rule is not None and goes_on_as_story(line, rule.kind, _others(sheet, index), sheet.rules):
            judgement.rule = rule = None
        mark = Mark(rule.kind, rule.rule_id, f"matches: {line.text[:80]}") if rule else None
        if mark is not None and mark.kind in APPEALS and _is_others(sheet, index):
            judgement.rule = mark = None
        sheet.marks[index] = mark


def _others(sheet: Sheet, index: int) -> list[Line]:
    return [line for at, line in enumerate(sheet.lines) if at != index and sheet.judgements[at].rule is None]


def _is_others(sheet: Sheet, index: int) -> bool:
    """Whether an appeal is somebody else's: a sentence above announces it, or a letter to the editor goes on below."""
    above, line = sheet.lines[max(0, index - 1)], sheet.lines[index]
    if index and sheet.marks[index - 1] is None and above.fold.endswith(":") and is_announced(above.fold):
        return True
    goes_on = any(judgement.rule is None for judgement in sheet.judgements[index + 1 :])
    return line.is_closed and goes_on and sheet.is_letter


def _find_dateline(sheet: Sheet) -> tuple[range, Dateline | None]:
    """Return where one of the story's first lines opens with a dateline, and the dateline."""
    for index in sheet.open()[:3]:
        line = sheet.lines[index]
        found = read_dateline(line.text)
        if found is not None:
            return range(line.start, line.start + line.at(len(found.raw))), found
    return range(0), None


def _spans(
    sheet: Sheet, cuts: list[_Cut], at: range, dateline: Dateline | None, text: str
) -> tuple[Span, ...]:
    marked = [
        (line.start, line.end, mark)
        for line, mark in zip(sheet.lines, sheet.marks, strict=True)
        if mark and line.start < line.end
    ]
    out = [
        Span(start, end, mark.kind, mark.action, mark.rule_id, mark.evidence, mark.confidence)
        for start, end, mark in (*marked, *cuts)
    ]
    if dateline:
        out.append(
            Span(
                at.start,
                at.stop,
                SpanKind.DATELINE,
                SpanAction.METADATA,
                "structure.dateline",
                dateline.raw,
            )
        )
    return join_spans(out, text)
