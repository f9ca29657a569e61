"""From extracted text to body, spans, layout and readings: the one function that states the order of cleaning."""

from collections.abc import Iterable

from schemas.enums import SpanAction, SpanKind
from transforms.clean.compose_body import compose_body
from transforms.clean.cut_glued import cut_glued
from transforms.clean.cut_tail import cut_tail
from transforms.clean.fold_line import fold_line
from transforms.clean.judge_line import CUES_ANYWHERE, Judgement, judge_line, needed
from transforms.clean.lines import Line, split_lines
from transforms.clean.marks import Mark, Sheet
from transforms.clean.read_dateline import read_dateline
from transforms.clean.read_head import mark_captions, read_head
from transforms.clean.read_readings import read_readings
from transforms.records import Cleaned, Dateline, Extracted, Span
from transforms.rules.records import RuleSet, Zone

_Cut = tuple[int, int, Mark]


def clean(extracted: Extracted, *, rules: RuleSet, site_lines: frozenset[str] = frozenset()) -> Cleaned:
    """Return the body of `extracted` with everything that left it and what was read from it.

    `site_lines` are folded lines (fold_line) that the site's memory holds to be boilerplate. Spans are sorted
    and disjoint, in code points of `extracted.text`; `restore` leads back. Cleaning a body again removes nothing.
    """
    lines, cuts = _unglue(split_lines(extracted.text, extracted.lines), rules)
    sheet = Sheet(lines, [judge_line(line, rules) for line in lines], [None] * len(lines))
    _mark_anywhere(sheet, site_lines)
    read_head(sheet, extracted)
    mark_captions(sheet)
    cut_tail(sheet)
    dateline_at, dateline = _find_dateline(sheet)
    spans = _spans(sheet, cuts, dateline_at, dateline)
    body, layout = compose_body(extracted.text, split_lines(extracted.text, extracted.lines), spans)
    readings = read_readings(extracted, sheet, spans, dateline)
    return Cleaned(body=body, spans=spans, layout=layout, readings=readings)


def _unglue(lines: Iterable[Line], rules: RuleSet) -> tuple[list[Line], list[_Cut]]:
    out, cuts = [], []
    for line in lines:
        rest = line
        while len(rest.text) > 40 and (found := cut_glued(rest, rules)) is not None:
            rest, cut = found
            cuts.append(cut)
        out.append(rest)
    return out, cuts


def _mark_anywhere(sheet: Sheet, site_lines: frozenset[str]) -> None:
    """Mark what a rule, the words alone or the site's memory give away wherever it stands."""
    for index, (line, judgement) in enumerate(zip(sheet.lines, sheet.judgements, strict=True)):
        mark = _mark_of(line, judgement)
        if mark is None and site_lines and fold_line(line.text) in site_lines:
            mark = Mark(SpanKind.SITE_LINE, "site.line", "the site repeats this line from article to article")
        sheet.marks[index] = mark


def _mark_of(line: Line, judgement: Judgement) -> Mark | None:
    if judgement.guard:
        return None
    rule = judgement.by_zone.get(Zone.ANY)
    if rule is not None:
        return Mark(rule.kind, rule.rule_id, f"matches: {line.text[:80]}")
    if judgement.cue_kind and judgement.cue_weight >= needed(line, CUES_ANYWHERE):
        return Mark(judgement.cue_kind, "words.anywhere", f"says: {judgement.cue_words}", 0.8)
    return None


def _find_dateline(sheet: Sheet) -> tuple[int, Dateline | None]:
    """Return where the story's first lines open with a dateline, and the dateline."""
    for index in sheet.open()[:3]:
        found = read_dateline(sheet.lines[index].text)
        if found is not None:
            return sheet.lines[index].start, found
    return 0, None


def _spans(sheet: Sheet, cuts: list[_Cut], at: int, dateline: Dateline | None) -> tuple[Span, ...]:
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
                at,
                at + len(dateline.raw),
                SpanKind.DATELINE,
                SpanAction.METADATA,
                "structure.dateline",
                dateline.raw,
            )
        )
    return tuple(sorted(out, key=lambda span: span.start_char))
