"""Mark the names of authors that stand without a label: below a title, beside a time, above what they are."""

import re

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.marks import Sheet
from copydesk.transforms.clean.read_byline import OTHER_SCRIPTS, read_bare_byline
from copydesk.transforms.credits.name_office import reads_as_office
from copydesk.transforms.records import Extracted
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.text.words import words_of

_HEADS = frozenset({SpanKind.TITLE_LINE, SpanKind.DUPLICATE_TITLE, SpanKind.DEK, SpanKind.BYLINE})
LEAST_PARAGRAPHS = 2
_LINES_BELOW = 4
"""Lines below a name and its office, of which one opens the story: a house and a picture may stand between."""
_PORTRAIT_LINES = 4
_LEAST_CHARS = 4
"""A shorter word of a name is looked for nowhere."""
_LOWER_CHARS = 5
"""A shorter word of a name may stand in small letters by chance ("will")."""
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9]")
_VIETNAMESE_SHARE = 0.03
"""Of a story's signs; names are words there and half of its people share a surname: only a whole name tells of one."""
_OF_HEADINGS = words_of("no_names", "headings")
"""Words of which two with capitals are a heading ("Key Facts"), however little the story says of them."""


def mark_names(sheet: Sheet, head: list[int], extracted: Extracted) -> None:
    """Mark lines of bare names above the story, and what stands below them of their office or house."""
    if sheet.title is None:
        return
    for index in head[:8]:
        line = sheet.lines[index]
        if not sheet.is_free(index):
            continue
        above = sheet.marks[index - 1] if index else None
        if above is not None and above.kind is SpanKind.BYLINE and reads_as_office(line.text):
            sheet.mark(index, SpanKind.BYLINE, "structure.byline", "an office or house below a byline")
            continue
        names = read_bare_byline(line.text)
        if sheet.authors and line.text.isupper():  # a rubric, where a byline stands as well
            continue
        why = None if names is None else _why_author(sheet, index, names, extracted)
        if names is not None and why:
            sheet.add_authors(names)
            sheet.mark(index, SpanKind.BYLINE, "structure.byline", why)


def _why_author(sheet: Sheet, index: int, names: tuple[str, ...], extracted: Extracted) -> str | None:
    beside = [mark.kind for mark in sheet.marks[max(0, index - 1) : index + 3] if mark]
    is_other = OTHER_SCRIPTS.match(sheet.lines[index].text) is not None
    if not names or any(sheet.lines[index].letters == Line(0, 0, name).letters for name in extracted.authors):
        return "the newsroom, or names that the page declares"
    if SpanKind.TIMESTAMP in beside and not (is_other and _is_told(sheet, index, names)):
        return "names beside the time of publication"
    is_head = index == 0 or ((mark := sheet.marks[index - 1]) is not None and mark.kind in _HEADS)
    return "names between title and story" if is_head and who_wrote(sheet, index) else None


def who_wrote(sheet: Sheet, index: int) -> tuple[str, ...]:
    """Return the names of a line without a label that a story follows which tells of nobody of these names."""
    names = read_bare_byline(sheet.lines[index].text)
    if not names or _is_told(sheet, index, names) or _is_heading(names):
        return ()
    following = [sheet.lines[at] for at in sheet.open() if at > index][:_LINES_BELOW]
    if following and following[0].is_sentence:
        return names
    return (
        names
        if following and reads_as_office(following[0].text) and any(line.is_sentence for line in following)
        else ()
    )


def signatory(sheet: Sheet, index: int) -> tuple[str, ...]:
    """Return the names of a line that ends a text of paragraphs; below a quotation it is whose words these are."""
    *above, last = sheet.open()
    is_ending = last == index and len(above) >= LEAST_PARAGRAPHS
    if not is_ending or not all(sheet.lines[at].is_closed for at in above[-2:]):
        return ()
    names = read_bare_byline(sheet.lines[index].text)
    is_said = sheet.lines[above[-1]].text[-1] in '"”’»)'
    if not names or is_said or _EAST_ASIAN.match(names[0]):  # any few signs there look like a name
        return ()
    return () if _is_told(sheet, index, names) or _is_heading(names) else names


def _is_heading(names: tuple[str, ...]) -> bool:
    return any(not _OF_HEADINGS.isdisjoint(fold(name).split()) for name in names)


def _is_told(sheet: Sheet, index: int, names: tuple[str, ...]) -> bool:
    """Whether the line stands once more in the text, or the story has a surname or, in small letters, a word of it."""
    line, others = sheet.lines[index], [*sheet.lines[:index], *sheet.lines[index + 1 :]]
    if any(other.letters == line.letters for other in others):
        return True
    told = others[: -min(_PORTRAIT_LINES, len(others))] + [
        other for other in others[-min(_PORTRAIT_LINES, len(others)) :] if not other.text.startswith(names)
    ]  # what begins with an author's whole name at the end is a portrait
    story = "\n".join(
        other.text for other in told if (other.is_prose or other.is_closed) and other.caption is None
    )
    return any(_tells_of(story, name) for name in names)


def _tells_of(story: str, name: str) -> bool:
    if _EAST_ASIAN.search(name):
        bare = "".join(name.split())
        return any(bare[at : at + 2] in story for at in range(len(bare) - 1))
    words = name.split()
    if len(_VIETNAMESE.findall(story)) > _VIETNAMESE_SHARE * len(story):
        return name in story
    if name.isupper():
        return any(
            word[:_LOWER_CHARS].lower() in story.lower() for word in words if len(word) >= _LEAST_CHARS
        )
    if OTHER_SCRIPTS.match(name):
        return any(word[: max(4, len(word) - 2)] in story for word in words if len(word) >= _LEAST_CHARS)
    lowered = [word.lower() for word in words if len(word) >= _LOWER_CHARS]
    return words[-1] in story or any(re.search(rf"\b{re.escape(word)}\b", story) for word in lowered)
