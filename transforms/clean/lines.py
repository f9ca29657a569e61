"""Split extracted text into the lines that cleaning judges: paragraphs, headings, leftovers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from unicodedata import normalize

from copydesk.transforms.clean.read_caption import read_caption
from copydesk.transforms.clean.reported_clause import is_announced, reported_clause
from copydesk.transforms.records import Image, LineEvidence
from copydesk.transforms.rules.fold import blank_quotations, find_tokens, fold
from copydesk.transforms.text.count_words import count_words
from copydesk.transforms.text.once import Once
from copydesk.transforms.text.words import any_of

SAYING = re.compile(rf"\b{any_of('sayings', 'said')}\b")
SAYING_WORDS = frozenset(find_tokens(re.sub(r"\\b|\?|\[n\]", " ", SAYING.pattern))) | {"sagte", "erklarten"}
SAYING_WORDS -= {"a", "to", "ha"}
_SAYING_ALONE = SAYING_WORDS - {"according", "declare", "detto", "spiegato"}
SEAM = re.compile(r"[.!?…][\"')\]]*\s+(?=\S)")
_STOP = re.compile(r"[.!?…:;。！？।۔؟][\"')\]」』]*(?: ?[(\[（【][^()\[\]（）【】]{2,30}[)\]）】]\.?)?\Z")
"""A sentence's end, and the sign of an agency or writer behind it."""
_OTHER_SCRIPTS = re.compile(r"[\u0590-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts of which `find_tokens` makes more words or fewer: without spaces, or with signs above and below."""
_WRAP_WIDTHS = range(56, 101)
_SENTENCE_WORDS = 4


@dataclass(eq=False)
class Line:
    """One line, [start, end) in the text without the white space around it.

    `written` is as it stands there; `text` has its decomposed letters as one (NFC), for matching. `fold` is `text` as
    patterns see it, of the same length; `words` are its words in order. Never changed, though not frozen: 40 are made
    for a text, and each field of a frozen one costs a call.
    """

    start: int
    end: int
    text: str
    evidence: LineEvidence | None = None
    is_joined: bool = False
    """No empty line stands before it, in a text whose paragraphs stand apart."""
    written: str = field(init=False)
    fold: str = field(init=False)
    words: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.written = self.text
        self.text = normalize("NFC", self.text)
        self.fold = fold(self.text)
        self.words = find_tokens(self.fold)

    def at(self, count: int) -> int:
        """Return how many characters of `written` the first `count` of `text` are."""
        if len(self.written) == len(self.text):
            return count
        ends = range(count, len(self.written) + 1)
        return next(end for end in ends if normalize("NFC", self.written[:end]) == self.text[:count])

    @Once
    def letters(self) -> str:
        """The folded text without white space and signs."""
        return "".join(self.words)

    @Once
    def spaced(self) -> str:
        """The words with a blank around each: of several lines joined, what words begin with is sought in C."""
        return f" {' '.join(self.words)} "

    @Once
    def caption(self) -> Image | None:
        """Caption and credit where the line ends in a picture's credit."""
        return read_caption(self.text)

    @Once
    def unquoted(self) -> str:
        """The folded text with quotations blanked: what others say is never the outlet's own appeal."""
        return blank_quotations(self.fold)

    @Once
    def is_reported(self) -> bool:
        """Whether the line tells what somebody said; an outlet's own leftover does not."""
        if self.has_clause or is_announced(self.fold):
            return True
        if SAYING_WORDS.isdisjoint(self.words):
            return False
        if self.unquoted == self.fold and not _SAYING_ALONE.isdisjoint(self.words):
            return True
        return SAYING.search(self.unquoted) is not None

    @Once
    def has_clause(self) -> bool:
        """Whether the line names behind a comma who says it."""
        return reported_clause(self.unquoted, self.words)

    @Once
    def first_sentence_end(self) -> int:
        """Where the second sentence begins; a leftover that begins later is glued to a paragraph.

        A short question at the beginning belongs to the sentence that answers it ("Want more? Sign up.").
        """
        seams = [seam.end() for seam in islice(SEAM.finditer(self.fold), 2)]
        if seams and self.fold[: seams[0]].rstrip().endswith("?") and self.fold[: seams[0]].count(" ") <= 14:
            seams.pop(0)
        return seams[0] if seams else len(self.fold)

    @property
    def is_short(self) -> bool:
        """Whether the line is a prompt's length rather than a paragraph's."""
        return len(self.words) <= 18

    @Once
    def count(self) -> int:
        """How many words the line has, in any script."""
        return count_words(self.text) if _OTHER_SCRIPTS.search(self.text) else len(self.words)

    @Once
    def is_closed(self) -> bool:
        """Whether the line ends as a sentence ends."""
        return _STOP.search(self.fold) is not None

    @Once
    def is_prose(self) -> bool:
        """Whether the line reads like a paragraph: a full sentence, or long."""
        return self.count >= 25 or (self.count >= 10 and self.is_closed)

    @property
    def is_sentence(self) -> bool:
        """Whether the line reads like a paragraph, or like a short sentence."""
        return self.is_prose or (self.is_closed and self.count >= _SENTENCE_WORDS)


def is_listed(lines: Sequence[Line], at: int) -> bool:
    """Whether only short lines stand between a line, short itself, and a paragraph above that ends with a colon."""
    above = at
    while above >= 0 and not lines[above].is_prose:
        above -= 1
    return 0 <= above < at and lines[above].text.endswith(":")


def _physical(text: str) -> list[tuple[int, int]]:
    """Return the rows of a text without the white space around them; a blank one is empty."""
    rows, at = [], 0
    for piece in text.splitlines(keepends=True):
        end = at + len(piece.rstrip())
        at += len(piece)
        rows.append((at - len(piece.lstrip()), end) if end > at - len(piece) else (at, at))
    return rows


def _width(text: str, rows: list[tuple[int, int]]) -> int | None:
    """Return the width at which `text` is hard-wrapped, or None.

    Wrapped greedily at a width, a line that goes on in the next one could not have taken its first word.
    """
    followed = (rows[i] for i in range(len(rows) - 1) if rows[i + 1][0] < rows[i + 1][1])
    width = max((end - start for start, end in followed), default=0)
    if width not in _WRAP_WIDTHS:
        return None
    runs = sum(_goes_on(text, rows[i], rows[i + 1], width) for i in range(len(rows) - 1))
    near = sum(end - start > width - 12 for start, end in rows)
    return width if runs >= 6 and near >= 6 and runs * 3 >= sum(start < end for start, end in rows) else None


def _goes_on(text: str, row: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    if row[0] == row[1] or following[0] == following[1]:
        return False
    first_word = text[following[0] : following[1]].split(maxsplit=1)[0]
    return row[1] - row[0] + 1 + len(first_word) > width


def split_lines(text: str, evidence: tuple[LineEvidence, ...] = ()) -> list[Line]:
    r"""Return the lines of `text` that hold anything, in order; hard-wrapped lines are joined first.

    `evidence` is parallel to `text.split("\n")` or empty.
    """
    rows = _physical(text)
    width = None if evidence else _width(text, rows)
    if width:
        rows = _joined(text, rows, width)
    if not evidence:
        return _apart(text, [(start, end) for start, end in rows if start < end])
    return list(_with_evidence(text, [(start, end) for start, end in rows if start < end], evidence))


def _apart(text: str, rows: list[tuple[int, int]]) -> list[Line]:
    gaps = [text.count("\n", rows[i][1], rows[i + 1][0]) for i in range(len(rows) - 1)]
    is_apart = sum(gap >= 2 for gap in gaps) > 0.6 * len(gaps)
    joined = [False, *(is_apart and gap == 1 for gap in gaps)]
    return [
        Line(start, end, text[start:end], is_joined=is_joined)
        for (start, end), is_joined in zip(rows, joined, strict=False)
    ]


def _with_evidence(
    text: str, rows: list[tuple[int, int]], evidence: tuple[LineEvidence, ...]
) -> Iterator[Line]:
    at = number = 0
    for start, end in rows:
        number += text.count("\n", at, start)
        at = start
        yield Line(start, end, text[start:end], evidence[number])


def _joined(text: str, rows: list[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    goes_on = False
    for index, row in enumerate(rows):
        if goes_on:
            out[-1] = (out[-1][0], row[1])
        else:
            out.append(row)
        goes_on = index + 1 < len(rows) and _goes_on(text, row, rows[index + 1], width)
    return out
