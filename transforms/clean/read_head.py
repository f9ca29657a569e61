"""Read what stands before the story: title, its repetition, dek, byline, time, pictures."""

import re
from collections.abc import Sequence

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.head_lines import HEAD_LINES, is_furniture
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.mark_dek import mark_dek
from copydesk.transforms.clean.mark_names import mark_names
from copydesk.transforms.clean.mark_title import mark_title
from copydesk.transforms.clean.marks import Sheet
from copydesk.transforms.clean.read_byline import read_bare_byline, read_byline
from copydesk.transforms.clean.read_timestamp import is_reading_time, is_timestamp
from copydesk.transforms.credits.name_office import reads_as_office
from copydesk.transforms.records import Extracted
from copydesk.transforms.rules.records import Zone

_NAME_AND_HOUSE = re.compile(r"[A-Z][\w.'’-]+(?: [\w.'’-]+){1,3}, [A-Z][\w.&'’ -]+\Z")
_QUOTED = re.compile(r"[\"”»]\W*\Z")


def read_head(sheet: Sheet, extracted: Extracted) -> None:
    """Mark the head lines of `sheet` and note title, dek, authors and images in it."""
    _mark_navigation(sheet)
    mark_title(sheet, extracted)
    head = _head(sheet)
    for index in head:
        _mark_furniture(sheet, index)
    mark_names(sheet, head, extracted)
    mark_dek(sheet, extracted)


def _mark_navigation(sheet: Sheet) -> None:
    """Mark what head rules give away above the first paragraph, before anything there is taken for the title."""
    for index in sheet.open()[:HEAD_LINES]:
        if sheet.lines[index].is_prose:
            return
        rule = sheet.rule_in(index, Zone.HEAD)
        if rule is not None and not sheet.judgements[index].guard:
            sheet.mark(index, rule.kind, rule.rule_id, f"matches in the head: {sheet.lines[index].text[:80]}")


def _start(sheet: Sheet) -> int:
    """Return the index of the first line of the story, or of the line behind the head's last possible one."""
    opening = sheet.open()[: HEAD_LINES + 1]
    for place, index in enumerate(opening):
        line = sheet.lines[index]
        if index in sheet.date_headings:
            return index
        if line.is_prose and not is_furniture(line) and not _is_above_furniture(sheet, opening[place + 1 :]):
            return index
    return opening[-1] if opening else 0


def _is_above_furniture(sheet: Sheet, following: list[int]) -> bool:
    """Whether a byline or time stands below, with at most one line of no prose between: then it is no story yet."""
    named = 0
    for place, index in enumerate(following[:4]):
        line = sheet.lines[index]
        if place > 1 + named:
            return False
        named += read_bare_byline(line.text) is not None or reads_as_office(line.text)
        if index in sheet.date_headings:
            return False
        if is_timestamp(line.fold) or read_byline(line.text) is not None:
            return True
        if line.is_prose:
            return False
    return False


def _head(sheet: Sheet) -> list[int]:
    start = _start(sheet)
    return [index for index in sheet.open() if index < start]


def _mark_furniture(sheet: Sheet, index: int) -> None:
    if not sheet.is_free(index):
        return
    line = sheet.lines[index]
    authors = read_byline(line.text)
    if authors is not None:
        sheet.add_authors(authors)
        sheet.mark(index, SpanKind.BYLINE, "structure.byline", "a label and names above the story")
    elif is_reading_time(line.fold) or is_timestamp(line.fold):
        sheet.mark(index, SpanKind.TIMESTAMP, "structure.timestamp", "only a date or time above the story")
    elif (names := _credited(sheet, index)) is not None:
        sheet.add_authors(names)
        sheet.mark(index, SpanKind.BYLINE, "structure.byline", "names and a house below the title")
    else:
        _mark_caption(sheet, index)


def _credited(sheet: Sheet, index: int) -> tuple[str, ...] | None:
    """Return the names of a line right below the title that is nothing but a name and an agency or house."""
    line, above = sheet.lines[index], sheet.marks[index - 1] if index else None
    if above is None or above.kind not in {SpanKind.TITLE_LINE, SpanKind.DEK} or "/" in line.text:
        return None
    is_credit = line.caption is not None and line.caption.caption is None
    return (read_bare_byline(line.text) or None) if is_credit else None


def _mark_caption(sheet: Sheet, index: int) -> None:
    image = sheet.lines[index].caption
    if image is not None and not _is_attribution(sheet.lines[max(0, index - 1) : index + 1]):
        sheet.images.append(image)
        why = f"bears a credit: {image.credit}" if image.credit else "says who stands where, or has a button"
        sheet.mark(index, SpanKind.CAPTION, "structure.caption", why)


def _is_attribution(lines: Sequence[Line]) -> bool:
    """Whether the last of two lines names who said what the first one quotes ("Ann Petrel, Bloomberg")."""
    above, line = lines[0], lines[-1]
    return _NAME_AND_HOUSE.match(line.text) is not None and _QUOTED.search(above.text) is not None


def mark_captions(sheet: Sheet) -> None:
    """Mark picture captions with a credit anywhere below the head."""
    for index in sheet.open():
        if sheet.is_free(index):
            _mark_caption(sheet, index)
