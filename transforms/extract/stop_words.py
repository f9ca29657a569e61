"""The stop words that justext, one of trafilatura's fallbacks, asks for: those of all its languages."""

from functools import cache
from importlib.resources import files


@cache
def stop_words() -> frozenset[str]:
    """Return them in small letters, read in one go: word by word, and each twice, they take three times as long."""
    lists = (each for each in (files("justext") / "stoplists").iterdir() if each.name.endswith(".txt"))
    return frozenset(b"\n".join(each.read_bytes() for each in lists).decode().lower().split())
