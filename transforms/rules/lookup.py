"""From a line to the entries that it may concern, by the keys of find_words.

A rule may be asked about a line from any of its sentences on, and with quotations blanked. So the first word of
each sentence also begins a line, and a word that follows a quotation mark is a neighbour of every other.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Generic, TypeVar

from transforms.rules.find_words import PREFIX_CHARS, START

T = TypeVar("T")
Pair = tuple[str, str]
_MOST_KNOWN = 500_000
"""Words remembered before the memory starts anew: the vocabulary of many sites in a few tens of megabytes."""
_AFTER_MARK = re.compile(r"[\"'](?:(?<=\")|(?!\w)|(?<!\w'))\W*(\w+)")
"""A word behind a quotation mark, which an apostrophe inside a word is not."""
_FIRST_WORD = re.compile(r"[.!?…][\"')\]]*\s+\W*(\w+)")


class Lookup(Generic[T]):
    """The entries under whose keys a line falls; asking for a word twice costs one step in a dictionary."""

    def __init__(self, index: Mapping[str, tuple[T, ...]]) -> None:
        self.index = dict(index)
        self._words: _Known[T] = _Known(self.index, _keys_of_word)
        self._starts: _Known[T] = _Known(self.index, _keys_of_start)
        keys = (key.partition(" ") for key in self.index)
        self._pairs = frozenset((first, second) for first, is_pair, second in keys if is_pair)
        self._firsts: dict[str, set[str]] = defaultdict(set)
        for first, second in self._pairs:
            self._firsts[second].add(first)

    def __reduce__(self) -> tuple[type["Lookup[T]"], tuple[dict[str, tuple[T, ...]]]]:
        return Lookup, (self.index,)

    def find(self, folded: str, words: tuple[str, ...]) -> list[T]:
        """Return the entries of all keys of a folded line with these words; one may stand in it several times."""
        for known in (self._words, self._starts):
            if len(known) > _MOST_KNOWN:
                known.clear()
        starts = {*words[:1], *_FIRST_WORD.findall(folded)}
        pairs = self._pairs.intersection(pairwise(words))
        if after := set(_AFTER_MARK.findall(folded)):
            starts |= after
            present = set(words)
            for second in after & self._firsts.keys():
                pairs |= {(first, second) for first in self._firsts[second] & present}
        found = list(chain.from_iterable(map(self._words.__getitem__, words)))
        found += chain.from_iterable(map(self._starts.__getitem__, starts))
        for first, second in pairs:
            found += self.index[f"{first} {second}"]
        return found


def _keys_of_word(word: str) -> Iterator[str]:
    yield word
    for chars in PREFIX_CHARS:
        if len(word) >= chars:
            yield f"{word[:chars]}*"


def _keys_of_start(word: str) -> Iterator[str]:
    yield f"{START} {word}"
    for end in range(1, len(word) + 1):
        yield f"{START} {word[:end]}*"


class _Known(dict[str, tuple[T, ...]], Generic[T]):
    """The entries of each word that was asked for."""

    def __init__(self, index: Mapping[str, tuple[T, ...]], keys_of: Callable[[str], Iterator[str]]) -> None:
        super().__init__()
        self._index = index
        self._keys_of = keys_of

    def __missing__(self, word: str) -> tuple[T, ...]:
        found = tuple(chain.from_iterable(self._index.get(key, ()) for key in self._keys_of(word)))
        self[word] = found
        return found
