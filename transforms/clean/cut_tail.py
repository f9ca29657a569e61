"""Take away what stands behind the story, from the last line up to the last paragraph that reads like the story."""

import re
from collections.abc import Iterable

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.lines import Line, is_listed
from copydesk.transforms.clean.mark_names import signatory
from copydesk.transforms.clean.marks import Mark, Sheet
from copydesk.transforms.clean.read_byline import read_byline
from copydesk.transforms.clean.read_publisher import read_publisher
from copydesk.transforms.clean.read_timestamp import is_timestamp
from copydesk.transforms.clean.story_link import (
    find_names,
    goes_on_as_story,
    is_linked,
    opens_with_stranger,
    speaks_to_readers,
)
from copydesk.transforms.clean.weigh_cues import (
    CUES_ABOVE_COLUMN,
    CUES_BESIDE,
    CUES_BETWEEN,
    CUES_IN_TAIL,
    Cues,
    needed,
)
from copydesk.transforms.rules.fold import find_tokens, fold
from copydesk.transforms.rules.records import Rule, Zone

_MOST_UNKNOWN = 12
"""Short lines of unknown meaning that the walk passes (a list of teasers) before it gives up."""
_APPEALS = frozenset(
    {
        SpanKind.DONATION,
        SpanKind.NEWSLETTER,
        SpanKind.SUBSCRIPTION,
        SpanKind.COMMENT_PROMPT,
        SpanKind.AUTHOR_BOX,
        SpanKind.APP_PROMO,
        SpanKind.LICENCE,
        SpanKind.RELATED_LINK,
    }
)
"""Kinds that come as blocks of several paragraphs, of which one names the kind."""
_SPEAKS = _APPEALS - {SpanKind.RELATED_LINK, SpanKind.AUTHOR_BOX}
"""Kinds in which an outlet names itself."""
_ASKS = _SPEAKS - {SpanKind.LICENCE}
"""Kinds that begin with a sentence to the readers; above a copyright line may stand the story's last."""
_BEHIND = (_APPEALS - {SpanKind.RELATED_LINK}) | {
    SpanKind.SHARE,
    SpanKind.FOOTER_LINK,
    SpanKind.TAGS,
    SpanKind.WIRE_CREDIT,
}
"""Kinds that stand behind a story rather than in it."""
_PROSE_UNKNOWN = 4
"""A paragraph without a tie to the story counts as so many short lines: the walk passes three."""
_TEASERS = frozenset({"related.heading", "context.teaser"})
"""What stands above a teaser: the heading of the list, or another teaser."""
_LISTS = _TEASERS | {"world.related-label", "world.related"}
_LONGEST_SPEECH = 70
_BRIEF_APPEAL = 25
_BRIEF = 22
"""A longer line that says "we" or "you" may still be the story's."""
_TWO_CUES = 0.8
"""One word that addresses readers says little above an appeal: a column may end so."""
_QUOTE = re.compile(r"\"|(?<!\w)'|'(?!\w)")


def cut_tail(sheet: Sheet) -> None:
    """Mark the lines behind the story in `sheet`; a guard keeps its line, and the walk goes on above it."""
    before = -1
    while before != len(sheet.open()):
        before = len(sheet.open())
        stop = _walk_up(sheet)
        _settle_between(sheet, range(stop + 1, len(sheet.lines)))
        _settle_teasers(sheet, range(stop + 1, len(sheet.lines)))


def _walk_up(sheet: Sheet) -> int:
    """Mark what a rule or the words give away, up to the story; return the index of the story's last line."""
    unknown, outlet = 0, _outlet(sheet)
    for index in reversed(range(len(sheet.lines))):
        if sheet.marks[index] is not None or sheet.judgements[index].guard:
            continue
        has_passed = unknown >= _PROSE_UNKNOWN
        mark = _rule_mark(sheet, index) or (None if has_passed else _words_mark(sheet, index, outlet))
        mark = mark or _names_mark(sheet, index)
        if mark:
            sheet.marks[index] = mark
        elif unknown >= _MOST_UNKNOWN or _is_story(sheet, index, outlet):
            return index
        else:
            unknown += _PROSE_UNKNOWN if sheet.lines[index].is_prose else 1
    return -1


def _rule_mark(sheet: Sheet, index: int) -> Mark | None:
    line = sheet.lines[index]
    rule = sheet.rule_in(index, Zone.TAIL) or _portrait_rule(sheet, index)
    if rule is not None and not goes_on_as_story(line, rule.kind, _above(sheet, index), sheet.rules):
        return Mark(rule.kind, rule.rule_id, f"matches with no story after it: {line.text[:80]}")
    if not line.is_reported and any(line.text.startswith(name) for name in sheet.authors):
        return Mark(
            SpanKind.AUTHOR_BOX,
            "structure.author-box",
            "begins with the author's name, with no story after it",
            0.95,
        )
    if index not in sheet.date_headings and is_timestamp(line.fold) and len(line.words) >= 3:
        return Mark(SpanKind.TIMESTAMP, "structure.timestamp", "only a date or time behind the story")
    link_ratio = line.evidence.link_ratio if line.evidence else None
    if link_ratio is not None and link_ratio >= 0.9 and not line.is_prose:
        return Mark(
            SpanKind.RELATED_LINK, "page.link-line", "all of the line is a link, with no story after it", 0.8
        )
    return None


def _names_mark(sheet: Sheet, index: int) -> Mark | None:
    labelled = read_byline(sheet.lines[index].text)
    names = labelled or signatory(sheet, index)
    if not names:
        return None
    above = sheet.marks[index - 1] if index else None
    if not labelled and above is not None and above.rule_id in _LISTS:
        return Mark(SpanKind.RELATED_LINK, "context.teaser", "below a heading of teasers", 0.85)
    sheet.add_authors(names)
    return Mark(SpanKind.BYLINE, "structure.byline", "names with no story after them", 0.9)


def _portrait_rule(sheet: Sheet, index: int) -> Rule | None:
    """Return the rule that takes a line as its author's portrait: a journalist's, or below a column anybody's."""
    if not opens_with_stranger(sheet.lines[index], _above(sheet, index)):
        return None
    rule = sheet.rule_in(index, Zone.AUTHOR) or sheet.rule_in(index, Zone.COLUMN)
    if rule is None or rule.zone is Zone.AUTHOR:
        return rule
    return rule if speaks_to_readers(_paragraphs_above(sheet, index)) else None


def _words_mark(sheet: Sheet, index: int, outlet: set[str]) -> Mark | None:
    """Mark a line by its words; never above a paragraph that no rule explains, for that may be the story's last."""
    if sheet.is_letter:
        return None
    line, cues = sheet.lines[index], sheet.cues_of(index)
    if (
        cues.kind
        and _may_weigh(sheet, index, cues, outlet)
        and cues.weight >= needed(line, _cues_needed(sheet, index))
    ):
        return Mark(cues.kind, "words.tail", f"no story after it, and it says: {', '.join(cues.said)}", 0.9)
    return _speech_mark(sheet, index, outlet)


def _may_weigh(sheet: Sheet, index: int, cues: Cues, outlet: set[str]) -> bool:
    """Whether words may take a line: a label beside a leftover, or saying two things; a sentence by a second witness.

    A sentence must stand below a leftover that belongs behind a story and speak to its reader, stand between two, or
    above an appeal of its kind and say much; the last one of all must be short, speak to its reader and say much.
    """
    line = sheet.lines[index]
    above, below = _is_behind(sheet, index - 1), _is_behind(sheet, index + 1)
    if is_listed(sheet.lines, index):
        return False
    if not (line.is_prose or line.is_closed):
        return above or below or index - 1 in sheet.glued or len(cues.said) >= 2
    if speaks_to_readers(_paragraphs_above(sheet, index)):
        return above and len(cues.said) >= 3 and cues.weight >= needed(line, CUES_ABOVE_COLUMN)
    if is_linked(line, _above(sheet, index), outlet):
        return above and below and cues.is_addressed
    if cues.is_addressed:
        return above or index - 1 in sheet.glued or (len(line.words) <= _BRIEF_APPEAL and cues.named >= 2)
    follower = sheet.marks[index + 1] if below else None
    is_begun = follower is not None and follower.kind is cues.kind
    return (above and below) or ((above or is_begun) and cues.named >= 2)


def _is_behind(sheet: Sheet, index: int) -> bool:
    """Whether a neighbour is marked as something that stands behind a story, and does not stand between its parts."""
    mark = sheet.marks[index] if 0 <= index < len(sheet.marks) else None
    return mark is not None and mark.kind in _BEHIND


def _cues_needed(sheet: Sheet, index: int) -> float:
    """Return how much the words must say: less beside an appeal, least between two or at the end."""
    above = sheet.marks[index - 1] if index else None
    below = sheet.marks[index + 1] if index + 1 < len(sheet.marks) else None
    if below is None or below.kind not in _APPEALS:
        return (
            CUES_BESIDE
            if above and above.kind in _APPEALS and index + 1 == len(sheet.marks)
            else CUES_IN_TAIL
        )
    return CUES_BETWEEN if above is not None or index - 1 in sheet.glued else CUES_BESIDE


def _outlet(sheet: Sheet) -> set[str]:
    """Return the words of the outlet's name, as the marked lines behind the story give it."""
    marked = (
        line.text
        for line, mark in zip(sheet.lines, sheet.marks, strict=True)
        if mark and mark.kind in _SPEAKS
    )
    names = (read_publisher(text) for text in marked)
    return {token for name in names if name for token in find_tokens(fold(name)) if len(token) > 3}


def _above(sheet: Sheet, index: int) -> list[Line]:
    return [sheet.lines[i] for i in sheet.open() if i < index]


def _paragraphs_above(sheet: Sheet, index: int) -> list[bool]:
    """Return of each paragraph of the story above a line whether it addresses somebody."""
    return [sheet.is_addressed(i) for i in sheet.open() if i < index and sheet.lines[i].is_prose]


def _is_story(sheet: Sheet, index: int, outlet: set[str]) -> bool:
    """Whether the walk ends here: at speech and quotation, and at a paragraph that shares names or words above it."""
    line = sheet.lines[index]
    if line.is_reported or _QUOTE.search(line.fold):
        return True
    return line.is_prose and is_linked(line, _above(sheet, index), outlet)


def _speech_mark(sheet: Sheet, index: int, outlet: set[str]) -> Mark | None:
    """Mark a line beside a leftover in which the outlet speaks to its readers, or of itself, and not of the story."""
    line = sheet.lines[index]
    around = [mark for mark in sheet.marks[max(0, index - 1) : index + 2] if mark and mark.kind in _BEHIND]
    if not around or line.is_reported or _QUOTE.search(line.fold) or len(line.words) > _LONGEST_SPEECH:
        return None
    cues = sheet.cues_of(index)
    is_self = bool(outlet & find_names(line.text))
    below = sheet.marks[index + 1] if index + 1 < len(sheet.marks) else None
    is_beside = _is_behind(sheet, index - 1) or (
        below is not None and below.kind in _ASKS and cues.weight >= _TWO_CUES
    )
    if not (is_self or (cues.is_addressed and is_beside and len(line.words) <= _BRIEF)):
        return None
    story = _above(sheet, index)
    if is_linked(line, story, outlet) or (not is_self and speaks_to_readers(_paragraphs_above(sheet, index))):
        return None
    kind = cues.kind or next(
        (mark.kind for mark in reversed(around) if mark.kind in _APPEALS), SpanKind.FOOTER_LINK
    )
    whom = "the outlet by name" if is_self else "readers"
    return Mark(kind, "context.speech", f"beside a leftover, speaks of or to {whom}, not of the story", 0.8)


def _settle_between(sheet: Sheet, tail: Iterable[int]) -> None:
    """Give a short unknown line to the block that it stands in: an appeal on both sides, or above it to the end.

    Not a sentence without any word of an appeal, nor one below a teaser that addresses nobody: so may stories end.
    """
    for index in tail:
        if not sheet.is_free(index) or sheet.lines[index].is_prose or sheet.lines[index].is_reported:
            continue
        above = sheet.marks[index - 1] if index else None
        below = next((m for m in sheet.marks[index + 1 :]), None)
        if above is None or (below is None and index + 1 < len(sheet.lines)):
            continue
        cues = sheet.cues_of(index)
        is_below_teaser = above.kind is SpanKind.RELATED_LINK and not cues.is_addressed
        if sheet.lines[index].is_closed and (is_below_teaser or not cues.said):
            continue
        kind = next((m.kind for m in (below, above) if m and m.kind in _APPEALS), None)
        if kind:
            sheet.mark(index, kind, "context.block", f"stands in a block of {kind.value}", 0.8)


def _settle_teasers(sheet: Sheet, tail: Iterable[int]) -> None:
    """Give the short lines below a heading like "Most read" to it, down to the next leftover or the end."""
    for index in tail:
        above = sheet.marks[index - 1] if index else None
        if above is None or above.rule_id not in _TEASERS or not sheet.is_free(index):
            continue
        line = sheet.lines[index]
        if not line.is_prose and not line.is_reported and not line.text.endswith("."):
            sheet.mark(index, SpanKind.RELATED_LINK, "context.teaser", "below a heading of teasers", 0.85)
