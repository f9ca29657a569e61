"""Read what stands before the story: title, its repetition, dek, byline, time, pictures."""

import re

from functools import lru_cache

from schemas.enums import SpanKind
from transforms.clean.lines import Line
from transforms.clean.marks import Mark, Sheet
from transforms.clean.read_byline import read_bare_byline, read_byline
from transforms.clean.read_caption import read_caption
from transforms.clean.read_dateline import read_dateline
from transforms.clean.read_timestamp import is_reading_time, is_timestamp
from transforms.records import Extracted
from transforms.rules.records import Zone

_HEAD_LINES = 14
"""A head longer than this is no head; the median of the development pages is 4 lines."""
_SCORE = re.compile(r"\b\d{1,3} ?[-:–] ?\d{1,3}\b|\A(?:\D+\d{1,3}\b){2,}\W*\Z")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+\S+(?:\s\S+){0,4}\Z")
_LIST = re.compile(r"(?:\d+[.)]|[-•*])\s")
_TITLE_WORDS = range(3, 31)


def read_head(sheet: Sheet, extracted: Extracted) -> None:
    """Mark the head lines of `sheet` and note title, dek, authors and images in it."""
    _mark_navigation(sheet)
    _mark_title(sheet, extracted)
    head = _head(sheet)
    for index in head:
        _mark_furniture(sheet, index)
    _mark_names(sheet, head, extracted)
    _mark_dek(sheet, extracted)
    _mark_twins(sheet)


def _mark_navigation(sheet: Sheet) -> None:
    """Mark what head rules give away above the first paragraph, before anything there is taken for the title."""
    for index in sheet.open()[:_HEAD_LINES]:
        rule = sheet.judgements[index].by_zone.get(Zone.HEAD)
        if sheet.lines[index].is_prose:
            return
        if rule is not None and sheet.judgements[index].guard is None:
            sheet.marks[index] = Mark(
                rule.kind, rule.rule_id, f"matches in the head: {sheet.lines[index].text[:80]}"
            )


def _start(sheet: Sheet) -> int:
    """Return the index of the first line of the story, or of the line behind the head's last possible one."""
    opening = sheet.open()[: _HEAD_LINES + 1]
    for place, index in enumerate(opening):
        line = sheet.lines[index]
        if line.is_prose and not _is_furniture(line) and not _is_above_furniture(sheet, opening[place + 1 :]):
            return index
    return opening[-1] if opening else 0


@lru_cache(maxsize=512)
def _is_furniture(line: Line) -> bool:
    return (
        is_timestamp(line.fold)
        or is_reading_time(line.fold)
        or read_byline(line.text) is not None
        or read_caption(line.text) is not None
    )


def _is_above_furniture(sheet: Sheet, following: list[int]) -> bool:
    """Whether a byline or time stands within two lines below: then the line above it is no story yet."""
    return any(
        is_timestamp(sheet.lines[index].fold) or read_byline(sheet.lines[index].text) is not None
        for index in following[:2]
    )


def _head(sheet: Sheet) -> list[int]:
    start = _start(sheet)
    return [index for index in sheet.open() if index < start]


def _same(a: str, b: str) -> bool:
    return "".join(filter(str.isalnum, a)) == "".join(filter(str.isalnum, b)) != ""


def _is_title_like(line: Line) -> bool:
    return (
        len(line.words) in _TITLE_WORDS
        and not (len(line.words) >= 25 and line.is_prose)
        and len(line.text) <= 200
        and not line.fold.endswith((".", ":", ";", ","))
        and not line.fold.startswith("(")
        and not _LIST.match(line.text)
        and not (line.text[:1].isalpha() and line.text[:1].islower())
        and not _is_furniture(line)
    )


def _is_naked_title(line: Line, following: Line) -> bool:
    """Whether a line with no other sign of being a title stands above a story as a title does.

    The same test finds a dek below a known title, so that cleaning a body again finds nothing new.
    """
    return (
        _is_title_like(line)
        and len(line.words) >= 4
        and following.is_prose
        and not _SCORE.search(line.text)
        and not (line.fold.startswith(('"', "'")) and line.fold.endswith(('"', "'")))
        and not line.fold.startswith(("- ", "q ", "q:"))
    )


def _mark_title(sheet: Sheet, extracted: Extracted) -> None:
    opening = sheet.open()[:_HEAD_LINES]
    known = sheet.title or extracted.title
    if known:
        _mark_known_title(sheet, known, opening)
        return
    if not opening:
        return
    first, rest = opening[0], opening[1:]
    reason = _why_title(sheet, first, rest)
    if reason is None:
        return
    _set_title(sheet, first, reason)
    _mark_repeats(sheet, sheet.lines[first].text, rest)


def _why_title(sheet: Sheet, first: int, rest: list[int]) -> str | None:
    line = sheet.lines[first]
    twin = [
        i
        for i in rest[:8]
        if _same(sheet.lines[i].fold, line.fold) or _is_page_title(sheet.lines[i], line.text)
    ]
    if twin and len(line.words) >= 2 and not line.is_prose:
        return "first line, confirmed by a second identical line"
    if not rest or not _is_title_like(line):
        return None
    if _stands_over_furniture(sheet, rest[:3]):
        return "first line, above byline, time or picture"
    follower = sheet.lines[rest[0]]
    if first > 0 and follower.is_prose and not _SCORE.search(line.text):
        return "first line after a leftover of navigation"
    if _is_naked_title(line, follower):
        return "first line, a heading above the first paragraph"
    return None


def _stands_over_furniture(sheet: Sheet, rest: list[int]) -> bool:
    """Whether a byline, time or picture follows before the first paragraph."""
    for index in rest:
        if _is_furniture(sheet.lines[index]):
            return sheet.is_free(index)
        if sheet.lines[index].is_prose:
            return False
    return False


def _set_title(sheet: Sheet, index: int, reason: str) -> None:
    sheet.title = " ".join(sheet.lines[index].text.split())
    sheet.marks[index] = Mark(SpanKind.TITLE_LINE, "structure.title", reason)


def _mark_repeats(sheet: Sheet, title: str, rest: list[int]) -> None:
    for index in rest:
        if _same(sheet.lines[index].fold, Line(0, 0, title).fold) or _is_page_title(
            sheet.lines[index], title
        ):
            sheet.marks[index] = Mark(
                SpanKind.DUPLICATE_TITLE, "structure.duplicate-title", "repeats the title"
            )


def _mark_twins(sheet: Sheet) -> None:
    """Mark what repeats the heading above the story: the heading itself may stay, once."""
    opening = sheet.open()[:9]
    if opening and sheet.title and not sheet.lines[opening[0]].is_prose:
        _mark_repeats(sheet, sheet.lines[opening[0]].text, opening[1:])


def _is_page_title(line: Line, title: str) -> bool:
    """Whether a line is the title with the outlet's name behind a bar or dash."""
    start, _, rest = line.text.partition(title)
    return not start and bool(_SITE_NAME.match(rest))


def _mark_known_title(sheet: Sheet, title: str, opening: list[int]) -> None:
    """Mark the lines that repeat the title that the page declares, with or without the site's name behind it."""
    sheet.title = title
    wanted = Line(0, 0, title)
    found = any(mark and mark.kind is SpanKind.TITLE_LINE for mark in sheet.marks)
    for index in opening:
        line = sheet.lines[index]
        if not _same(line.fold, wanted.fold) and not _is_most_of(line, wanted):
            continue
        if found:
            sheet.marks[index] = Mark(
                SpanKind.DUPLICATE_TITLE, "structure.duplicate-title", "repeats the title"
            )
        else:
            sheet.marks[index] = Mark(SpanKind.TITLE_LINE, "structure.title", "repeats the page's title")
        found = True


def _is_most_of(line: Line, title: Line) -> bool:
    """Whether a heading line is the declared title up to a word or the name of the site."""
    if line.is_prose or len(line.words) < 4:
        return False
    shared = set(line.words) & set(title.words)
    return len(shared) >= 0.8 * max(len(set(line.words)), 0.8 * len(set(title.words)))


def _mark_furniture(sheet: Sheet, index: int) -> None:
    if not sheet.is_free(index):
        return
    line = sheet.lines[index]
    authors = read_byline(line.text)
    if authors is not None:
        sheet.authors = (*sheet.authors, *(name for name in authors if name not in sheet.authors))
        sheet.marks[index] = Mark(SpanKind.BYLINE, "structure.byline", "a label and names above the story")
    elif is_reading_time(line.fold) or is_timestamp(line.fold):
        sheet.marks[index] = Mark(
            SpanKind.TIMESTAMP, "structure.timestamp", "only a date or time above the story"
        )
    else:
        _mark_caption(sheet, index)


def _mark_caption(sheet: Sheet, index: int) -> None:
    image = read_caption(sheet.lines[index].text)
    if image is not None:
        sheet.images.append(image)
        sheet.marks[index] = Mark(SpanKind.CAPTION, "structure.caption", f"ends in a credit: {image.credit}")


def mark_captions(sheet: Sheet) -> None:
    """Mark picture captions with a credit anywhere below the head."""
    for index in sheet.open():
        if sheet.is_free(index) and len(sheet.lines[index].words) <= 60:
            _mark_caption(sheet, index)


def _set_dek(sheet: Sheet, index: int, reason: str) -> None:
    text = " ".join(sheet.lines[index].text.split())
    sheet.dek = f"{sheet.dek} {text}" if sheet.dek else text
    sheet.marks[index] = Mark(SpanKind.DEK, "structure.dek", reason)


def _mark_dek(sheet: Sheet, extracted: Extracted) -> None:
    """Mark a standfirst between title and story; without a title there is none."""
    if sheet.title is None:
        return
    title_at = next((i for i, m in enumerate(sheet.marks) if m and m.kind is SpanKind.TITLE_LINE), None)
    opening = [i for i in sheet.open()[:4] if title_at is None or i > title_at]
    if not opening:
        return
    reason = _why_dek(sheet, opening, extracted)
    if reason:
        _set_dek(sheet, opening[0], reason)


def _why_dek(sheet: Sheet, opening: list[int], extracted: Extracted) -> str | None:
    first = sheet.lines[opening[0]]
    following = sheet.lines[opening[1]] if len(opening) > 1 else None
    if sheet.judgements[opening[0]].guard:
        return None
    if extracted.dek and _same(first.fold, Line(0, 0, extracted.dek).fold):
        return "repeats the page's description"
    # A page names its standfirst; what it does not name so is the story's first line.
    if following is None or len(first.words) > 90 or extracted.lines:
        return None
    if read_dateline(following.text) and not read_dateline(first.text) and len(first.words) >= 4:
        return "between the title and a dateline"
    if (
        _stands_above_furniture(sheet, opening[0], opening[1])
        and len(first.words) >= 4
        and not _SCORE.search(first.text)
    ):
        return "between the title and byline, time or picture"
    if _is_naked_title(first, following):
        return "a heading between the title and the first paragraph"
    if _follows_second_title(sheet, opening[0]) and _leads_less(sheet.title or "", first, following):
        return "between the repeated title and a paragraph that takes the title up"
    return None


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
        len(first.words) <= 30
        and len(following.words) > len(first.words)
        and len(stems & _stems(following.words)) > len(stems & _stems(first.words))
    )


def _mark_names(sheet: Sheet, head: list[int], extracted: Extracted) -> None:
    """Mark a line of bare names beside a byline's place: next to a time, or the names the page declares."""
    for index in head[:8]:
        if not sheet.is_free(index):
            continue
        line = sheet.lines[index]
        authors = read_bare_byline(line.text)
        if authors is None or sheet.title is None:
            continue
        beside = [m.kind for m in sheet.marks[max(0, index - 1) : index + 3] if m]
        declared = any(_same(line.fold, Line(0, 0, name).fold) for name in extracted.authors)
        if declared or SpanKind.TIMESTAMP in beside:
            sheet.authors = (*sheet.authors, *(name for name in authors if name not in sheet.authors))
            sheet.marks[index] = Mark(
                SpanKind.BYLINE, "structure.byline", "names beside the time of publication"
            )
