"""The domain under which somebody has registered a host, by the Public Suffix List that comes with tldextract.

The list alone is read. The package's own code loads an HTTP client and lays the list out twice: .06 s and 10 MB.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

import idna

_PRIVATE = "// ===BEGIN PRIVATE DOMAINS==="
"""Behind this line stand suffixes of companies (blogspot.com), whose customers are not who registered them."""
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_AUTHORITY = re.compile(r"(?:(?:[a-zA-Z0-9+.-]+:)?//)?([^/?#]*)")


@lru_cache(maxsize=65_536)
def registered_domain(url: str) -> str | None:
    """Return the registered domain (bbc.co.uk of https://www.bbc.co.uk/news), or None where there is none."""
    labels = _DOTS.sub(".", _host(url)).split(".")
    start = _suffix_start([_decoded(label) for label in labels])
    return ".".join(labels[start - 1 :]) if 0 < start < len(labels) and labels[start - 1] else None


def _host(url: str) -> str:
    found = _AUTHORITY.match(url)
    name = found[1].rpartition("@")[2] if found else ""
    if name.startswith("[") and "]" in name:
        return ""  # a number, of IPv6
    return name.partition(":")[0].strip().rstrip(".\u3002\uff0e\uff61")


def _decoded(label: str) -> str:
    label = label.lower()
    if label.startswith("xn--"):
        try:
            return idna.decode(label)
        except (UnicodeError, IndexError):
            return label
    return label


def _suffix_start(labels: list[str]) -> int:
    """Return where the public suffix begins: at its end where there is none.

    The longest rule counts; `*.ck` is every name below ck but for those of a rule such as `!www.ck`
    (https://github.com/publicsuffix/list/wiki/Format).
    """
    suffixes, tails = _rules()
    start, tail = len(labels), ""
    for place in reversed(range(len(labels))):
        name = labels[place] + tail
        if name in tails:
            start, tail = place if name in suffixes else start, f".{name}"
        elif f"*{tail}" in suffixes:
            return place + 1 if f"!{name}" in suffixes else place
        else:
            break
    return start


@cache
def _rules() -> tuple[frozenset[str], frozenset[str]]:
    """Return the public suffixes, and all that one of them ends in."""
    package: Any = find_spec("tldextract")
    place = package.origin.removesuffix("__init__.py") + ".tld_set_snapshot"
    text = package.loader.get_data(place).decode()
    lines = text.partition(_PRIVATE)[0].splitlines()
    suffixes = frozenset(line.split()[0] for line in lines if line.strip() and not line.startswith("//"))
    return suffixes, frozenset(tail for suffix in suffixes for tail in _tails(suffix))


def _tails(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.partition(".")[2]
