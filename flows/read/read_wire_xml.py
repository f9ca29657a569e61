"""Reads articles as agencies, archives and trafilatura give them in XML: NITF, NewsML-G2, newsitem, doc."""

from typing import Any

from lxml import etree

_ARTICLES = etree.XPath(
    "descendant-or-self::*[self::nitf or self::newsitem or self::doc[main] or self::iptc:newsItem]"
    "[not(ancestor::iptc:newsItem)]",
    namespaces={"iptc": "http://iptc.org/std/nar/2006-10-01/"},
)
_FIELDS = {
    "title": ("hedline/hl1", "hedline", "headline", "title", "@title"),
    "authors": ("byline", "by", "@author"),
    "id": ("doc-id@id-string", "@guid", "@itemid"),
    "url": ("pubdata@ex-ref", "@url", "@source"),
    "date": (
        *("pubdata@date.publication", "date.issue@norm", "firstCreated", "contentCreated", "versionCreated", "@date"),
    ),
    "source": (
        *("pubdata@name", "doc.copyright@holder", "provider/name", "copyrightHolder/name", "@sitename", "@hostname"),
    ),
    "language": ("@{http://www.w3.org/XML/1998/namespace}lang", "@language"),
}  # fmt: skip
"""Where a field stands, in order: elements, @attribute."""

# The New York Times' annotated corpus gives the lead twice, in a block of its own and in that of the full text.
_BODIES = (".//block[@class='full_text']", ".//body.content", ".//{*}inlineXML", "./text", "./main")
_PARAGRAPHS = ("{*}p", "{*}hl2")


def read_wire_xml(payload: bytes) -> tuple[dict[str, Any], ...]:
    """Return the articles of a document as rows; none where it is of another kind."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(payload, parser) if payload.strip() else None
    return () if root is None else tuple(map(_row, _ARTICLES(root)))


def _row(article: Any) -> dict[str, Any]:
    fields = {
        name: next((found for place in places if (found := _found(article, place))), None)
        for name, places in _FIELDS.items()
    }
    body = next((found for place in _BODIES if (found := article.find(place)) is not None), None)
    if body is not None and body.tag == "main":  # headings, lists and quotes stand beside its paragraphs
        paragraphs = [_text(each) for each in body]
    else:
        paragraphs = [] if body is None else [_text(each) for each in body.iter(*_PARAGRAPHS)]
    return fields | {"text": "\n\n".join(filter(None, paragraphs or [_text(body)]))}


def _found(article: Any, place: str) -> str | None:
    names, _, attribute = place.partition("@")
    element = (
        article.find(".//" + "/".join(f"{{*}}{name}" for name in names.split("/"))) if names else article
    )
    if element is None:
        return None
    return element.get(attribute) if attribute else _text(element)


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
