r"""Find the words without which a pattern cannot match, so that most patterns are never tried on most lines.

A key is a whole word ("newsletter"), the three or four letters with which a word begins and a star ("abon*"), two
words one after the other ("sign up"), or what a line or a sentence of it begins with ("^ share", "^ ad*").
"""

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from copydesk.transforms.languages.load_language import function_words
from copydesk.transforms.rules.fold import fold

_parser: Any = importlib.import_module("re._parser")
_LITERAL: Any = importlib.import_module("re._constants").LITERAL
_GAP = "\0"
"""Something of unknown spelling; a word that touches it is not a whole word."""
_EDGE = "\1"
"""A word boundary."""
_START = "\2"
"""The start of a line."""
START = "^"
"""What stands for it in a key."""
_MOST = 500
"""More spellings than this are not written out; the pattern's other parts are asked instead."""
_WORD = re.compile(rf"{_START}|\w+")
_TAIL = re.compile(rf"(\w*)([^\w{_GAP}]*)\Z")
PREFIX_CHARS = (3, 4)
_RAREST = 1e-5
"""Words are not parted further below this share: a few telling keys are better than many."""
_MOST_BEFORE = 20
"""The same of what stands before a part that has too many spellings itself."""
_PARTING = frozenset(" -/|:,")
"""Signs that part words."""
_OPEN = re.compile(r"[ *]")
"""What a key has that is no whole word."""
Keys = dict[str, frozenset[str]]
"""Keys, and for each the words of which one stands beside it in the line: none where the key is enough."""
_Texts = list[str]
_Parts = Sequence[tuple[str, Any]]


@cache
def rarity(key: str) -> float:
    """Guess in what share of lines a key stands: grammar in most, long words in few, two words in fewer."""
    first, _, second = key.partition(" ")
    if second:
        return max(_RAREST, (0.03 if first == START else rarity(first)) * rarity(second))
    if key.endswith("*"):
        return 10 * rarity(key[:-1] + "xx")
    if key in _common_words() or len(key) < 3:
        return 0.01
    return 10 ** -(3 + min(len(key), 8) / 4)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word for words in function_words().values() for word in fold(words).split())


def _candidates(text: str) -> Iterator[str]:
    """Yield the keys of one spelling."""
    padded = f"{_EDGE}{text}{_EDGE}"
    before, last_end = "", 0
    for word in _WORD.finditer(padded):
        start, end = word.span()
        is_whole = padded[start - 1] != _GAP and padded[end] != _GAP
        if is_whole and before and _GAP not in padded[last_end:start]:
            yield f"{before} {word[0]}"
        if is_whole and word[0] != _START:
            yield word[0]
        if padded[start - 1] != _GAP and padded[end] == _GAP:
            yield from _begun(word[0], is_first=before == START and _GAP not in padded[last_end:start])
        before, last_end = (START if word[0] == _START else word[0] if is_whole else ""), end


def _begun(letters: str, *, is_first: bool) -> Iterator[str]:
    """Yield the keys of a word that begins with these letters."""
    if is_first:
        yield f"{START} {letters}*"
    if len(letters) in PREFIX_CHARS or len(letters) > PREFIX_CHARS[-1]:
        yield f"{letters[: PREFIX_CHARS[-1]]}*"


def _keys(texts: _Texts) -> Keys | None:
    found = [sorted(_candidates(text), key=lambda key: (rarity(key), key)) for text in texts]
    return _either({keys[0]: _beside(keys)} for keys in found) if all(found) else None


def _beside(keys: list[str]) -> frozenset[str]:
    """Return the rarest whole word of a spelling beside its first key; two words are rare enough alone."""
    words = (key for key in keys[1:] if not _OPEN.search(key) and " " not in keys[0])
    return frozenset(islice(words, 1))


def _either(parts: Iterable[Keys]) -> Keys:
    """Return the keys of all parts; one is enough where it is in any of them."""
    keys: Keys = {}
    for key, beside in (item for part in parts for item in part.items()):
        known = keys.get(key, beside)
        keys[key] = known | beside if known and beside else frozenset()
    return keys


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
    if all(text and _PARTING.issuperset(text) for text in once):
        return once if least else ["", *once]
    if most == 1:
        return once if least else ["", *once]
    head = " " if all(text[:1] in _PARTING for text in once) else ""
    tail = " " if all(text[-1:] in _PARTING for text in once) else ""
    return [text + _GAP + tail for text in once] if least else [head + _GAP + tail, ""]


def _spell_one(name: str, value: Any) -> _Texts | None:
    """Return all spellings of one part of a pattern, or None where they are too many."""
    if name == "LITERAL":
        return [chr(value)]
    if name == "AT":
        return [_START] if str(value).startswith("AT_BEGINNING") else [_EDGE]
    if name in _SPELLERS:
        return _SPELLERS[name](value)
    return [_EDGE] if name in {"ASSERT", "ASSERT_NOT"} else [_GAP]


def _spell_branches(value: Any) -> _Texts | None:
    branches = [_spell(branch) for branch in value[1]]
    texts = [text for branch in branches for text in branch or ()]
    return None if None in branches or len(texts) > _MOST else texts


_SPELLERS: dict[str, Callable[[Any], _Texts | None]] = {
    "IN": _spell_class,
    "SUBPATTERN": lambda value: _spell(value[3]),
    "BRANCH": _spell_branches,
    "MAX_REPEAT": _spell_repeat,
    "MIN_REPEAT": _spell_repeat,
}


def _joined(texts: _Texts, more: _Texts) -> _Texts:
    return list(dict.fromkeys(text + end for text in texts for end in more))


def _spell(tree: Any) -> _Texts | None:
    texts, letters = [""], ""
    for name, value in tree:
        if name is _LITERAL:
            letters += chr(value)
            continue
        more = _spell_one(str(name), value)
        if more is None or len(texts) * len(more) > _MOST:
            return None
        texts, letters = _joined([text + letters for text in texts], more), ""
    return [text + letters for text in texts]


def _tails(texts: _Texts, most: int) -> _Texts:
    """Return the last words of spellings, each behind a gap, or less of them where these are more than `most`."""
    found = [(text, _TAIL.search(text)) for text in texts]
    tails = {text if end.start() == 0 else _behind_gap(text, end.start()): None for text, end in found if end}
    if len(tails) > most:
        tails = {_GAP + end[2]: None for _, end in found if end}
    return list(tails) if len(tails) <= most else [_GAP]


def _behind_gap(text: str, at: int) -> str:
    return _GAP + ("" if text[at - 1] == _GAP else _EDGE) + text[at:]


def _follow(parts: _Parts, after: str) -> str:
    """Return what follows a part that ends before `parts`: an edge where all their spellings begin with one."""
    if not parts:
        return after
    texts = _spell_one(*parts[0]) or [_GAP]
    return _GAP if any(re.match(rf"\w|{_GAP}|\Z", text) for text in texts) else _EDGE


def _inner(name: str, value: Any, before: _Texts, after: str) -> Keys | None:
    """Return the keys of a part that has too many spellings: those of each of its branches."""
    if name == "SUBPATTERN":
        return _needed(value[3], before, after)
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _needed(value[2], before, _GAP) if value[0] else None
    if name != "BRANCH":
        return None
    branches = [_needed(branch, before, after) for branch in value[1]]
    return None if None in branches else _either(branch for branch in branches if branch)


def _needed(tree: Any, texts: _Texts, after: str) -> Keys | None:
    """Return the most telling keys among the parts of a sequence, each of which every match must hold.

    `texts` are the spellings of what stands before it, `after` follows it.
    """
    found: list[Keys | None] = []
    parts = [(str(name), value) for name, value in tree]
    for place, (name, value) in enumerate(parts):
        more = _spell_one(name, value)
        if more is None or len(texts) * len(more) > _MOST:
            found.append(_keys([text + _GAP for text in texts]))
        if more is None:
            follow = _follow(parts[place + 1 :], after)
            found.append(_inner(name, value, _tails(texts, _MOST_BEFORE), follow))
            texts = [_GAP]
            continue
        if len(texts) * len(more) > _MOST:
            texts = _tails(texts, _MOST // len(more))
        texts = _joined(texts, more)
    found.append(_keys([text + after for text in texts]))
    return min(
        (keys for keys in found if keys), key=lambda keys: sum(map(rarity, sorted(keys))), default=None
    )


def find_words(pattern: str) -> Keys | None:
    r"""Return keys of which at least one stands in every match of `pattern`, or None where there are none.

    A match must begin and end at the edge of a word, and at the start of a line or sentence where the pattern
    begins with `\A`. The spelling follows the standard library's own parse of the pattern; a part it cannot spell
    counts as a gap.
    """
    return _needed(_parser.parse(pattern), [""], "")


def phrase_keys(phrase: str) -> Keys:
    """Return what find_words would of a plain phrase, whose last word may go on after a star ("spende*")."""
    texts = [phrase[:-1] + _GAP, phrase[:-1]] if phrase.endswith("*") else [phrase]
    return _keys(texts) or {}


def spell_words(pattern: str) -> tuple[str, ...] | None:
    """Return all spellings of a plain pattern, an open end as a star ("spende*"); None where one is not plain."""
    texts = [text.replace(_EDGE, "") for text in _spell(_parser.parse(pattern)) or [_GAP + _GAP]]
    if any(_GAP in text[:-1] or text == _GAP for text in texts):
        return None
    return tuple(text.replace(_GAP, "*") for text in texts)
