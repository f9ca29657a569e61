"""Finds the registered domain of a URL by the packaged Public Suffix List; nothing is fetched."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@lru_cache(maxsize=65_536)
def registered_domain(url: str) -> str | None:
    """Return the registered domain (bbc.co.uk of https://www.bbc.co.uk/news), or None where there is none."""
    found = _extractor()(url)
    return found.top_domain_under_public_suffix or None


@cache
def _extractor() -> "TLDExtract":
    from tldextract import TLDExtract  # noqa: PLC0415 - it loads an HTTP client that nobody uses

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
