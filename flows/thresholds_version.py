"""Names the thresholds that decide a part of the tables by a short hash: nobody has to count versions by hand."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from copydesk import transforms
from copydesk.transforms.identify import digest

AREAS = {
    "bodies": ("extract", "clean", "line_model", "pagelines", "dates", "text"),
    "sites": ("site_memory", "line_model", "text"),
    "copies": ("copies",),
    "stories": ("stories",),
    "intervals": ("dates",),
}
"""The packages of transforms whose numbers decide: bodies and dates, repeated lines, copies, stories, intervals."""

NUMBER = re.compile(
    r"^(?: {4})?(\w+(?:, \w+)*)(?:: \w+)? = ([-+*/(<).\deE_, ]*\d[-+*/(<).\deE_, ]*?)(?: +#.*)?$",
    re.MULTILINE,
)
"""A line that gives a number a name, or several: a constant, or a default of a record."""
_COMPARED = (re.compile(r"[<>=:] ((?![01]\b(?!\.))-?\.?\d[\d_.]*)"), re.compile(r"\d[\d_.]* [<>]"))
"""A number beside a sign: compared, or an entry of a dictionary; 0 and 1 behind it decide nothing."""


def thresholds_version(area: str, thresholds: Any = None) -> str:
    """Return the version of an area's thresholds: its modules' numbers, packed arrays and word lists, and those given.

    The modules are read, not imported: a run that finds nothing new has no use for them. A number that decides
    nothing (a batch size) counts as well: what is settled once too often is still right. One that moves to another
    file is the same.
    """
    given = None if thresholds is None else asdict(thresholds)
    return hashlib.sha256(json.dumps([_numbers(area), given], sort_keys=True).encode()).hexdigest()[:8]


@cache
def _numbers(area: str) -> list[tuple[str, str]]:
    root = Path(transforms.__path__[0])
    return sorted(found for package in AREAS[area] for found in _numbers_of(root / package))


def _numbers_of(package: Path) -> Iterator[tuple[str, str]]:
    for file in package.rglob("*.py"):
        source = file.read_text("utf-8")
        for name, value in NUMBER.findall(source):
            yield name, value.replace("_", "").replace(" ", "")
        for pattern in _COMPARED:
            yield from (("", value.replace("_", "")) for value in pattern.findall(source))
    for file in (*package.rglob("*.npz"), *package.rglob("*.toml")):
        yield file.name, hashlib.sha256(file.read_bytes()).hexdigest()


def refining_versions(rules_version: str) -> dict[str, str]:
    """Return the versions that each revision bears, but for its extractor's."""
    return {
        "copydesk": version("copydesk"),
        "rules": rules_version,
        "parameters": thresholds_version("bodies"),
    }


def version_name(versions: dict[str, str]) -> str:
    """Return the name under which what these versions refine is staged; what copies and stories compare is in it."""
    compared = [thresholds_version(area) for area in ("sites", "copies", "stories")]
    return digest(*versions.values(), *compared)[:8]
