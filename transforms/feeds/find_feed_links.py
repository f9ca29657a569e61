"""Enters: an HTML page. Leaves: the addresses of the feeds that it names."""

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


def find_feed_links(page: bytes, *, url: str) -> list[str]:
    """Return the feeds of a page, the declared ones first, each once."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    root = etree.fromstring(page, parser) if page.strip() else None
    if root is None:
        return []
    base = next((href for element in root.iter("base") if (href := element.get("href"))), "")
    base = urljoin(url, base)
    found: dict[str, None] = {}
    for element in root.iter("link"):
        rels = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in rels and kind in _TYPES and "wp-json" not in (element.get("href") or ""):
            _add(found, base, element)
    for element in root.iter("a"):
        if any(word in (element.get("href") or "").lower() for word in _WORDS):
            _add(found, base, element)
    return list(found)[:_MAX_LINKS]


def _add(found: dict[str, None], base: str, element: etree._Element) -> None:
    href = (element.get("href") or "").strip()
    try:
        address = urljoin(base, href).partition("#")[0]
    except ValueError:
        return
    if href and address.startswith(("http://", "https://")):
        found[address] = None
