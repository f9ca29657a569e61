"""Mark sentences that a page shows once more, large, amid the story: the body keeps them where they belong."""

from copydesk.schemas.enums import SpanKind
from copydesk.transforms.clean.marks import Sheet

PULLED_WORDS = range(8, 61)
"""A page pulls a sentence or two; fewer words come twice by chance."""
_CLOSES = tuple('.!?…"”’»')


def mark_pull_quotes(sheet: Sheet) -> None:
    """Mark each line that stands, sign for sign, inside a paragraph of the story that stays.

    A line that the one above announces with a colon is told, not pulled, and who asks twice means to. What begins in
    lower case is a piece of a sentence that a form or a law says again.
    """
    left = sheet.open()
    whole = "\n".join(sheet.lines[index].text for index in left)
    for above, index in zip([None, *left], left, strict=False):
        line = sheet.lines[index]
        if len(line.words) not in PULLED_WORDS or not line.text.endswith(_CLOSES):
            continue
        if _asks(line.text) or _is_piece(line.text):
            continue
        if whole.count(line.text) < 2:
            continue
        if above is not None and sheet.lines[above].text.endswith(":"):
            continue
        source = next((each for each in left if each != index and _holds(sheet, each, line.text)), None)
        if source is not None:
            told = f"stands in the paragraph that begins {sheet.lines[source].text[:60]!r}"
            sheet.mark(index, SpanKind.PULL_QUOTE, "structure.pull-quote", told)


def release_pull_quotes(sheet: Sheet) -> None:
    """Take back the marks of lines whose paragraph has left the story since: their words are nowhere else."""
    left = sheet.open()
    for index, line in enumerate(sheet.lines):
        mark = sheet.marks[index]
        is_pulled = mark is not None and mark.kind is SpanKind.PULL_QUOTE
        if is_pulled and not any(_holds(sheet, each, line.text) for each in left):
            sheet.marks[index] = None


def _asks(text: str) -> bool:
    return text.endswith("?") and text[0].isalpha()


def _is_piece(text: str) -> bool:
    return next(filter(str.isalpha, text), "A").islower()


def _holds(sheet: Sheet, index: int, text: str) -> bool:
    """Whether an open line is a paragraph with more in it than these words."""
    line = sheet.lines[index]
    return sheet.marks[index] is None and line.is_prose and len(line.text) > len(text) and text in line.text
