"""Writes lines on which a pattern that backtracks takes for ever.

Such a pattern has a part that may stand many times and can be taken in several ways: repeated often and followed by
what cannot match, every way is tried (OWASP, Regular expression denial of service).
"""

import importlib
from collections.abc import Iterator
from typing import Any

_parser: Any = importlib.import_module("re._parser")

REPEATS = 32
"""Two ways at each repetition are four thousand million tries."""
LONG_CHARS = 400
"""Where the ways grow with the square of the length a line of this size is done at once."""
MISMATCH = "\0"
_SAMPLES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_WORD": "-"}
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT"})


def attack_pattern(source: str) -> tuple[str, ...]:
    """Return lines for each part of a pattern that may stand many times: what leads to it, and it again and again."""
    lines: dict[str, None] = {}
    for before, pump in _pumps(_parser.parse(source), ""):
        if pump:
            for count in (REPEATS, LONG_CHARS // len(pump)):
                lines[f"{before}{pump * count}{MISMATCH}"] = None
    return tuple(lines)


def _pumps(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each repeated part, and one repetition of it."""
    for name, value in tree:
        if str(name) in _REPEATS:
            yield before, _sample(value[2])
        for part in _parts(str(name), value):
            yield from _pumps(part, before)
        before += _sample([(name, value)])


def _parts(name: str, value: Any) -> list[Any]:
    """Return the patterns inside a part of a pattern."""
    if name in _REPEATS:
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "BRANCH":
        return list(value[1])
    if name in {"ASSERT", "ASSERT_NOT"}:
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []


def _sample(tree: Any) -> str:
    """Return a short text that matches a sequence of parts."""
    return "".join(_sample_one(str(name), value) for name, value in tree)


def _sample_one(name: str, value: Any) -> str:
    if name == "LITERAL":
        return chr(int(value))
    if name == "IN":
        return _sample_class(value)
    if name in {"ANY", "NOT_LITERAL"}:
        return "a"
    if name in _REPEATS:
        return _sample(value[2]) * max(1, min(int(value[0]), 3))
    if name == "BRANCH":
        return _sample(value[1][0])
    return _sample(value[3]) if name == "SUBPATTERN" else ""


def _sample_class(items: Any) -> str:
    name, value = items[0]
    match str(name):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(value[0])
        case "CATEGORY":
            return _SAMPLES.get(str(value), "a")
        case _:
            return "a"
