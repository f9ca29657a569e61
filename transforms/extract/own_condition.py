"""Reads a condition of an XPath that looks at an element's own tag and attributes alone as a function of these.

libxml2 asks Python for each `re:test`, and elements that are made to be asked about cost as much again: a tenth. The
function is one expression of Python, put together from the words of the condition: functions of functions cost twice.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Attributes = Mapping[str, str]
"""An element's attributes, in the page's order where a condition has a union."""
Condition = Callable[[str, Attributes], Any]
_TOKEN = re.compile(r"\s*('[^']*'|\"[^\"]*\"|@[\w-]+|self::\w+|[a-z:-]+\(|\b(?:or|and)\b|[()|=,]|\S)\s*")
_TESTS = {
    "contains(": "{wanted!r} in {value}",
    "starts-with(": "{value}.startswith({wanted!r})",
    "re:test(": "{search}({value})",
}


class _OtherError(Exception):
    """The condition has something else in it."""


def read_condition(text: str) -> Condition | None:
    """Return what tells of a tag and its attributes whether a condition holds; null where it looks elsewhere."""
    tokens = [*_TOKEN.findall(text), ""]
    known: dict[str, Any] = {"first_of": _first_of}
    try:
        source = _either(tokens, known)
        _take(tokens, "")
    except _OtherError:
        return None
    condition: Condition = eval(f"lambda tag, attributes: {source}", known)  # noqa: S307 - words read below alone
    return condition


def _either(tokens: list[str], known: dict[str, Any]) -> str:
    parts = [_all(tokens, known)]
    while tokens[0] == "or":
        tokens.pop(0)
        parts.append(_all(tokens, known))
    return f"({' or '.join(parts)})"


def _all(tokens: list[str], known: dict[str, Any]) -> str:
    parts = [_one(tokens, known)]
    while tokens[0] == "and":
        tokens.pop(0)
        parts.append(_one(tokens, known))
    return " and ".join(parts)


def _one(tokens: list[str], known: dict[str, Any]) -> str:
    sign = tokens[0]
    if sign in _TESTS:
        return _test(tokens, known)
    if sign in {"(", "not("}:
        tokens.pop(0)
        inner = _either(tokens, known)
        _take(tokens, ")")
        return inner if sign == "(" else f"(not {inner})"
    if sign.startswith("self::"):
        return f"tag == {tokens.pop(0).removeprefix('self::')!r}"
    name = _attribute(tokens)
    if tokens[0] != "=":
        return f"{name!r} in attributes"
    tokens.pop(0)
    return f"attributes.get({name!r}) == {_literal(tokens)!r}"


def _test(tokens: list[str], known: dict[str, Any]) -> str:
    sign = tokens.pop(0)
    value = _value(tokens, known)
    _take(tokens, ",")
    wanted = _literal(tokens)
    if tokens[0] == ",":
        tokens.pop(0)
        wanted = f"(?{_literal(tokens)}){wanted}"
    _take(tokens, ")")
    search = _named(re.compile(wanted).search, known) if sign == "re:test(" else ""
    return _TESTS[sign].format(value=value, wanted=wanted, search=search)


def _value(tokens: list[str], known: dict[str, Any]) -> str:
    """Read a string: an attribute, or the first on the page of several, or one with letters exchanged."""
    if tokens[0] == "translate(":
        tokens.pop(0)
        inner = _value(tokens, known)
        _take(tokens, ",")
        letters = _literal(tokens)
        _take(tokens, ",")
        table = str.maketrans(letters, _literal(tokens))
        _take(tokens, ")")
        return f"{inner}.translate({_named(table, known)})"
    names = [_attribute(tokens)]
    while tokens[0] == "|":
        tokens.pop(0)
        names.append(_attribute(tokens))
    return f"first_of(attributes, {names!r})" if names[1:] else f"attributes.get({names[0]!r}, '')"


def _first_of(attributes: Attributes, names: list[str]) -> str:
    return next((value for name, value in attributes.items() if name in names), "")


def _named(value: Any, known: dict[str, Any]) -> str:
    """Make a value known to the expression, and return the name that it has there."""
    name = f"known_{len(known)}"
    known[name] = value
    return name


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
