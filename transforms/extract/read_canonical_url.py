"""Read the address that a page claims for itself, if it can be believed."""

import re
from urllib.parse import urlsplit

from transforms.extract.is_own_address import is_own_address
from transforms.normalise_url import normalise_url
from transforms.page.load_json_ld import text_of
from transforms.page.walk_page import Page
from transforms.redact import redact_url
from transforms.registered_domain import registered_domain

_TEMPLATE = re.compile(r"[{}<>\[\]|^`]|%%|\$\(")


def read_canonical_url(page: Page, *, url: str | None, title: str | None = None) -> str | None:
    """Give the first claim that is an address of the same registered domain as `url` and names this page, normalised.

    What a template left over (`undefined`, `{{ url }}`), the front page and a section's are passed over. Without a
    believable claim the result is null: the carrier's address then stands.
    """
    head, article = page.head, page.json_ld.article
    claims = (
        *head.links.get("canonical", ()),
        head.first("og:url"),
        text_of(article.get("mainEntityOfPage")),
        text_of(article.get("url")),
    )
    own = normalise_url(url)
    found = (normalise_url(claim, base=url) for claim in claims if claim and not _TEMPLATE.search(claim))
    claim = next((claim for claim in found if claim and _is_believable(claim, own, title)), None)
    return claim and redact_url(claim)


def _is_believable(claim: str, own: str | None, title: str | None) -> bool:
    if own is not None and _owner(claim) != _owner(own):
        return False
    parts = urlsplit(claim)
    if parts.path == "/" and not parts.query:
        return own is not None and not urlsplit(own).path.strip("/")
    return is_own_address(claim, own, title=title)


def _owner(url: str) -> str:
    return registered_domain(url) or urlsplit(url).hostname or ""
