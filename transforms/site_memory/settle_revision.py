"""Sights the lines of a revision, and settles its row and spans under the verdicts on them: rows in, rows out."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.clean.compose_body import compose_body
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.records import Cleaned, Span
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.judge_sightings import SiteLine, Witness
from copydesk.transforms.site_memory.line_keys import key_of_folded
from copydesk.transforms.site_memory.place_paragraphs import RULE_ID, Paragraph, Placed, place_paragraphs
from copydesk.transforms.site_memory.sight_lines import sight_lines
from copydesk.transforms.span_rows import layout_of, layout_rows, span_of, span_row
from copydesk.transforms.text.count_words import count_words

Row = dict[str, Any]
_NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][\w’'-]{2,}")
KERNEL_PARAGRAPHS = 3
MOST_NAMES = 6


def place_revision(revision: Row, spans: Sequence[Row]) -> Placed:
    """Return the text and paragraphs of a revision as the rules alone left them."""
    return place_paragraphs(
        revision["body"],
        layout_of(revision["layout"]),
        [span_of(row) for row in spans],
        [row["text"] for row in spans],
    )


def settle_revision(
    revision: Row, spans: Sequence[Row], boilerplate: Mapping[int, str], *, site: str, rules: RuleSet
) -> tuple[Row, list[Row]] | None:
    """Return the revision's row and the rows of its site's spans, or None where body and words stay as they are.

    Identity, numbering and times stay; only what hangs on the body changes. `words_hash` is left to the caller,
    who has many bodies: see `word_hashes`.
    """
    placed = place_revision(revision, spans)
    settled = _settle_body(placed, boilerplate, site=site, rules=rules)
    own = [
        {"revision_id": revision["revision_id"]} | span_row(span, placed.text)
        for span in settled.spans
        if span.rule_id == RULE_ID
    ]
    before = [(row["start_char"], row["end_char"]) for row in spans if row["rule_id"] == RULE_ID]
    body, words = settled.body, count_words(settled.body)
    if (revision["body_words"], before) == (words, [(row["start_char"], row["end_char"]) for row in own]):
        return None
    changed = {
        "body": body,
        "body_sha256": hashlib.sha256(body.encode()).hexdigest(),
        "body_words": words,
        "body_chars": len(body),
        "layout": layout_rows(settled.layout),
    }
    return revision | changed, own


def _settle_body(placed: Placed, boilerplate: Mapping[int, str], *, site: str, rules: RuleSet) -> Cleaned:
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
        _site_span(paragraph.start, paragraph.end, site)
        for index, paragraph in enumerate(placed.paragraphs)
        if index in leaving
    ]
    spans = tuple(sorted((*placed.rule_spans, *own), key=lambda span: span.start_char))
    lines = [Line(each.start, each.end, placed.text[each.start : each.end]) for each in placed.paragraphs]
    body, layout = compose_body(placed.text, lines, spans)
    return Cleaned(body, spans, layout)


def _site_span(start: int, end: int, site: str) -> Span:
    # No count here: it would go stale in a thousand spans with each new article. site_lines has it.
    evidence = f"{site} repeats this line from article to article (see site_lines)"
    return Span(start, end, SpanKind.SITE_LINE, SpanAction.DROP, RULE_ID, evidence)


def sight_revision(
    revision: Row, spans: Sequence[Row], *, site: str, rules: RuleSet, keys: AbstractSet[int]
) -> tuple[list[Row], dict[int, SiteLine]]:
    """Return the sightings of a revision's lines with these keys as rows, and the lines by line_hash."""
    paragraphs = place_revision(revision, spans).paragraphs
    found_lines = sight_lines(paragraphs, site=site, rules=rules, keys=keys)
    sightings = {found.line_hash: found for found in found_lines}
    if not sightings:
        return [], {}
    teller = witness(paragraphs)
    day = revision["published_on"] or (revision["published_at"] and revision["published_at"].date())
    rows = [
        {
            "revision_id": revision["revision_id"],
            "article_id": revision["article_id"],
            "line_hash": name,
            "is_sentence": found.is_sentence,
            "is_closing": found.is_closing,
            "related_ratio": found.related_ratio,
            "published_on": day,
            "kernel": list(teller.kernel),
            "names": list(teller.names),
        }
        for name, found in sorted(sightings.items())
    ]
    return rows, {name: SiteLine(site, found.place, found.key) for name, found in sightings.items()}


def witness(paragraphs: Sequence[Paragraph]) -> Witness:
    """Return what an article can be told by; its last third, where a site's own blocks stand, plays no part."""
    story = [each.text for each in paragraphs[: max(1, 2 * len(paragraphs) // 3)]]
    longest = sorted(story, key=lambda text: (-len(text), text))[:KERNEL_PARAGRAPHS]
    counts = Counter(name for text in story for name in _NAME.findall(text))
    names = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_NAMES]
    return Witness(tuple(sorted(map(_short_hash, longest))), tuple(sorted(map(_short_hash, names))))


def _short_hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(" ".join(text.split()).encode()).digest()[:4], "big")
