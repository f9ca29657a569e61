"""Writes a body without the lines that its site repeats; the other way round where a verdict fell."""

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.clean.compose_body import compose_body
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.records import LayoutEdit, Span
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.line_keys import key_of_folded
from copydesk.transforms.site_memory.place_paragraphs import RULE_ID, Placed
from copydesk.transforms.site_memory.sight_lines import sight_lines


@dataclass(frozen=True, slots=True)
class SettledBody:
    """A body with its spans and layout, as cleaning gives them."""

    body: str
    spans: tuple[Span, ...]
    layout: tuple[LayoutEdit, ...]


def settle_body(placed: Placed, boilerplate: Mapping[int, str], *, site: str, rules: RuleSet) -> SettledBody:
    """Return what is left of a text when these lines (folded, by their hashes) are out.

    A function of the text and the verdicts alone: what was taken out before plays no part. A body that would be
    empty stays whole.
    """
    keys = {key_of_folded(line) for line in boilerplate.values()}
    seen = sight_lines(placed.paragraphs, site=site, rules=rules, keys=keys)
    leaving = {sighting.index for sighting in seen if sighting.line_hash in boilerplate}
    if len(leaving) == len(placed.paragraphs):
        leaving = set()
    own = [
        _span(paragraph.start, paragraph.end, site)
        for index, paragraph in enumerate(placed.paragraphs)
        if index in leaving
    ]
    spans = tuple(sorted((*placed.rule_spans, *own), key=lambda span: span.start_char))
    lines = [Line(each.start, each.end, placed.text[each.start : each.end]) for each in placed.paragraphs]
    body, layout = compose_body(placed.text, lines, spans)
    return SettledBody(body, spans, layout)


def _span(start: int, end: int, site: str) -> Span:
    # No count here: it would go stale in a thousand spans with each new article. site_lines has it.
    evidence = f"{site} repeats this line from article to article (see site_lines)"
    return Span(start, end, SpanKind.SITE_LINE, SpanAction.DROP, RULE_ID, evidence)
