"""Which things are joined, directly or through others (disjoint sets with path halving, Tarjan 1975)."""

from collections import defaultdict


class Forest:
    """Disjoint sets of names; names come into being when first asked for."""

    __slots__ = ("_parents",)

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def root(self, name: str) -> str:
        """Return the name that stands for all that are joined with this one: the smallest."""
        parents = self._parents
        parents.setdefault(name, name)
        while parents[name] != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Join two names and all that is joined with either."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first

    def trees(self) -> list[list[str]]:
        """Return all sets, each with its members."""
        trees: dict[str, list[str]] = defaultdict(list)
        for name in self._parents:
            trees[self.root(name)].append(name)
        return list(trees.values())
