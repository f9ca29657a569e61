"""Reads a condition of an XPath that looks at an element's own tag and attributes alone as a function of these.

libxml2 asks Python for each `re:test`, and elements that are made to be asked about cost as much again: a tenth.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Attributes = Mapping[str, str]
"""An element's attributes, in the page's order where a condition has a union."""
Condition = Callable[[str, Attributes], Any]
_TOKEN = re.compile(r"\s*('[^']*'|\"[^\"]*\"|@[\w-]+|self::\w+|[a-z:-]+\(|\b(?:or|and)\b|[()|=,]|\S)\s*")
_TESTS: dict[str, Callable[[str], Callable[[str], Any]]] = {
    "contains(": lambda part: lambda value: part in value,
    "starts-with(": lambda start: lambda value: value.startswith(start),
    "re:test(": lambda pattern: re.compile(pattern).search,
}


class _OtherError(Exception):
    """The condition has something else in it."""


def read_condition(text: str) -> Condition | None:
    """Return what tells of a tag and its attributes whether a condition holds; null where it looks elsewhere."""
    tokens = [*_TOKEN.findall(text), ""]
    try:
        condition = _either(tokens)
        _take(tokens, "")
    except _OtherError:
        return None
    return condition


def _either(tokens: list[str]) -> Condition:
    parts = [_all(tokens)]
    while tokens[0] == "or":
        tokens.pop(0)
        parts.append(_all(tokens))

    def holds(tag: str, attributes: Attributes) -> bool:
        for part in parts:  # noqa: SIM110 - a third sooner than a generator
            if part(tag, attributes):
                return True
        return False

    return holds if len(parts) > 1 else parts[0]


def _all(tokens: list[str]) -> Condition:
    parts = [_one(tokens)]
    while tokens[0] == "and":
        tokens.pop(0)
        parts.append(_one(tokens))
    return (lambda tag, attributes: all(part(tag, attributes) for part in parts)) if parts[1:] else parts[0]


def _one(tokens: list[str]) -> Condition:
    sign = tokens[0]
    if sign in _TESTS:
        return _test(tokens)
    if sign in {"(", "not("}:
        tokens.pop(0)
        inner = _either(tokens)
        _take(tokens, ")")
        return inner if sign == "(" else lambda tag, attributes: not inner(tag, attributes)
    if sign.startswith("self::"):
        name = tokens.pop(0).removeprefix("self::")
        return lambda tag, _: tag == name
    name = _attribute(tokens)
    if tokens[0] != "=":
        return lambda _, attributes: name in attributes
    tokens.pop(0)
    wanted = _literal(tokens)
    return lambda _, attributes: attributes.get(name) == wanted


def _test(tokens: list[str]) -> Condition:
    make = _TESTS[tokens.pop(0)]
    value = _value(tokens)
    _take(tokens, ",")
    wanted = _literal(tokens)
    if tokens[0] == ",":
        tokens.pop(0)
        wanted = f"(?{_literal(tokens)}){wanted}"
    _take(tokens, ")")
    test = make(wanted)
    return lambda _, attributes: test(value(attributes))


def _value(tokens: list[str]) -> Callable[[Attributes], str]:
    """Read a string: an attribute, or the first on the page of several, or one with letters exchanged."""
    if tokens[0] == "translate(":
        tokens.pop(0)
        inner = _value(tokens)
        _take(tokens, ",")
        letters = _literal(tokens)
        _take(tokens, ",")
        table = str.maketrans(letters, _literal(tokens))
        _take(tokens, ")")
        return lambda attributes: inner(attributes).translate(table)
    names = [_attribute(tokens)]
    while tokens[0] == "|":
        tokens.pop(0)
        names.append(_attribute(tokens))
    if names[1:]:
        return lambda attributes: next((value for name, value in attributes.items() if name in names), "")
    (name,) = names
    return lambda attributes: attributes.get(name, "")


def _attribute(tokens: list[str]) -> str:
    if not tokens[0].startswith("@"):
        raise _OtherError
    return tokens.pop(0)[1:]


def _literal(tokens: list[str]) -> str:
    if tokens[0][:1] not in {"'", '"'}:
        raise _OtherError
    return tokens.pop(0)[1:-1]


def _take(tokens: list[str], wanted: str) -> None:
    if tokens.pop(0) != wanted:
        raise _OtherError
