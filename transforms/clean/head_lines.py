"""What lines above a story look like."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.read_byline import read_byline
from copydesk.transforms.clean.read_dateline import read_dateline
from copydesk.transforms.clean.read_timestamp import is_reading_time, is_timestamp
from copydesk.transforms.credits.is_person_name import GRAMMAR
from copydesk.transforms.text.words import words_of

HEAD_LINES = 14
"""A head longer than this is no head; the median of the development pages is 4 lines."""
_SCORE = re.compile(r"\b\d{1,3} ?[-:–] ?\d{1,3}\b|\A(?:\D+\d{1,3}\b){2,}\W*\Z")
_FRACTION = re.compile(r"\d+[.,]\d+ ?%?")
_MORE_THAN_RESULT = 7
"""Words of letters in a heading that tells more than who won by how much."""
_SAID = re.compile(r"[.!?…][\"'”’»)\]]+\Z")
"""A sentence that ends inside a quotation: the story's first one, not a heading."""
_GOES_ON = words_of("openings", "go_on")
"""Words that no heading ends with."""
STEM_CHARS = 5
_RUNS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_MARKED = re.compile(r"([\u0900-\u0dff]{3,})|(?<![\u0600-\u06ff])(?:[وفبل]?ال)?([\u0600-\u06ff]{3,})")
"""Words of scripts whose signs part them for `find_tokens`, or whose article is written with them."""
_HIRAGANA = re.compile(r"[\u3040-\u309f]+")
_DATELINE_CHARS = 60
_LIST = re.compile(r"(?:\d+[.)]|[-•*])\s")
_TITLE_WORDS = range(2, 31)
_LEDE_WORDS = 6
_TWO_SENTENCES = 14
"""Two sentences of so many words are a paragraph, whatever sign ends them."""


def is_result(text: str) -> bool:
    """Return whether a line is a result ("Harbour 2 Pier 1"), which stands above a story and belongs to it."""
    words = sum(map(str.isalpha, text.replace(":", " ").split()))
    return words < _MORE_THAN_RESULT and _SCORE.search(_FRACTION.sub("", text)) is not None


def is_same(one: Line, other: Line) -> bool:
    """Return whether two lines have the same letters and digits."""
    return _letters(one) == _letters(other) != ""


def _letters(line: Line) -> str:
    return line.letters.replace("_", "")


@lru_cache(maxsize=512)
def is_furniture(line: Line) -> bool:
    """Return whether a line is a time, a byline or a picture's caption."""
    return (
        is_timestamp(line.fold)
        or is_reading_time(line.fold)
        or read_byline(line.text) is not None
        or line.caption is not None
    )


def is_title_like(line: Line) -> bool:
    """Return whether a line could be a title by its form."""
    return (
        line.count in _TITLE_WORDS
        and line.count < 25
        and not (line.count >= _TWO_SENTENCES and line.first_sentence_end < len(line.fold))
        and len(line.text) <= 200
        and not line.fold.endswith((".", ":", ";", ",", "。", "।", "۔", "-", "–", "—"))
        and not line.fold.startswith("(")
        and not _LIST.match(line.text)
        and not _SAID.search(line.text)
        and line.words[-1] not in _GOES_ON
        and not (line.text[:1].isalpha() and line.text[:1].islower())
        and not is_furniture(line)
        and not _is_wired(line.text)
    )


def _is_wired(text: str) -> bool:
    """Whether a line opens as an agency's story does: "Wexmouth (AP) - Will the ferry run?"."""
    dateline = read_dateline(text) if "(" in text[:_DATELINE_CHARS] else None
    return dateline is not None and dateline.agency is not None


def _is_short_lede(line: Line, following: Line) -> bool:
    """Whether a sentence follows what is none."""
    return following.is_closed and following.count >= _LEDE_WORDS and not line.is_closed


def stems_of(lines: Iterable[Line]) -> set[str]:
    """Return the beginnings of the longer words of lines; of scripts without spaces, what some letters in a row say."""
    stems = set()
    for line in lines:
        stems |= {word[:STEM_CHARS] for word in line.words if len(word) >= STEM_CHARS}
        for run in _RUNS.findall(line.text) if not line.fold.isascii() else ():
            chars = 2 if run[0] >= "\u3000" else STEM_CHARS
            stems |= {run[at : at + chars] for at in range(len(run) - chars + 1)}
        stems |= {word[:STEM_CHARS] for words in _MARKED.findall(line.text) for word in words if word}
    return {stem for stem in stems - GRAMMAR if not _HIRAGANA.fullmatch(stem)}


def shared_stems(lines: Sequence[Line], story: Iterable[Line]) -> set[str]:
    """Return the stems of some lines that a story has as well."""
    stems = stems_of(lines)
    if not all(line.fold.isascii() for line in lines):
        return stems & stems_of(story)
    told = "".join(line.spaced for line in story)
    return {stem for stem in stems if f" {stem}" in told}


def goes_on(line: Line) -> bool:
    """Return whether a line begins with a word in lower case: it goes on with what was broken off above it."""
    first = line.text.partition(" ")[0]
    return first.isalpha() and first.islower()


def is_naked_title(line: Line, following: Line) -> bool:
    """Whether a line with no other sign of being a title stands above a story as a title does.

    The same test finds a dek below a known title, so that cleaning a body again finds nothing new.
    """
    return (
        is_title_like(line)
        and line.count >= 4
        and (following.is_prose or _is_short_lede(line, following))
        and not goes_on(following)
        and not is_result(line.text)
    )
