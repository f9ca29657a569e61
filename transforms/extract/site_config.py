"""A newsroom's word for where the parts of a site's pages stand, as records: they load in no time."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Selectors of one site, each as XPath; of several for a part the first that finds something counts."""

    name: str
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


SiteConfigs = Mapping[str, SiteConfig]
"""By host, without `www.`; a host stands for those below it."""
