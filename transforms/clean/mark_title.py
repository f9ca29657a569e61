"""Mark the title and its repetitions."""

import re
from itertools import accumulate

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.head_lines import (
    HEAD_LINES,
    goes_on,
    is_furniture,
    is_naked_title,
    is_result,
    is_same,
    is_title_like,
    shared_stems,
)
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.mark_names import who_wrote
from copydesk.transforms.clean.marks import Sheet
from copydesk.transforms.credits.name_office import reads_as_office
from copydesk.transforms.records import Extracted

STORY_LINES = 8
MOST_STRANGERS = 3
TITLE_STEMS = 2
STRANGERS_BELOW = 2
KICKER_WORDS = range(1, 5)
TWIN_WORDS = 3
"""A shorter line that comes twice is the name of who speaks, in a transcript."""
_OF_TIMES = frozenset(
    ["years", "month", "weeks", "hours", "minut", "today", "yeste", "jahre", "monat", "woche", "stund"]
)
"""Stems that "7 years ago" above a story may share with it."""
_SITE_NAME = re.compile(r"\s+[|–—-]\s+\S+(?:\s\S+){0,4}\Z")


def mark_title(sheet: Sheet, extracted: Extracted) -> None:
    """Mark the lines that are the declared title, or find the title among the first lines; never in the lede."""
    opening = sheet.open()[:HEAD_LINES]
    known = sheet.title or extracted.title
    if known:
        _mark_known_title(sheet, known, opening)
        return
    if not opening:
        return
    above = _strangers(sheet, opening)
    first, rest = opening[len(above)], opening[len(above) + 1 :]
    reason = _why_title(sheet, first, rest)
    if reason is None:
        return
    _set_title(sheet, first, reason)
    _mark_above(sheet, above)
    _mark_repeats(sheet, sheet.lines[first].text, rest)


def _mark_above(sheet: Sheet, above: list[int]) -> None:
    """Mark what stands above the title: the line right above it is its kicker where it is a few words."""
    for index in above:
        line = sheet.lines[index]
        if index == above[-1] and _is_label(line):
            sheet.mark(index, SpanKind.KICKER, "structure.kicker", "a label right above the title", 0.9)
        else:
            why = "above the title, with no word of the story"
            sheet.mark(index, SpanKind.NAV, "structure.above-title", why, 0.9)


def _is_label(line: Line) -> bool:
    return line.count in KICKER_WORDS and not line.is_closed and not any(map(str.isdigit, line.text))


def _strangers(sheet: Sheet, opening: list[int]) -> list[int]:
    """Return the lines above the first that shares two words with the story, if they share none: no title is theirs."""
    if sheet.lines[opening[0]].is_prose and not is_title_like(sheet.lines[opening[0]]):
        return []
    story = [line for line in sheet.lines if line.is_prose][:STORY_LINES]
    for place, index in enumerate(opening[: MOST_STRANGERS + 1]):
        line = sheet.lines[index]
        shared = len(shared_stems([line], story))
        if shared >= TITLE_STEMS and is_title_like(line):
            return opening[:place]
        if shared or line.is_prose or not sheet.is_free(index) or is_result(line.text) or is_furniture(line):
            return []
    return []


def _why_title(sheet: Sheet, first: int, rest: list[int]) -> str | None:
    line = sheet.lines[first]
    if first in sheet.date_headings or is_furniture(line):
        return None
    if sheet.judgements[first].guard:  # a helpline in the title, told by what stands right below alone
        is_above = bool(rest) and is_title_like(line) and is_furniture(sheet.lines[rest[0]])
        return "first line, above byline, time or picture" if is_above else None
    if who_wrote(sheet, first):
        return None
    below = _above_story(sheet, rest[:8])
    is_sentence = line.text.endswith(".")  # said twice it is a refrain, also where a title above it has left
    if _is_heading(line) and not is_sentence and any(_repeats(sheet.lines[i], line.text) for i in below):
        return "first line, confirmed by a second identical line"
    return _why_heading(sheet, first, rest) if rest and is_title_like(line) else None


def _why_heading(sheet: Sheet, first: int, rest: list[int]) -> str | None:
    line, follower = sheet.lines[first], sheet.lines[rest[0]]
    if _stands_over_furniture(sheet, rest[:3]):
        return "first line, above byline, time or picture"
    if first > 0 and follower.is_prose:
        return "first line after a leftover of navigation"
    if is_naked_title(line, follower):
        return "first line, a heading above the first paragraph"
    return (
        "first line, which a byline, dates or the story takes up" if heads_story(sheet, first, rest) else None
    )


def heads_story(sheet: Sheet, first: int, rest: list[int]) -> bool:
    """Return whether a heading stands above bare names, above dated entries, or is taken up by the story.

    What follows a title in the text and passes this test is its standfirst, so that cleaning again finds nothing new.
    """
    line = sheet.lines[first]
    if not rest or not is_title_like(line) or is_result(line.text) or goes_on(sheet.lines[rest[0]]):
        return False
    if reads_as_office(line.text) and not line.text.isupper():
        return False
    is_headed = rest[0] in sheet.date_headings or bool(who_wrote(sheet, rest[0]))
    return is_headed or _is_taken_up(sheet, first, rest)


def _is_taken_up(sheet: Sheet, first: int, rest: list[int]) -> bool:
    """Whether a heading above a sentence shares a word with the story; two, where lines with none divide them.

    Not what stands in the text once more: who speaks, a standing heading.
    """
    line, following = sheet.lines[first], [sheet.lines[index] for index in rest[: STRANGERS_BELOW + 1]]
    below = next((at for at, each in enumerate(following) if each.is_sentence), None)
    if below is None or is_title_like(following[below]):
        return False
    if any(is_same(line, each) for each in sheet.lines if each is not line):
        return False
    story = [sheet.lines[index] for index in rest if sheet.lines[index].is_sentence][:STORY_LINES]
    shared = shared_stems([line], story) - _OF_TIMES
    return len(shared) > (below > 0) and not shared_stems(following[:below], story)


def _stands_over_furniture(sheet: Sheet, rest: list[int]) -> bool:
    """Whether a byline, time or picture follows before the first paragraph; the last line of all is below no head."""
    for index in rest:
        if index not in sheet.date_headings and is_furniture(sheet.lines[index]):
            return index != sheet.open()[-1]
        if sheet.lines[index].is_prose:
            return False
    return False


def _set_title(sheet: Sheet, index: int, reason: str) -> None:
    sheet.title = " ".join(sheet.lines[index].written.split())
    sheet.mark(index, SpanKind.TITLE_LINE, "structure.title", reason)


def _mark_repeats(sheet: Sheet, title: str, rest: list[int]) -> None:
    for index in _above_story(sheet, rest):
        if _repeats(sheet.lines[index], title):
            sheet.mark(index, SpanKind.DUPLICATE_TITLE, "structure.duplicate-title", "repeats the title")


def _is_heading(line: Line) -> bool:
    return line.count >= TWIN_WORDS and not line.is_prose


def _above_story(sheet: Sheet, indexes: list[int]) -> list[int]:
    """Return the first of these lines, down to one below the first paragraph: further down a story has headings."""
    paragraphs = accumulate(sheet.lines[index].is_prose for index in indexes)
    return [index for index, count in zip(indexes, paragraphs, strict=True) if count <= 1]


def _repeats(line: Line, title: str) -> bool:
    """Whether a line is the title, or the title with the outlet's name behind a bar or dash."""
    start, _, rest = line.text.partition(title)
    return is_same(line, Line(0, 0, title)) or (not start and bool(_SITE_NAME.match(rest)))


def _mark_known_title(sheet: Sheet, title: str, opening: list[int]) -> None:
    """Mark the lines that repeat the title that the page declares, with or without the site's name behind it."""
    sheet.title = title
    wanted = Line(0, 0, title)
    found = any(mark and mark.kind is SpanKind.TITLE_LINE for mark in sheet.marks)
    first = next((place for place, index in enumerate(opening) if _is_known(sheet.lines[index], wanted)), 0)
    if first == 1 and not found and _is_label(sheet.lines[opening[0]]):
        _mark_above(sheet, opening[:1])
    for index in _above_story(sheet, opening):
        if sheet.marks[index] is not None or not _is_known(sheet.lines[index], wanted):
            continue
        if found:
            sheet.mark(index, SpanKind.DUPLICATE_TITLE, "structure.duplicate-title", "repeats the title")
        else:
            sheet.mark(index, SpanKind.TITLE_LINE, "structure.title", "repeats the page's title")
        found = True


def _is_known(line: Line, title: Line) -> bool:
    return is_same(line, title) or _is_most_of(line, title)


def _is_most_of(line: Line, title: Line) -> bool:
    """Whether a heading line is the declared title up to a word or the name of the site."""
    if line.is_prose or line.count < 4:
        return False
    shared = set(line.words) & set(title.words)
    return len(shared) >= 0.8 * max(len(set(line.words)), 0.8 * len(set(title.words)))
