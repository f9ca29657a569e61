"""Names the entries of a feed, so that none passes for another.

An entry is known by the address that it links to. Where that tells it from no other entry (several link to one
page, or to the front page, or it links to none) it is known by its guid, and where that does not either, by what it
says. The same guid with another link is another entry: guids are used again, and an article that moved is known by
the canonical link of its page.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from copydesk.flows.sources.items import UrlState
from copydesk.flows.sources.listed import Listed, TextPlace
from copydesk.transforms.feeds.feed import Entry, Feed
from copydesk.transforms.identify import digest, has_path
from copydesk.transforms.normalise_url import normalise_url

_MAX_KEPT_CHARS = 1_000_000


def list_entries(
    feed: Feed, feed_url: str, *, fetches_pages: bool, known: Mapping[str, UrlState]
) -> list[Listed]:
    """Return the entries of a feed in its order; `known` tells what was taken under the names of `entry_names`.

    Where pages are fetched, one entry stands for a page that several link to. Where they are not, an entry keeps
    the name that it was taken under before: which others stand beside it changes as a feed moves on.
    """
    entries = dict.fromkeys(feed.entries)  # what a feed repeats word for word is one entry
    links = {entry: _page_of(entry) for entry in entries}
    link_counts = Counter(links.values())
    guid_counts = Counter(entry.entry_id for entry in entries)
    listed: dict[str, Listed] = {}
    for entry, link in links.items():
        key = _name(entry, feed_url, is_own=guid_counts[entry.entry_id] == 1)
        stand = TextPlace.SAME_PAGE if link and fetches_pages else TextPlace.FEED
        is_taken = link is None or link in listed
        if link and not is_taken and (fetches_pages or _has_own(link, key, entry, link_counts[link], known)):
            key, stand = link, TextPlace.PAGE
        url = entry.url if stand is TextPlace.PAGE and entry.url else key
        listed[key] = Listed(
            key, url, _hint(entry), entry.published_at, _metadata(entry, feed, feed_url), stand
        )
    return list(listed.values())


def entry_names(feed: Feed, feed_url: str) -> list[str]:
    """Return the names under which the entries of a feed may have been taken before."""
    links = (_page_of(entry) for entry in feed.entries)
    guids = (_name(entry, feed_url, is_own=True) for entry in feed.entries)
    return sorted({name for name in (*links, *guids) if name})


def _has_own(link: str, name: str, entry: Entry, count: int, known: Mapping[str, UrlState]) -> bool:
    """Return whether a link names this entry: it is its alone, or it was taken under it before."""
    if name in known:
        return False
    before = known.get(link)
    return count == 1 or (before is not None and before.hint == _hint(entry))


def _page_of(entry: Entry) -> str | None:
    """Return the address that an entry links to; null for none and for a front page, which is of no entry."""
    link = normalise_url(entry.url)
    return link if link and has_path(link) else None


def _name(entry: Entry, feed_url: str, *, is_own: bool) -> str:
    """Return a name below the feed's address: the guid, with what the entry says where others have that guid too."""
    if entry.entry_id and is_own:
        return f"{feed_url}#{entry.entry_id}"
    return f"{feed_url}#{entry.entry_id or ''}{digest(entry.title, entry.published, _hint(entry))}"


def _hint(entry: Entry) -> str:
    content = entry.content_html or ""
    parts = [entry.title, entry.updated, entry.published, entry.summary_html or content or None, content]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _metadata(entry: Entry, feed: Feed, feed_url: str) -> dict[str, Any]:
    said = {
        "feed_url": feed_url,
        "feed_title": feed.title,
        "feed_kind": feed.kind,
        "entry_id": entry.entry_id,
        "link": entry.url,
        "title": entry.title,
        "authors": list(entry.authors),
        "published": entry.published,
        "published_at": entry.published_at,
        "updated": entry.updated,
        "language": entry.language or feed.language,
        "licence": entry.licence or feed.licence,
        "tags": list(entry.tags),
        "summary_html": (entry.summary_html or "")[:_MAX_KEPT_CHARS] or None,
        "content_html": (entry.content_html or "")[:_MAX_KEPT_CHARS] or None,
    }
    return {name: value for name, value in said.items() if value}
