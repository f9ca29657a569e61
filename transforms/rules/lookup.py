"""From a word to the entries that it may concern, remembered word by word."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Generic, TypeVar

from transforms.rules.find_words import make_keys

T = TypeVar("T")
_MOST_WORDS = 500_000
"""Words remembered before the memory starts anew: the vocabulary of many sites in a few tens of megabytes."""


class Lookup(Generic[T]):
    """The entries under whose keys a word falls; asking for a word twice costs one step in a dictionary."""

    def __init__(self, index: Mapping[str, tuple[T, ...]]) -> None:
        self.index = dict(index)
        self._known: _Known[T] = _Known(self.index)

    def __reduce__(self) -> tuple[type["Lookup[T]"], tuple[dict[str, tuple[T, ...]]]]:
        return Lookup, (self.index,)

    def find(self, words: Iterable[str]) -> list[T]:
        """Return the entries of all words; one may stand in it several times."""
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        return list(chain.from_iterable(map(self._known.__getitem__, set(words))))


class _Known(dict[str, tuple[T, ...]], Generic[T]):
    def __init__(self, index: Mapping[str, tuple[T, ...]]) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, word: str) -> tuple[T, ...]:
        found = tuple(chain.from_iterable(self._index.get(key, ()) for key in sorted(make_keys((word,)))))
        self[word] = found
        return found
