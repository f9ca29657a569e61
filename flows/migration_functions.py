"""What migrations may call in their SQL: the rules for addresses and identities, today's and form 1's, and line keys.

Null gives null; a function returns the empty text for null, which DuckDB takes from none.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from copydesk.schemas.tables.sites import PLACES
from copydesk.transforms.identify import article_at, digest
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.redact import redact_addresses, redact_url
from copydesk.transforms.site_memory.line_keys import fold_line, hash_line, line_key


def normal_url(url: str) -> str:
    """Return the normal form of an address without its secrets, or the empty text."""
    return normalise_url(redact_url(url)) or ""


def article_of_address(url: str) -> str:
    """Return the article that an address names today, or the empty text where it names none."""
    normal = normal_url(url)
    return (normal and article_at(normal)) or ""


def article_of_address_in_form_1(url: str) -> str:
    """Return the article that an address named while it was taken as it was written."""
    return digest("url", url)


def line_key_of(line: str) -> str:
    """Return the key of a line of a body as a number, or the empty text where it has none."""
    key = line_key(" ".join(line.split()))
    return "" if key is None else str(key)


def line_hashes_of(site: str, line: str) -> str:
    """Return the hashes that a line of a site has at each place, as numbers with a space between."""
    key = fold_line(" ".join(line.split()))
    return " ".join(str(hash_line(site, place, key)) for place in sorted(PLACES))


MIGRATION_FUNCTIONS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "normal_url": normal_url,
        "without_secrets": redact_url,
        "text_without_secrets": redact_addresses,
        "article_of_address": article_of_address,
        "article_of_address_in_form_1": article_of_address_in_form_1,
        "line_key_of": line_key_of,
        "line_hashes_of": line_hashes_of,
    }
)
"""By the names that released migrations call."""
