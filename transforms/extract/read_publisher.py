"""Read the name of the house that published an article."""

from urllib.parse import urlsplit

from copydesk.transforms.page.load_json_ld import JsonLd, text_of, types_of
from copydesk.transforms.page.walk_page import Page

ORGANISATIONS = frozenset({"newsmediaorganization", "organization"})
NAME_LIMIT_CHARS = 80


def read_publisher(page: Page) -> str | None:
    """Give the publisher's name as the page declares it, or null: a host name is not a name."""
    head, json_ld = page.head, page.json_ld
    candidates = (
        text_of(json_ld.article.get("publisher")),
        _referred(json_ld),
        head.first("og:site_name"),
        *(text_of(node.get("name")) for node in json_ld.nodes if types_of(node) & ORGANISATIONS),
        *(text_of(node.get("name")) for node in json_ld.nodes if "website" in types_of(node)),
        head.first("dc.publisher", "dcterms.publisher", "publisher", "application-name"),
    )
    return next((name for name in candidates if name and _is_name(name)), None)


def _referred(json_ld: JsonLd) -> str | None:
    publisher = json_ld.article.get("publisher")
    reference = publisher.get("@id") if isinstance(publisher, dict) else None
    for node in json_ld.nodes:
        if reference and node.get("@id") == reference and node.get("name"):
            return text_of(node["name"])
    return None


def _is_name(text: str) -> bool:
    return (
        len(text) <= NAME_LIMIT_CHARS
        and not urlsplit(text).scheme.startswith("http")
        and not text.startswith("@")
    )
