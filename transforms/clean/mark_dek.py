"""Mark a standfirst between title and story."""

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.head_lines import goes_on, is_naked_title, is_result, is_same
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.mark_title import heads_story
from copydesk.transforms.clean.marks import Sheet
from copydesk.transforms.clean.read_dateline import read_dateline
from copydesk.transforms.records import Extracted

_MOST_WORDS = 90


def mark_dek(sheet: Sheet, extracted: Extracted) -> None:
    """Mark a standfirst between title and story; without a title there is none."""
    if sheet.title is None:
        return
    title_at = next((i for i, m in enumerate(sheet.marks) if m and m.kind is SpanKind.TITLE_LINE), None)
    opening = [i for i in sheet.open()[:4] if title_at is None or i > title_at]
    if not opening:
        return
    reason = _why_dek(sheet, title_at, opening, extracted)
    if reason:
        _set_dek(sheet, opening[0], reason)


def _why_dek(sheet: Sheet, title_at: int | None, opening: list[int], extracted: Extracted) -> str | None:
    """Say why the first open line is a standfirst; a question below a title that the text lacks opens the story."""
    first = sheet.lines[opening[0]]
    if sheet.judgements[opening[0]].guard:
        return None
    if extracted.dek and is_same(first, Line(0, 0, extracted.dek)):
        return "repeats the page's description"
    # A page names its standfirst; what it does not name so is the story's first line.
    if len(opening) < 2 or first.count > _MOST_WORDS or extracted.lines:
        return None
    following = sheet.lines[opening[1]]
    is_phrase = first.count >= 4 and not is_result(first.text)
    reasons = (
        (
            first.count >= 4 and read_dateline(following.text) and not read_dateline(first.text),
            "between the title and a dateline",
        ),
        (
            is_phrase and _stands_above_furniture(sheet, opening[0], opening[1]),
            "between the title and byline, time or picture",
        ),
        (
            (is_naked_title(first, following) and not (title_at is None and first.text.endswith("?")))
            or (title_at is not None and heads_story(sheet, opening[0], opening[1:])),
            "a heading between the title and the first paragraph",
        ),
        (
            _follows_second_title(sheet, opening[0]) and _leads_less(sheet.title or "", first, following),
            "between the repeated title and a paragraph that takes the title up",
        ),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _stands_above_furniture(sheet: Sheet, index: int, following: int) -> bool:
    between = sheet.marks[index + 1 : following]
    return any(mark and mark.kind in {SpanKind.BYLINE, SpanKind.TIMESTAMP} for mark in between)


def _follows_second_title(sheet: Sheet, index: int) -> bool:
    above = sheet.marks[index - 1] if index else None
    return above is not None and above.kind is SpanKind.DUPLICATE_TITLE


def _stems(words: tuple[str, ...]) -> set[str]:
    return {word[:5] for word in words if len(word) > 3}


def _leads_less(title: str, first: Line, following: Line) -> bool:
    """Whether the title's words are taken up by the second line more than by the first, shorter one."""
    stems = _stems(Line(0, 0, title).words)
    return (
        first.count <= 30
        and following.count > first.count
        and not goes_on(following)
        and len(stems & _stems(following.words)) > len(stems & _stems(first.words))
    )


def _set_dek(sheet: Sheet, index: int, reason: str) -> None:
    text = " ".join(sheet.lines[index].written.split())
    sheet.dek = f"{sheet.dek} {text}" if sheet.dek else text
    sheet.mark(index, SpanKind.DEK, "structure.dek", reason)
