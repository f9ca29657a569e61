"""Measures the lines that are left of a text, a column a witness: form, place, neighbours, and ties to the rest."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from transforms.clean.lines import Line
from transforms.line_model.read_letters import DIGIT, LETTER, QUOTE, SIGN, SPACE, STOP, UPPER, Letters

Floats = NDArray[np.float64]
Columns = dict[str, NDArray[np.generic]]

_SHORT_WORDS = 12
_CLOSED = re.compile(r"[.!?…][\"'“”’»)\]]*\Z")
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|org|net|co|ly)\b|@\w|(?:^|\s)[#@]\w")
_OURS = frozenset(
    [
        "i",
        "we",
        "our",
        "us",
        "my",
        "me",
        "wir",
        "uns",
        "unser",
        "unsere",
        "nous",
        "notre",
        "nos",
        "noi",
        "nostro",
        "nosotros",
        "nuestro",
        "nuestra",
        "nossa",
        "nosso",
    ]
)
_YOURS = frozenset(
    [
        "you",
        "your",
        "yours",
        "sie",
        "ihr",
        "ihre",
        "vous",
        "votre",
        "vos",
        "usted",
        "su",
        "tu",
        "tuo",
        "voce",
        "seu",
        "sua",
        "jij",
        "jouw",
        "uw",
    ]
)
_SIGNS = re.compile(r"\W+")


def measure_lines(lines: Sequence[Line], letters: Letters) -> Columns:
    """Return the columns of the lines of one text, in their order; `letters` are those of their texts."""
    return _form(lines, letters) | _place(lines) | _neighbours(lines) | _ties(lines)


def _form(lines: Sequence[Line], letters: Letters) -> Columns:
    chars = np.maximum(letters.ends - letters.starts, 1)
    words = np.array([len(line.words) for line in lines])
    begins = ((letters.kinds & LETTER) > 0) & np.append(True, (letters.kinds[:-1] & SPACE) > 0)
    seams = ((letters.kinds[:-1] & STOP) > 0) & ((letters.kinds[1:] & SPACE) > 0)
    texts = [line.text for line in lines]
    return {
        "chars": np.log1p(chars),
        "words": np.log1p(words),
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
        "we": np.array([not _OURS.isdisjoint(line.words) for line in lines]),
        "you": np.array([not _YOURS.isdisjoint(line.words) for line in lines]),
    }


def _place(lines: Sequence[Line]) -> Columns:
    count = len(lines)
    index = np.arange(count)
    prose = np.array([line.is_prose for line in lines], bool)
    chars = np.array([line.end - line.start for line in lines], float)
    above = np.cumsum(prose) - prose
    below = prose.sum() - above - prose
    return {
        "lines above": np.minimum(index, 30),
        "lines below": np.minimum(count - 1 - index, 30),
        "place": index / max(1, count - 1),
        "text above": (np.cumsum(chars) - chars) / max(1.0, chars.sum()),
        "prose above": np.minimum(above, 20),
        "prose below": np.minimum(below, 20),
        "prose": prose,
    }


def _neighbours(lines: Sequence[Line]) -> Columns:
    words = np.log1p([len(line.words) for line in lines])
    closed = np.array([_CLOSED.search(line.text) is not None for line in lines], float)
    colon = np.array([line.text.endswith(":") for line in lines], float)
    short = [len(line.words) <= _SHORT_WORDS for line in lines]
    return {
        "words above": _moved(words, 1),
        "words below": _moved(words, -1),
        "words above that": _moved(words, 2),
        "words below that": _moved(words, -2),
        "full stop above": _moved(closed, 1),
        "full stop below": _moved(closed, -1),
        "colon above": _moved(colon, 1),
        "short lines above": _run(short),
        "short lines below": _run(short[::-1])[::-1],
    }


def _moved(values: Floats, by: int) -> Floats:
    out = np.full(len(values), -1.0)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out


def _run(short: Sequence[bool]) -> Floats:
    """Return how many lines right before each are short."""
    out, run = [], 0
    for is_short in short:
        out.append(min(run, 20))
        run = run + 1 if is_short else 0
    return np.array(out, float)


def _ties(lines: Sequence[Line]) -> Columns:
    stems = [{word[:6] for word in line.words if len(word) > 4} for line in lines]
    spread = Counter(stem for found in stems for stem in found)
    bare = [_SIGNS.sub("", line.fold) for line in lines]
    twins, whole = Counter(bare), "\n".join(bare)
    shared = [len(one & other) for one, other in pairwise(stems)]
    size = np.array([max(1, len(found)) for found in stems], float)
    return {
        "words in the rest": np.array([sum(spread[stem] > 1 for stem in found) for found in stems]) / size,
        "words in the line above": np.array([0, *shared][: len(stems)]) / size,
        "words in the line below": np.array([*shared, 0][-len(stems) :]) / size,
        "said twice": np.array([twins[letters] > 1 for letters in bare]),
        "stands in another line": np.array(
            [len(letters) > 20 and twins[letters] == 1 and whole.count(letters) > 1 for letters in bare]
        ),
    }
