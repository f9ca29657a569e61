"""Tells which published piece a document is of, whose page it is, and which wording it carries.

`digest` is the one way in which identifiers are made. Domains are those of the packaged Public Suffix List.
"""

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.registered_domain import registered_domain

_HOST = re.compile(r"^(?:m|mobile|amp)\.(?:www\.)?(?=[^.]+\.[^.])")
_PATH = re.compile(r"^/amp(?=/)|/(?:amp|print)(?=/?$)|\.amp(?=$|\.html$)", re.IGNORECASE)
_NAMED = re.compile(r"\d{4}|[a-z0-9]+[-_][a-z0-9]+[-_][a-z0-9]+", re.IGNORECASE)
_PAIR = re.compile(
    r"(?:amp|mobile|print|printable)(?:=(?:1|true|yes)?)?"
    r"|(?:output(?:type)?|view|mode|version|format|display)=(?:amp|mobile|print|printable)",
    re.IGNORECASE,
)
ID_CHARS = 20
"""80 bits: among 10^9 identifiers two alike are expected once in 2 million warehouses."""


def identify(
    canonical_url: str | None,
    external_id: str | None,
    source_id: str,
    origin: str,
    line: int | None,
    words_hash: str,
) -> str:
    """Return the article_id: of the canonical URL, else the user's id, else the file, else the text.

    `canonical_url` is in its normal form. A home page is nobody's canonical URL: pages that name it would all
    become one article. A row without URL and id has no place of its own (rows move), so its text is its identity.
    An id that counts rows is one of its file: every table has a first row.
    """
    if canonical_url and (article := article_at(canonical_url)):
        return article
    if external_id:
        file = [origin] if _counts_rows(external_id, line) else []
        return digest("id", source_id, *file, external_id)
    if line is None:
        return digest("origin", source_id, origin)
    return digest("text", words_hash)


def _counts_rows(own_id: str, line: int | None) -> bool:
    """Whether an id is but a number no greater than its row's: 0, 1, 2 ... as spreadsheets and data frames count."""
    return line is not None and own_id.isdecimal() and len(own_id) <= len(str(line)) and int(own_id) <= line


def article_at(address: str) -> str | None:
    """Return the article_id that a normal form names; null for a home page.

    It is that of the https page whose form for phones, AMP or print an address shows.
    """
    return digest("url", plain_page(address)) if has_path(address) else None


def other_names(wanted: str) -> list[str]:
    """Return under which names what somebody calls by an address can be found, too: its normal form, its article_id."""
    address = normalise_url(wanted)
    return [name for name in (address, address and article_at(address)) if name]


def has_path(url: str) -> bool:
    """Return whether a normal form points below the home page of its site: by path, parameters or fragment."""
    parts = urlsplit(url)
    return any((parts.path.strip("/"), parts.query, parts.fragment))


def site_of(url: str | None, publisher: str | None, source_id: str) -> str:
    """Return whose page this is: registered domain (else host), else the publisher as a slug, else the source."""
    domain = (registered_domain(url) or urlsplit(url).hostname) if url else None
    if domain:
        return domain.removeprefix("www.")
    slug = re.sub(r"\W+", "-", publisher.casefold()).strip("-") if publisher else ""
    return slug or source_id


def revision_id(article_id: str, title: str | None, dek: str | None, body: str) -> str:
    """Return the identifier of one wording of an article."""
    return digest("revision", article_id, title, dek, body)


def plain_page(url: str) -> str:
    """Return the address of the page itself, https and at `www.` where the form has a host of its own.

    A form's segment counts only beside one that names a page by a number or three words: `/reviews/amp` may be a page.
    """
    parts = urlsplit(url)
    host, path = parts.netloc, parts.path
    bare = _PATH.sub("", path)
    return urlunsplit(
        (
            "https" if parts.port is None else parts.scheme,
            _HOST.sub("www.", host),
            bare if _NAMED.search(bare) else path,
            "&".join(
                pair for pair in parts.query.split("&") if not (path.strip("/") and _PAIR.fullmatch(pair))
            ),
            parts.fragment,
        )
    )


def digest(*parts: str | None) -> str:
    """Return the identifier of some texts: 20 hex characters of SHA-256 over the parts, each with its length.

    The length before each part keeps ("ab", "c") and ("a", "bc") apart; None differs from the empty text.
    """
    state = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else part.encode()
        state.update(f"{-1 if part is None else len(data)}:".encode())
        state.update(data)
    return state.hexdigest()[:ID_CHARS]
