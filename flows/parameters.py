"""The tunables by which a run settles what articles have to do with each other."""

from dataclasses import dataclass, field
from typing import Any

from copydesk.flows.parameters_version import parameters_version
from copydesk.flows.settle_copies import CopyParams
from copydesk.flows.settle_stories import SettleParams
from copydesk.transforms.dates.infer_story import TrustParams
from copydesk.transforms.site_memory.judge_sightings import SiteParams


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters by area: repeated lines, copies, stories, and intervals by stories."""

    sites: SiteParams = field(default_factory=SiteParams)
    copies: CopyParams = field(default_factory=CopyParams)
    stories: SettleParams = field(default_factory=SettleParams)
    intervals: TrustParams = field(default_factory=TrustParams)

    def versions(self) -> dict[str, str]:
        """Return the version of each area, as rows bear it."""
        areas: dict[str, Any] = {
            "sites": self.sites,
            "copies": self.copies,
            "stories": self.stories,
            "intervals": self.intervals,
        }
        return {area: parameters_version(area, params) for area, params in areas.items()}


DEFAULTS = Parameters()
