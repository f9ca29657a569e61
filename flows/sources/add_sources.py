"""Writes sources into a source list, and as OPML, by which readers of feeds exchange their subscriptions."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

from copydesk.flows.fetch.address import split_login
from copydesk.flows.sources.read_sources import read_sources
from copydesk.flows.sources.source import Source, name_of_address
from copydesk.schemas.enums import SourceKind
from copydesk.schemas.user_error import UserError
from copydesk.transforms.redact import redact_url

WRITTEN = {
    "source_id": "id", "kind": "kind", "url": "url", "language": "language", "publisher": "publisher",
}  # fmt: skip
WEB = ("http://", "https://")


def add_sources(path: Path, sources: Sequence[Source], *, is_rehearsal: bool = False) -> list[Source]:
    """Append the sources whose address the list does not have; return them, under names that are free.

    What stands in the list is left as it is written. Makes the list where there is none.
    """
    listed = read_sources(path) if path.exists() else ()
    names, addresses = {source.source_id for source in listed}, {_same(source) for source in listed}
    added = []
    for source in sources:
        if _same(source) not in addresses:
            named = replace(source, source_id=_free(source.source_id, names))
            names.add(named.source_id)
            addresses.add(_same(named))
            added.append(named)
    if added and not is_rehearsal:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        gap = "\n\n" if before.strip() else ""
        path.write_text(before.rstrip("\n") + gap + "\n".join(map(entry_of, added)), "utf-8")
    return added


def entry_of(source: Source) -> str:
    """Return a source as an entry of a list."""
    fields = ((key, getattr(source, name)) for name, key in WRITTEN.items())
    # A text of JSON is one of TOML, but for the one sign that TOML wants escaped.
    written = {key: json.dumps(str(value), ensure_ascii=False) for key, value in fields if value}
    lines = [f"{key} = {text}".replace("\x7f", "\\u007f") for key, text in written.items()]
    return "\n".join(["[[source]]", *lines, ""])


def _same(source: Source) -> str | None:
    """Return what two addresses of one feed have in common: not their scheme, login or last slash."""
    if source.url is None:
        return None
    with suppress(ValueError):
        return split_login(source.url)[0].partition("://")[2].rstrip("/")
    return source.url


def _free(name: str, taken: set[str]) -> str:
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(each for each in names if each not in taken)


def read_opml(payload: bytes) -> list[Source]:
    """Return the feeds of a file in its order, each once, with the titles that its reader gave them as publishers."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = None
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(payload, parser)
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise UserError("no OPML: a reader of feeds exports it as feeds.opml")
    found: dict[str, Source] = {}
    for outline in root.iter("{*}outline"):
        words = _words_of(outline)
        url = words.get("xmlurl", "").replace("feed://", "https://")
        if url.lower().startswith(WEB):
            title = words.get("title") or words.get("text") or None
            language = words.get("language") or None
            found.setdefault(
                url,
                Source(name_of_address(url), SourceKind.FEED, url=url, publisher=title, language=language),
            )
    return list(found.values())


def _words_of(outline: "etree._Element") -> dict[str, str]:
    """Return the attributes of a feed, but for one with half a character."""
    words = {}
    for name in outline.keys():  # noqa: SIM118 - no dictionary
        with suppress(UnicodeDecodeError):
            words[str(name).lower()] = str(outline.get(name)).strip()
    return words


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
