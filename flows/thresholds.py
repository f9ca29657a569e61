"""The thresholds by which a run settles what articles have to do with each other."""

from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from copydesk.flows.read_toml import read_toml
from copydesk.flows.settle_copies import CopyThresholds
from copydesk.flows.settle_stories import SettleStoriesThresholds
from copydesk.flows.thresholds_version import thresholds_version
from copydesk.schemas.user_error import UserError
from copydesk.transforms.dates.infer_story import TrustThresholds
from copydesk.transforms.site_memory.judge_sightings import SiteThresholds


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds by area: repeated lines, copies, stories, and intervals by stories."""

    sites: SiteThresholds = field(default_factory=SiteThresholds)
    copies: CopyThresholds = field(default_factory=CopyThresholds)
    stories: SettleStoriesThresholds = field(default_factory=SettleStoriesThresholds)
    intervals: TrustThresholds = field(default_factory=TrustThresholds)

    def versions(self) -> dict[str, str]:
        """Return the version of each area, as rows bear it."""
        areas = (field.name for field in fields(self))
        return {area: thresholds_version(area, getattr(self, area)) for area in areas}


DEFAULTS = Thresholds()

BOUNDS = {"_days": (0, 36_500), "_ratio": (0, 1), "_weight": (0, 1_000)}
"""What a threshold can be at all, by its unit: nothing that dates or sums overflow by."""


def read_thresholds(path: Path) -> Thresholds:
    """Return the defaults with what the file changes. Raises UserError."""
    changed: Thresholds = _changed(DEFAULTS, read_toml(path), f"{path}: ")
    return changed


def _changed(record: Any, given: dict[str, Any], where: str) -> Any:
    known = [field.name for field in fields(record)]
    changes = {}
    for name, value in given.items():
        if name not in known:
            raise UserError(f"{where}{name} is no threshold; there are {', '.join(known)}")
        now = getattr(record, name)
        if is_dataclass(now) != isinstance(value, dict):
            raise UserError(f"{where}{name} must be {'a table' if is_dataclass(now) else 'a number'}")
        changes[name] = (
            _changed(now, value, f"{where}{name}.")
            if is_dataclass(now)
            else _number(now, value, where + name)
        )
    return replace(record, **changes)


def _number(now: Any, value: Any, where: str) -> Any:
    """Return a number of the kind that stands there now; a whole one may stand for a fraction."""
    kind = int if isinstance(now, int) else float
    if isinstance(value, bool) or not isinstance(value, (kind, int)):
        raise UserError(f"{where} must be a {'whole ' if kind is int else ''}number, not {value!r}")
    least, most = bounds(where, now)
    if not least <= value <= most:
        raise UserError(f"{where} must be a number from {least:,} to {most:,}, not {value}")
    return kind(value)


def bounds(name: str, now: Any) -> tuple[int, int]:
    """Return the least and the most that a threshold can be, by the unit that its name ends in, or by its kind."""
    counts = (0, 1_000_000_000) if isinstance(now, int) else (-1_000, 1_000)
    return next((ends for unit, ends in BOUNDS.items() if name.endswith(unit)), counts)
