"""Measures the lines that are left of a text, a column a witness: form, place, neighbours, and ties to the rest."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, takewhile

import numpy as np
from numpy.typing import NDArray

from transforms.clean.lines import Line
from transforms.line_model.read_letters import DIGIT, LETTER, QUOTE, SIGN, SPACE, STOP, UPPER, read_letters

Floats = NDArray[np.float64]
Columns = dict[str, NDArray[np.generic]]

_SHORT_WORDS = 12
_MOST_RUN = 20
_CLOSED = re.compile(r"[.!?…][\"'“”’»)\]]*\Z")
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|org|net|co|ly)\b|@\w|(?:^|\s)[#@]\w")
_OURS = (
    "i we our us my me wir uns unser unsere nous notre nos noi nostro nosotros nuestro nuestra nossa nosso"
)
_YOURS = "you your yours sie ihr ihre vous votre vos usted su tu tuo voce seu sua jij jouw uw"
_OUR_WORDS, _YOUR_WORDS = frozenset(_OURS.split()), frozenset(_YOURS.split())


def measure_lines(lines: Sequence[Line], places: Sequence[int]) -> Columns:
    """Return the columns of the lines at some places of a text, in the order of the places."""
    return (
        _form([lines[at] for at in places])
        | _place(lines, places)
        | _neighbours(lines, places)
        | _ties(lines, places)
    )


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
    }


def _place(lines: Sequence[Line], places: Sequence[int]) -> Columns:
    count = len(lines)
    index = np.asarray(places)
    prose = np.array([line.is_prose for line in lines], bool)
    chars = np.array([line.end - line.start for line in lines], float)
    above = np.cumsum(prose) - prose
    below = prose.sum() - above - prose
    return {
        "lines above": np.minimum(index, 30),
        "lines below": np.minimum(count - 1 - index, 30),
        "place": index / max(1, count - 1),
        "text above": ((np.cumsum(chars) - chars) / max(1.0, chars.sum()))[index],
        "prose above": np.minimum(above, 20)[index],
        "prose below": np.minimum(below, 20)[index],
        "prose": prose[index],
    }


def _neighbours(lines: Sequence[Line], places: Sequence[int]) -> Columns:
    return {
        "words above": _beside(lines, places, -1, _words),
        "words below": _beside(lines, places, 1, _words),
        "words above that": _beside(lines, places, -2, _words),
        "words below that": _beside(lines, places, 2, _words),
        "full stop above": _beside(lines, places, -1, _is_closed),
        "full stop below": _beside(lines, places, 1, _is_closed),
        "colon above": _beside(lines, places, -1, _ends_in_colon),
        "short lines above": np.array(
            [_run(lines[max(0, at - _MOST_RUN) : at][::-1]) for at in places], float
        ),
        "short lines below": np.array([_run(lines[at + 1 : at + 1 + _MOST_RUN]) for at in places], float),
    }


def _beside(
    lines: Sequence[Line], places: Sequence[int], by: int, measure: Callable[[Line], float]
) -> Floats:
    """Return a measure of the lines so far from each place; -1 beyond the text's ends."""
    beside = [at + by for at in places]
    return np.array([measure(lines[at]) if 0 <= at < len(lines) else -1.0 for at in beside], float)


def _words(line: Line) -> float:
    return float(np.log1p(len(line.words)))


def _is_closed(line: Line) -> float:
    return float(_CLOSED.search(line.text) is not None)


def _ends_in_colon(line: Line) -> float:
    return float(line.text.endswith(":"))


def _run(lines: Sequence[Line]) -> int:
    """Return how many lines are short before the first that is not."""
    return sum(1 for _ in takewhile(lambda line: len(line.words) <= _SHORT_WORDS, lines))


def _ties(lines: Sequence[Line], places: Sequence[int]) -> Columns:
    stems = [{word[:6] for word in line.words if len(word) > 4} for line in lines]
    spread = Counter(chain.from_iterable(stems))
    twins, whole = Counter(line.letters for line in lines), "\n".join(line.letters for line in lines)
    own, letters = [stems[at] for at in places], [lines[at].letters for at in places]
    size = np.array([max(1, len(found)) for found in own], float)
    above = [len(stems[at] & stems[at - 1]) if at else 0 for at in places]
    below = [len(stems[at] & stems[at + 1]) if at + 1 < len(lines) else 0 for at in places]
    return {
        "words in the rest": np.array([sum(spread[stem] > 1 for stem in found) for found in own]) / size,
        "words in the line above": np.array(above) / size,
        "words in the line below": np.array(below) / size,
        "said twice": np.array([twins[each] > 1 for each in letters]),
        "stands in another line": np.array(
            [len(each) > 20 and twins[each] == 1 and whole.count(each) > 1 for each in letters]
        ),
    }
