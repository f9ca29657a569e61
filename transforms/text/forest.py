"""Which things are joined, directly or through others (disjoint sets with path halving, Tarjan 1975)."""

from collections import defaultdict
from typing import Generic, TypeVar

Name = TypeVar("Name", str, int)


class Forest(Generic[Name]):
    """Disjoint sets of names; names come into being when first asked for."""

    __slots__ = ("_parents",)

    def __init__(self) -> None:
        self._parents: dict[Name, Name] = {}

    def root(self, name: Name) -> Name:
        """Return the name that stands for all that are joined with this one: the smallest."""
        parents = self._parents
        parents.setdefault(name, name)
        while parents[name] != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    def join(self, one: Name, other: Name) -> None:
        """Join two names and all that is joined with either."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first

    def trees(self) -> list[list[Name]]:
        """Return all sets, each with its members."""
        trees: dict[Name, list[Name]] = defaultdict(list)
        for name in self._parents:
            trees[self.root(name)].append(name)
        return list(trees.values())
