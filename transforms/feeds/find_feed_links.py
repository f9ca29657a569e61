"""Enters: an HTML page. Leaves: the addresses of the feeds that it names."""

from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
    }
)
_WORDS = ("/rss", "/feed", ".rss", "atom.xml", "rss.xml", "feed.xml")
_MAX_LINKS = 50


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names; `is_declared` where a link element says that it is one."""

    url: str
    title: str | None
    is_declared: bool


def find_feed_links(page: bytes, *, url: str) -> list[FeedLink]:
    """Return the feeds of a page, the declared ones first, each once."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    root = etree.fromstring(page, parser) if page.strip() else None
    if root is None:
        return []
    base = next((href for element in root.iter("base") if (href := element.get("href"))), "")
    base = urljoin(url, base)
    found: dict[str, FeedLink] = {}
    for element in root.iter("link"):
        rels = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in rels and kind in _TYPES and "wp-json" not in (element.get("href") or ""):
            _add(found, base, element, is_declared=True)
    for element in root.iter("a"):
        if any(word in (element.get("href") or "").lower() for word in _WORDS):
            _add(found, base, element, is_declared=False)
    return list(found.values())[:_MAX_LINKS]


def _add(found: dict[str, FeedLink], base: str, element: etree._Element, *, is_declared: bool) -> None:
    href = (element.get("href") or "").strip()
    try:
        address = urljoin(base, href).partition("#")[0]
    except ValueError:
        return
    if href and address.startswith(("http://", "https://")) and address not in found:
        title = element.get("title") or (element.text if element.tag == "a" else None)
        found[address] = FeedLink(address, (title or "").strip()[:200] or None, is_declared)
