"""Reads and writes OPML, by which readers of feeds exchange their subscriptions."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from lxml import etree

from copydesk.flows.sources.source import Source, name_of_address
from copydesk.schemas.enums import SourceKind
from copydesk.schemas.user_error import UserError
from copydesk.transforms.redact import redact_url

WEB = ("http://", "https://")


def read_opml(payload: bytes) -> list[Source]:
    """Return the feeds of a file in its order, each once, with the titles that its reader gave them as publishers."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(payload, parser) if payload.strip() else None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise UserError("no OPML: a reader of feeds exports it as feeds.opml")
    found: dict[str, Source] = {}
    for outline in root.iter("{*}outline"):
        words = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        url = words.get("xmlurl", "").replace("feed://", "https://")
        if url.lower().startswith(WEB):
            title = words.get("title") or words.get("text") or None
            language = words.get("language") or None
            found.setdefault(
                url,
                Source(name_of_address(url), SourceKind.FEED, url=url, publisher=title, language=language),
            )
    return list(found.values())


def write_opml(sources: Sequence[Source]) -> str:
    """Return the feeds among sources as OPML; addresses without their logins and tokens."""
    lines = [
        f"    <outline type={quoteattr('rss')} text={quoteattr(source.publisher or source.source_id)}"
        f" xmlUrl={quoteattr(redact_url(source.url))}/>"
        for source in sources
        if source.kind == SourceKind.FEED and source.url
    ]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head><title>Sources</title></head>",
         "  <body>", *lines, "  </body>", "</opml>", ""]
    )  # fmt: skip
