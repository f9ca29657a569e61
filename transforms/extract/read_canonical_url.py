"""Read the address that a page claims for itself, if it can be believed."""

from urllib.parse import urlsplit

from transforms.extract.read_head import Head
from transforms.extract.read_json_ld import JsonLd, text_of
from transforms.normalise_url import normalise_url
from transforms.redact import redact_url
from transforms.registered_domain import registered_domain


def read_canonical_url(head: Head, json_ld: JsonLd, *, url: str | None) -> str | None:
    """Give the first claim that is an address of the same registered domain as `url`, normalised.

    A claim of the bare home page by a deeper page is a template's mistake and is passed over. Without a
    believable claim the result is null: the carrier's address then stands.
    """
    claims = (
        *head.links.get("canonical", ()),
        head.first("og:url"),
        text_of(json_ld.article.get("mainEntityOfPage")),
        text_of(json_ld.article.get("url")),
    )
    found = (normalise_url(claim, base=url) for claim in claims if claim)
    claim = next((claim for claim in found if claim and _is_believable(claim, url)), None)
    return claim and redact_url(claim)


def _is_believable(claim: str, url: str | None) -> bool:
    parts = urlsplit(claim)
    if parts.path == "/" and not parts.query and (url is None or urlsplit(url).path.strip("/")):
        return False
    return url is None or _owner(claim) == _owner(url)


def _owner(url: str) -> str:
    return registered_domain(url) or urlsplit(url).hostname or ""
