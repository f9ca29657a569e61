"""What a listing (feed, sitemap, list of addresses) names, in one shape for all of them."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.sources.items import UrlState
from copydesk.schemas.reasons import Reason
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.sitemaps.read_sitemap import ListedPage


class TextPlace(StrEnum):
    """Where the text of what is listed stands: on a page, in the feed alone, or on another entry's page."""

    PAGE = "page"
    FEED = "feed"
    SAME_PAGE = "same_page"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing names. `key` is its name in url_states, `hint` changes when the page may have.

    `url` is where it is asked for, or a name below the feed's address for what stands in the feed alone.
    `metadata` is what the listing says of the page; `date` the date it gives, as written.
    """

    key: str
    url: str
    hint: str | None = None
    date: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    text_place: TextPlace = TextPlace.PAGE

    @classmethod
    def from_state(cls, state: UrlState) -> "Listed":
        """Take up again what was kept of a page that is still due."""
        try:
            kept = json.loads(state.entry or "{}")
        except ValueError:
            kept = {}
        return cls(
            state.url,
            kept.get("url", state.url),
            state.hint,
            kept.get("date"),
            kept.get("metadata", {}),
            TextPlace(kept.get("stand", TextPlace.PAGE)),
        )


def page_key(url: str) -> str:
    """Name a page by the normal form of its address; refuse what is no address."""
    key = normalise_url(url)
    if key is None:
        raise FetchError(Reason.BAD_URL, f"{url[:200]!r} is not the address of a page")
    return key


def from_sitemap(page: ListedPage, sitemap_url: str) -> Listed:
    """Take a sitemap's address, with the title and date of a news sitemap."""
    metadata = {
        "sitemap_url": sitemap_url,
        "title": page.title,
        "published": page.published,
        "published_at": page.published,
        "updated": page.lastmod,
        "publisher": page.publisher,
        "language": page.language,
    }
    kept = {k: v for k, v in metadata.items() if v}
    return Listed(page_key(page.url), page.url, page.lastmod, page.published or page.lastmod, kept)
