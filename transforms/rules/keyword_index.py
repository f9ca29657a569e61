"""From a line to the entries that it may concern, by the keys of find_words.

A rule may be asked about a line from any of its sentences on, and with quotations blanked. So the first word of
each sentence also begins a line, and a word that follows a quotation mark is a neighbour of every other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, compress
from typing import Any, Generic, TypeVar

from copydesk.transforms.rules.find_words import PREFIX_CHARS, START, rarity
from copydesk.transforms.text.known import Known

T = TypeVar("T")
_MOST_KNOWN = 500_000
"""Words remembered before the memory starts anew: the vocabulary of many sites in a few tens of megabytes."""
_AFTER_MARK = re.compile(r"[\"'](?>(?<=\")|(?!\w)|(?<!\w'))\W*+(\w+)")
"""A word behind a quotation mark, which an apostrophe inside a word is not."""
_COMMON = """
how could so other our do can also all if what there you about when more will would we i from has are by this have be
is on it s in of to the
"""
_RANKS = {word: rank for rank, word in enumerate(_COMMON.split())}
"""Common words of English news, the commonest last: of two words in a key, the other asks for these."""
_FIRST_WORD = re.compile(r"[.!?…][\"')\]]*+\s\W*+(\w+)")


Beside = tuple[tuple[T, frozenset[str]], ...]
"""Entries, each with the words of which a line has to hold one."""


@dataclass(slots=True)
class _Word(Generic[T]):
    """The entries that a word leads to by itself, with another of the line, with the word after it or before it."""

    alone: tuple[T, ...] = ()
    beside: Beside[T] = ()
    after: dict[str, tuple[T, ...]] = field(default_factory=dict)
    before: dict[str, tuple[T, ...]] = field(default_factory=dict)


class KeywordIndex(Generic[T]):
    """The entries under whose keys a line falls; asking for a word twice costs one step in a dictionary."""

    def __init__(self, index: Mapping[str, tuple[T, ...]], beside: Mapping[str, Beside[T]]) -> None:
        self.index = dict(index)
        self.beside = dict(beside)
        """By keys that are one word or begin one."""
        self._longest = max(map(len, self.index), default=0)
        self._firsts: dict[str, set[str]] = defaultdict(set)
        self._telling: dict[str, _Word[T]] = defaultdict(_Word)
        for key, entries in self.index.items():
            first, is_pair, second = key.partition(" ")
            if is_pair and first != START:
                self._firsts[second].add(first)
                if _rank(first) < _rank(second):
                    self._telling[first].after[second] = entries
                else:
                    self._telling[second].before[first] = entries
        self._alone = self.index.keys() | self.beside.keys()
        self._words: Known[str, _Word[T] | None] = Known(self._learn, most=_MOST_KNOWN)
        self._starts: Known[str, tuple[T, ...]] = Known(self._start, most=_MOST_KNOWN)

    def __reduce__(
        self,
    ) -> tuple[type["KeywordIndex[T]"], tuple[dict[str, tuple[T, ...]], dict[str, Beside[T]]]]:
        return KeywordIndex, (self.index, self.beside)

    @property
    def entries(self) -> Iterator[T]:
        """All entries, each as often as it has keys."""
        yield from chain.from_iterable(self.index.values())
        yield from (entry for entries in self.beside.values() for entry, _ in entries)

    def find(self, folded: str, unquoted: str, words: tuple[str, ...]) -> list[T]:
        """Return the entries of all keys of a folded line with these words; one may stand in it several times."""
        quoted = _AFTER_MARK.findall(folded) if unquoted != folded else ()
        starts = (*words[:1], *_FIRST_WORD.findall(folded), *quoted)
        found = list(chain.from_iterable(map(self._starts.__getitem__, starts)))
        asked: list[Any] = list(map(self._words.__getitem__, words))
        here = frozenset[str]()
        for at in compress(range(len(words)), asked):
            word: _Word[T] = asked[at]
            found += word.alone
            if word.beside:
                here = here or frozenset(words)
                found += [entry for entry, beside in word.beside if not beside.isdisjoint(here)]
            if word.after and at + 1 < len(words):
                found += word.after.get(words[at + 1], ())
            if word.before and at:
                found += word.before.get(words[at - 1], ())
        for second in self._firsts.keys() & quoted if quoted else ():
            for first in self._firsts[second].intersection(words):
                found += self.index[f"{first} {second}"]
        return found

    def _learn(self, word: str) -> _Word[T] | None:
        """Return what a word leads to that is met for the first time; most words lead nowhere."""
        keys = (word, *[f"{word[:chars]}*" for chars in PREFIX_CHARS if len(word) >= chars])
        if not self._alone.isdisjoint(keys):
            self._telling[word].alone = tuple(chain.from_iterable(self.index.get(key, ()) for key in keys))
            self._telling[word].beside = tuple(chain.from_iterable(self.beside.get(key, ()) for key in keys))
        return self._telling.get(word)

    def _start(self, word: str) -> tuple[T, ...]:
        found = self.index.get(f"{START} {word}", ())
        for end in range(1, min(len(word), self._longest) + 1):
            found += self.index.get(f"{START} {word[:end]}*", ())
        return found


def _rank(word: str) -> tuple[int, float]:
    return _RANKS.get(word, -1), rarity(word)
