"""Read the address that a page claims for itself, if it can be believed."""

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from courlan import normalize_url, validate_url
from tldextract import TLDExtract

from transforms.extract.read_head import Head
from transforms.extract.read_json_ld import JsonLd, text_of


def read_canonical_url(head: Head, json_ld: JsonLd, *, url: str | None) -> str | None:
    """Give the first claim that is a valid address of the same registered domain as `url`, normalised.

    A claim of the bare home page by a deeper page is a template's mistake and is passed over. Without a
    believable claim the result is null: the address of the carrier is somebody else's to normalise.
    """
    claims = (
        *head.links.get("canonical", ()),
        head.first("og:url"),
        text_of(json_ld.article.get("mainEntityOfPage")),
        text_of(json_ld.article.get("url")),
    )
    for claim in claims:
        believed = _believed(claim, url) if claim else None
        if believed:
            return believed
    return None


def _believed(claim: str, url: str | None) -> str | None:
    try:
        absolute = urljoin(url or "", claim.strip())
        is_valid, parts = validate_url(absolute)
        if not is_valid or parts is None:
            return None
        if parts.path.strip("/") == "" and not parts.query and (url is None or urlsplit(url).path.strip("/")):
            return None
        if url and _registered_domain(absolute) != _registered_domain(url):
            return None
        return str(normalize_url(parts))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _suffixes() -> TLDExtract:
    return TLDExtract(cache_dir=None, suffix_list_urls=())


def _registered_domain(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return _suffixes()(host).top_domain_under_public_suffix or host
