"""Resolves what a feed links to against the address of the feed."""

from urllib.parse import urljoin

from transforms.normalise_url import normalise_url


def resolve_link(base: str, link: str | None) -> str | None:
    """Return a link in full; one that no address can be made of stays as it is written, to be refused on record."""
    try:
        return urljoin(base, link) if link and normalise_url(link, base=base) else link
    except ValueError:
        return link
