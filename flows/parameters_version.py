"""Names the tunables that decide a part of the tables by a short hash, so that nobody has to count versions by hand."""

import hashlib
import json
import pkgutil
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

AREAS = {
    "bodies": ("transforms.extract", "transforms.clean", "transforms.pagelines", "transforms.dates"),
    "sites": ("transforms.site_memory",),
    "copies": ("transforms.copies",),
    "stories": ("transforms.stories",),
    "intervals": ("transforms.dates",),
}
"""The packages whose numbers decide: bodies and dates, repeated lines, copies, stories, and intervals by stories."""


def parameters_version(area: str, params: Any = None) -> str:
    """Return the version of an area's tunables: all numbers of its modules, and the given parameters.

    A number that decides nothing (a batch size) counts as well: what is settled once too often is still right.
    """
    given = None if params is None else asdict(params)
    return hashlib.sha256(json.dumps([_numbers(area), given], sort_keys=True).encode()).hexdigest()[:8]


@cache
def _numbers(area: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for package in AREAS[area]:
        for name in _modules(package):
            found |= _numbers_of(import_module(name))
    return found


def _modules(package: str) -> list[str]:
    path = import_module(package).__path__
    return sorted([package, *(each.name for each in pkgutil.walk_packages(path, f"{package}."))])


def _numbers_of(module: ModuleType) -> dict[str, float]:
    """Return the numeric constants of a module, and the numeric defaults of the records that it defines."""
    found = {
        f"{module.__name__}.{name}": value
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float)
    }
    for name, value in vars(module).items():
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__:
            found |= {
                f"{module.__name__}.{name}.{field.name}": field.default
                for field in fields(value)
                if isinstance(field.default, int | float)
            }
    return found
