"""What a listing (feed, sitemap, list of addresses) names, in one shape for all of them."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flows.fetch.address import parse_address
from flows.sources.items import UrlState
from transforms.feeds.feed import Entry, Feed
from transforms.sitemaps.read_sitemap import ListedPage

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|at_medium|at_campaign)$"
)
_MAX_KEPT_CHARS = 1_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a listing names. `key` is its name in url_states, `hint` changes when the page may have.

    `metadata` is what the listing says of the page; `date` the date it gives, as written.
    """

    key: str
    url: str
    hint: str | None = None
    date: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_state(cls, state: UrlState) -> "Listed":
        """Take up again what was kept of a page that is still due."""
        try:
            kept = json.loads(state.entry or "{}")
        except ValueError:
            kept = {}
        return cls(
            state.url, kept.get("url", state.url), state.hint, kept.get("date"), kept.get("metadata", {})
        )


def page_key(url: str) -> str:
    """Name a page by its address, without fragment and without what trackers append; refuse what is no address."""
    clean = parse_address(url).url
    if "?" not in clean:
        return clean
    parts = urlsplit(clean)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name.lower())]
    return clean if len(kept) == len(pairs) else urlunsplit(parts._replace(query=urlencode(kept)))


def from_entry(entry: Entry, feed: Feed, feed_url: str) -> Listed:
    """Take a feed's entry. An entry without an address is named by its id below the feed's address."""
    content = entry.content_html or ""
    metadata = {
        "feed_url": feed_url,
        "feed_title": feed.title,
        "feed_kind": feed.kind,
        "entry_id": entry.entry_id,
        "title": entry.title,
        "authors": list(entry.authors),
        "published": entry.published,
        "published_at": entry.published_at,
        "updated": entry.updated,
        "language": entry.language or feed.language,
        "licence": entry.licence or feed.licence,
        "tags": list(entry.tags),
        "summary_html": (entry.summary_html or "")[:_MAX_KEPT_CHARS] or None,
        "content_html": content[:_MAX_KEPT_CHARS] or None,
    }
    parts = [entry.title, entry.updated, entry.published, entry.summary_html, content]
    hint = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
    url = entry.url or f"{feed_url}#{entry.entry_id or hint}"
    key = page_key(entry.url) if entry.url else url
    return Listed(key, url, hint, entry.published_at, {k: v for k, v in metadata.items() if v})


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
