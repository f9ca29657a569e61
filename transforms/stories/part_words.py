"""Part the words of scripts that set no spaces between them, so that two texts on one event share some.

Enters: a text. Leaves: the text with overlapping pieces in place of their runs, every other text as it is.
"""

import re

HAN_LETTERS = 2
SYLLABLES = 3
_MAY_BE_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_HAN = re.compile(rf"[\u3005\u3400-\u9fff\uf900-\ufaff]{{{HAN_LETTERS},}}")
_HIRAGANA = re.compile(r"[\u3040-\u309f]+")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]+")
_SOUTHERN = re.compile(r"[\u0e00-\u0e4f\u0e80-\u0ecf\u0edc-\u0eff\u1000-\u103f\u1050-\u109f\u1780-\u17d3]+")
_SYLLABLE = re.compile(
    r"[\u0e40-\u0e44\u0ec0-\u0ec4]*[\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf\u1000-\u102a\u1780-\u17b3]"
    r"[^\u0e01-\u0e2e\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4\u0edc-\u0edf\u1000-\u102a\u1780-\u17b3]*"
)


def part_words(text: str) -> str:
    """Return a text whose runs of Han are pairs of signs, and of Thai, Lao, Khmer and Burmese three syllables each.

    Katakana stand for themselves, as words of their own; hiragana, which carry grammar, part what is beside them.
    """
    if text.isascii() or not _MAY_BE_UNSPACED.search(text):
        return text
    text = _HAN.sub(lambda run: _pieces([*run[0]], HAN_LETTERS), _HIRAGANA.sub(" ", text))
    text = _KATAKANA.sub(r" \g<0> ", text)
    return _SOUTHERN.sub(lambda run: _pieces(_SYLLABLE.findall(run[0]), SYLLABLES), text)


def _pieces(units: list[str], size: int) -> str:
    count = max(len(units) - size + 1, 1)
    return " " + " ".join("".join(units[at : at + size]) for at in range(count)) + " "
