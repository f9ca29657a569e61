"""Lists of words, from words.toml, as sets and as patterns, and how a sentence ends."""

import re
import tomllib
from functools import cache
from importlib.resources import files

SENTENCE_END = re.compile(r"[.!?\u2026\u3002\u0964\u061f][\"'\u201d\u2019\u00bb\u201c)\]]*$")
"""A closing mark, with the quotation marks and brackets behind it."""
_LINE = re.compile(r"\s*\n\s*")


@cache
def _areas() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("copydesk.transforms.text").joinpath("words.toml").read_text("utf-8"))


def list_of(area: str, name: str) -> list[str]:
    """Return the words of a list in order."""
    return _areas()[area][name].split()


def words_of(area: str, name: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(list_of(area, name))


def phrases_of(area: str, name: str) -> list[str]:
    """Return the phrases of a list that is written with bars, in order."""
    return _LINE.sub("", _areas()[area][name].strip()).split("|")


def any_of(area: str, name: str) -> str:
    """Return the alternatives of a list that is written with bars, as one pattern."""
    return f"(?:{'|'.join(phrases_of(area, name))})"
