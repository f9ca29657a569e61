"""What was asked before, so that it is asked once."""

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Known(dict[K, V], Generic[K, V]):
    """What each key leads to that was asked for; of more than `most` the memory starts anew."""

    def __init__(self, ask: Callable[[K], V], *, most: int) -> None:
        super().__init__()
        self._ask = ask
        self._most = most

    def __missing__(self, key: K) -> V:
        if len(self) > self._most:
            self.clear()
        found = self[key] = self._ask(key)
        return found
