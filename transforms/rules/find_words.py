"""Find the words without which a pattern cannot match, so that most patterns are never tried on most lines."""

import importlib
import re
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_GAP = "\0"
"""Something of unknown spelling; a word that touches it is not a whole word."""
_EDGE = "\1"
"""A word boundary."""
_MOST = 4000
"""Above so many spellings only the longest word of each is carried on."""
_WORD = re.compile(r"\w+")


def _longest(text: str) -> str | None:
    """Return the longest word that no gap touches."""
    padded = f"{_EDGE}{text}{_EDGE}"
    found = _WORD.finditer(padded)
    words = [w[0] for w in found if padded[w.start() - 1] != _GAP and padded[w.end()] != _GAP]
    return max(words, key=lambda word: (len(word), word), default=None)


def _shortened(texts: list[str]) -> list[str]:
    """Keep of each spelling only its longest whole word: enough for the question asked, and far fewer."""
    kept = (_longest(text) for text in texts)
    return list(dict.fromkeys(f"{_GAP} {word} {_GAP}" if word else _GAP for word in kept))


def _joined(heads: list[str], tails: list[str]) -> list[str]:
    if len(heads) * len(tails) > _MOST:
        heads = _shortened(heads)
    if len(heads) * len(tails) > _MOST:
        tails = _shortened(tails)
    return [head + tail for head in heads for tail in tails]


def _spell_class(items: Any) -> list[str]:
    out: list[str] = []
    for name, value in items:
        if str(name) != "LITERAL":
            if str(name) == "CATEGORY" and str(value) in {"CATEGORY_SPACE", "CATEGORY_NOT_WORD"}:
                out.append(" ")
                continue
            return [_GAP]
        out.append(chr(value))
    return out


def _spell_one(name: str, value: Any) -> list[str]:
    if name == "LITERAL":
        return [chr(value)]
    if name == "IN":
        return _spell_class(value)
    if name == "AT":
        return [_EDGE]
    if name == "SUBPATTERN":
        return _spell(value[3])
    if name == "BRANCH":
        return [text for branch in value[1] for text in _spell(branch)]
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, item = value
        once = _spell(item)
        if once == [" "]:
            return [" "] if least else ["", " "]
        if most == 1:
            return once if least else ["", *once]
        return _joined(once, [_GAP]) if least else [_GAP, ""]
    if name in {"ASSERT", "ASSERT_NOT"}:
        return [""]
    return [_GAP]


def _spell(tree: Any) -> list[str]:
    texts = [""]
    for name, value in tree:
        texts = _joined(texts, _spell_one(str(name), value))
        texts = list(dict.fromkeys(texts))
    return texts


def find_words(pattern: str, *, is_bounded: bool) -> frozenset[str] | None:
    """Return words of which at least one stands in every match of `pattern`, or None where there are none.

    `is_bounded` says that a match begins and ends at the edge of a word. The spelling follows the
    standard library's own parse of the pattern; a part it cannot spell counts as a gap.
    """
    chosen: set[str] = set()
    for text in _spell(_parser.parse(pattern)):
        edged = text if is_bounded else f"{_GAP}{text}{_GAP}"
        word = _longest(edged)
        if word is None:
            return None
        chosen.add(word)
    return frozenset(chosen)
