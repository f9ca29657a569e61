r"""Find the words without which a pattern cannot match, so that most patterns are never tried on most lines.

A key is a whole word ("newsletter"), or the four letters with which a word begins and a star ("abon*").
"""

import importlib
import re
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_GAP = "\0"
"""Something of unknown spelling; a word that touches it is not a whole word."""
_EDGE = "\1"
"""A word boundary."""
_MOST = 500
"""More spellings than this are not written out; the pattern's other parts are asked instead."""
_WORD = re.compile(r"\w+")
_PREFIX = 4
_Texts = list[str]


def make_keys(words: tuple[str, ...]) -> set[str]:
    """Return the keys that a line with these words can hold."""
    keys = set(words)
    keys.update([word[:_PREFIX] + "*" for word in keys if len(word) >= _PREFIX])
    return keys


def _key(text: str) -> str | None:
    """Return the best key of one spelling: its longest whole word, else its longest beginning of a word."""
    padded = f"{_EDGE}{text}{_EDGE}"
    found = [w for w in _WORD.finditer(padded) if padded[w.start() - 1] != _GAP]
    whole = max((w[0] for w in found if padded[w.end()] != _GAP), key=len, default="")
    begun = max((w[0] for w in found if padded[w.end()] == _GAP), key=len, default="")
    if len(begun) >= _PREFIX and len(whole) < _PREFIX:
        return begun[:_PREFIX] + "*"
    return whole or None


def _keys(texts: _Texts) -> frozenset[str] | None:
    keys = [_key(text) for text in texts]
    return None if None in keys else frozenset(key for key in keys if key)


def _spell_class(items: Any) -> _Texts:
    out: _Texts = []
    for name, value in items:
        if str(name) == "LITERAL":
            out.append(chr(value))
        elif str(name) == "CATEGORY" and str(value) in {"CATEGORY_SPACE", "CATEGORY_NOT_WORD"}:
            out.append(" ")
        else:
            return [_GAP]
    return out


def _spell_repeat(value: Any) -> _Texts | None:
    least, most, item = value
    once = _spell(item)
    if once is None:
        return None if least else [_GAP, ""]
    if all(
        text and not text.isalnum() and set(text) <= set(" -/|:,\0") and _GAP not in text for text in once
    ):
        return once if least else ["", *once]
    if most == 1:
        return once if least else ["", *once]
    head = " " if all(text.startswith(" ") for text in once) else ""
    tail = " " if all(text.endswith(" ") for text in once) else ""
    return [text + _GAP + tail for text in once] if least else [head + _GAP + tail, ""]


def _spell_one(name: str, value: Any) -> _Texts | None:
    """Return all spellings of one part of a pattern, or None where they are too many."""
    simple = {"LITERAL": lambda: [chr(value)], "AT": lambda: [_EDGE], "IN": lambda: _spell_class(value)}
    if name in simple:
        return simple[name]()
    if name == "SUBPATTERN":
        return _spell(value[3])
    if name == "BRANCH":
        branches = [_spell(branch) for branch in value[1]]
        texts = [text for branch in branches for text in branch or ()]
        return None if None in branches or len(texts) > _MOST else texts
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _spell_repeat(value)
    return [_EDGE] if name in {"ASSERT", "ASSERT_NOT"} else [_GAP]


def _spell(tree: Any) -> _Texts | None:
    texts = [""]
    for name, value in tree:
        more = _spell_one(str(name), value)
        if more is None or len(texts) * len(more) > _MOST:
            return None
        texts = list(dict.fromkeys(text + end for text in texts for end in more))
    return texts


def _inner(name: str, value: Any) -> frozenset[str] | None:
    """Return the keys of a part that has too many spellings: those of each of its branches."""
    if name == "SUBPATTERN":
        return _needed(value[3])
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _needed(value[2]) if value[0] else None
    if name != "BRANCH":
        return None
    branches = [_needed(branch) for branch in value[1]]
    return None if None in branches else frozenset().union(*(branch for branch in branches if branch))


def _needed(tree: Any) -> frozenset[str] | None:
    """Return the most telling keys among the parts of a sequence, each of which every match must hold."""
    found: list[frozenset[str] | None] = []
    texts = [""]
    for name, value in tree:
        more = _spell_one(str(name), value)
        if more is None:
            found += [_keys([text + _GAP for text in texts]), _inner(str(name), value)]
            texts = [_GAP]
        elif len(texts) * len(more) > _MOST:
            found.append(_keys([text + _GAP for text in texts]))
            texts = [_GAP + end for end in more]
        else:
            texts = list(dict.fromkeys(text + end for text in texts for end in more))
    found.append(_keys(texts))
    return max((keys for keys in found if keys), key=lambda keys: min(map(len, keys)), default=None)


def find_words(pattern: str) -> frozenset[str] | None:
    """Return keys of which at least one stands in every match of `pattern`, or None where there are none.

    A match must begin and end at the edge of a word. The spelling follows the standard library's own
    parse of the pattern; a part it cannot spell counts as a gap.
    """
    return _needed(_parser.parse(pattern))


def phrase_keys(phrase: str) -> frozenset[str]:
    """Return what find_words would of a plain phrase, whose last word may go on after a star ("spende*")."""
    texts = [phrase[:-1] + _GAP, phrase[:-1]] if phrase.endswith("*") else [phrase]
    return _keys(texts) or frozenset()


def spell_words(pattern: str) -> tuple[str, ...] | None:
    """Return all spellings of a plain pattern, an open end as a star ("spende*"); None where one is not plain."""
    texts = [text.replace(_EDGE, "") for text in _spell(_parser.parse(pattern)) or [_GAP + _GAP]]
    if any(_GAP in text[:-1] or text == _GAP for text in texts):
        return None
    return tuple(text.replace(_GAP, "*") for text in texts)
