"""Measures the lines that are left of a text, a column a witness: form, place, neighbours, and ties to the rest."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise, takewhile

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.clean.lines import Line
from copydesk.transforms.line_model.read_letters import (
    DIGIT,
    LETTER,
    QUOTE,
    SIGN,
    SPACE,
    STOP,
    UPPER,
    read_letters,
)

Columns = dict[str, NDArray[np.generic]]
AskedLines = tuple[Sequence[Line], Sequence[int]]
"""The lines of a text, and the places of those that are asked for."""

_SHORT_WORDS = 12
_MOST_RUN = 20
_STEM_CHARS = 6
_CLOSED = re.compile(r"[.!?…][\"'“”’»)\]]*\Z")
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|org|net|co|ly)\b|@\w|(?:^|\s)[#@]\w")
_OURS = (
    "i we our us my me wir uns unser unsere nous notre nos noi nostro nosotros nuestro nuestra nossa nosso"
)
_YOURS = "you your yours sie ihr ihre vous votre vos usted su tu tuo voce seu sua jij jouw uw"
_OUR_WORDS, _YOUR_WORDS = frozenset(_OURS.split()), frozenset(_YOURS.split())


_AROUND = (
    *("lines above", "lines below", "place", "text above", "prose above", "prose below", "prose"),
    *("words above", "words below", "words above that", "words below that"),
    *("full stop above", "full stop below", "colon above", "short lines above", "short lines below"),
    *("words in the rest", "words in the line above", "words in the line below"),
    *("said twice", "stands in another line"),
)
_COUNTS = ("words above", "words below", "words above that", "words below that")
_LABEL = re.compile(r"[^\s:][^:.!?]{1,45}?:(?=\s?[\w\"'“‘])")
_GLUED = re.compile(r"[^\W\d_]:[^\W\d_\s\"'“‘]")
_NAMES_BEHIND = re.compile(r"[.!?…][\"'”’)\]]*\s+((?:[A-Z][\w.'’/&-]*\s*){1,6})\Z")
_TWO_NAMES = re.compile(r"[A-Z][\w.]+/\s?[A-Z]")
_CLOCK = re.compile(r"\d{1,2}:\d\d\s*\Z")
_CHANGE = re.compile(r"(?<!\S)[+-]\d|\d%")
_PORTRAIT = re.compile(r"\W*(?:[A-Z][\w.'’-]*\s+){2,4}(?:is|was|are|has|ist|est|es|é|è)\s")
_CONTACT = re.compile(r"\S@\S+\.\w|\d{3}[-.]\d{3}[-.]\d{4}|\(\d{3}\) \d{3}")
_GAPS = re.compile(r"\.\.\.|…")


def measure_lines(texts: Iterable[AskedLines]) -> Columns:
    """Return the columns of the lines that are asked for, those of one text after those of another."""
    asked = list(texts)
    form = _form([lines[at] for lines, places in asked for at in places])
    around = np.array([row for lines, places in asked for row in _around(lines, places)], float)
    columns = form | dict(zip(_AROUND, around.T, strict=True))
    for name in _COUNTS:
        columns[name] = np.where(columns[name] < 0, -1.0, np.log1p(np.maximum(columns[name], 0)))
    return columns


def _form(lines: Sequence[Line]) -> Columns:
    texts = [line.text for line in lines]
    letters = read_letters(texts)
    chars = np.maximum(letters.ends - letters.starts, 1)
    begins = ((letters.kinds & LETTER) > 0) & np.append(True, (letters.kinds[:-1] & SPACE) > 0)
    seams = ((letters.kinds[:-1] & STOP) > 0) & ((letters.kinds[1:] & SPACE) > 0)
    return {
        "chars": np.log1p(chars),
        "words": np.log1p([len(line.words) for line in lines]),
        "capitals": letters.count(UPPER) / chars,
        "digits": letters.count(DIGIT) / chars,
        "signs": letters.count(SIGN) / chars,
        "capital words": letters.sum_lines(begins & ((letters.kinds & UPPER) > 0))
        / np.maximum(letters.sum_lines(begins), 1),
        "sentences": np.minimum(letters.sum_lines(np.append(seams, False)), 8),
        "quotation marks": np.minimum(letters.count(QUOTE), 3),
        "full stop": np.array([_CLOSED.search(text) is not None for text in texts]),
        "colon": np.array([text.endswith(":") for text in texts]),
        "ends quoted": np.array([text[-1:] in '"”’»' for text in texts]),
        "begins small": np.array([text[:1].islower() for text in texts]),
        "begins with a sign": np.array([not text[:1].isalnum() for text in texts]),
        "address": np.array([_ADDRESS.search(line.fold) is not None for line in lines]),
        "bar or bullet": np.array([any(sign in text for sign in "|»•") for text in texts]),
        "in brackets": np.array([text[:1] in "([" and text.rstrip(".")[-1:] in ")]" for text in texts]),
        "question": np.array(["?" in text for text in texts]),
        "exclamation": np.array(["!" in text for text in texts]),
        "we": np.array([not _OUR_WORDS.isdisjoint(line.words) for line in lines]),
        "you": np.array([not _YOUR_WORDS.isdisjoint(line.words) for line in lines]),
        "label": np.array([_label(text) for text in texts]),
        "names behind": np.array([_names_behind(text) for text in texts]),
        "two names": np.array([_TWO_NAMES.search(text) is not None for text in texts]),
        "ends with a time": np.array([_CLOCK.search(text) is not None for text in texts]),
        "changes": np.array([min(len(_CHANGE.findall(text)), 6) for text in texts]),
        "portrait": np.array([_PORTRAIT.match(text) is not None for text in texts]),
        "contact": np.array([_CONTACT.search(text) is not None for text in texts]),
        "gaps": np.array([_GAPS.search(text) is not None for text in texts]),
        "says itself again": np.array([_again(line.words) for line in lines]),
    }


def _label(text: str) -> int:
    found = _LABEL.match(text)
    if found is None or found.group().count(" ") > 5:
        return 0
    return 2 if _GLUED.match(text, found.end() - 2) else 1


def _names_behind(text: str) -> int:
    found = _NAMES_BEHIND.search(text)
    return found.group(1).count(" ") + 1 if found else 0


def _again(words: Sequence[str]) -> float:
    pairs = list(pairwise(words))
    return 1 - len(set(pairs)) / len(pairs) if len(pairs) > 4 else 0.0


def _around(lines: Sequence[Line], places: Sequence[int]) -> Iterator[tuple[float, ...]]:
    """Yield what stands around the lines at some places of a text, and what ties them to it: _AROUND."""
    if not places:
        return
    prose = [0, *accumulate(line.is_prose for line in lines)]
    chars = [0, *accumulate(line.end - line.start for line in lines)]
    letters = [line.letters for line in lines]
    whole = "\n".join(letters)
    for at in places:
        line, own, above, below = lines[at], _stems(lines[at]), lines[:at][::-1], lines[at + 1 :]
        size, twins = max(1, len(own)), letters.count(letters[at])
        rest = "".join(other.spaced for other in (*above, *below))
        yield (
            min(at, 30),
            min(len(below), 30),
            at / max(1, len(lines) - 1),
            chars[at] / max(1, chars[-1]),
            min(prose[at], 20),
            min(prose[-1] - prose[at + 1], 20),
            line.is_prose,
            *(_beside(lines, at + by, _words) for by in (-1, 1, -2, 2)),
            *(_beside(lines, at + by, _is_closed) for by in (-1, 1)),
            _beside(lines, at - 1, _ends_in_colon),
            _run(above),
            _run(below),
            sum(f" {stem}" in rest if len(stem) == _STEM_CHARS else f" {stem} " in rest for stem in own)
            / size,
            len(own & _stems(above[0])) / size if above else 0,
            len(own & _stems(below[0])) / size if below else 0,
            twins > 1,
            len(letters[at]) > 20 and twins == 1 and whole.count(letters[at]) > 1,
        )


def _stems(line: Line) -> set[str]:
    return {word[:_STEM_CHARS] for word in line.words if len(word) > 4}


def _beside(lines: Sequence[Line], at: int, measure: Callable[[Line], float]) -> float:
    """Return a measure of a line; -1 beyond the text's ends."""
    return measure(lines[at]) if 0 <= at < len(lines) else -1


def _words(line: Line) -> float:
    return len(line.words)


def _is_closed(line: Line) -> float:
    return _CLOSED.search(line.text) is not None


def _ends_in_colon(line: Line) -> float:
    return line.text.endswith(":")


def _run(lines: Iterable[Line]) -> int:
    """Return how many lines are short before the first that is not."""
    short = takewhile(lambda line: len(line.words) <= _SHORT_WORDS, islice(lines, _MOST_RUN))
    return sum(1 for _ in short)
