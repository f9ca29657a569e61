"""Read the address that a page claims for itself, if it can be believed, and can be this page's alone.

Two texts under one address are worse than two addresses of one text, so a claim counts only where something of it
names one page. docs/decisions/addresses.md has the cases.
"""

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from copydesk.transforms.identify import plain_page
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.page.load_json_ld import text_of
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.redact import redact_url
from copydesk.transforms.registered_domain import registered_domain

_TEMPLATE = re.compile(r"[{}<>\[\]|^`]|%%|\$\(")
_FORM = re.compile(
    "|amp|m|mobile|print|printable|index|default|full|single|all|embed|(?:comment-)?page-?[0-9]{1,4}"
)
"""Segments by which a site names another form of a page."""

_ENDING = re.compile(r"\.(?:amp|s?html?|php\d?|aspx?|jsp|cgi|cfm|do)$", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_LONG_NUMBER = re.compile(r"[0-9]{5,}|(?!19|20)[0-9]{4}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MONTH_OR_DAY = re.compile(r"[0-3]?[0-9]")
_NUMBERED_WORD = re.compile(r"[a-z]+-?[0-9]{1,4}|[0-9]{1,4}-?[a-z]+", re.IGNORECASE)
_ERRORS = frozenset({"400", "401", "403", "404", "410", "500", "502", "503"})
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 3
_LEAST_CHARS = 20
_LEAST_ID_CHARS = 6


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
    return _is_own_address(claim, own, title=title)


def _owner(url: str) -> str:
    return registered_domain(url) or (urlsplit(plain_page(url)).hostname or "").removeprefix("www.")


def _is_own_address(claim: str, own: str | None, *, title: str | None) -> bool:
    """Return whether a claim names this page: by a number or a headline, or by the address under which it came."""
    if claim == own:
        return True
    claimed = urlsplit(claim)
    there = _segments(claimed.path)
    if own is None:  # nothing else names the page, and of 1,629 claims none was another page's
        return (len(there) > 1 and not _is_day(there)) or _names_a_page(claimed, title)
    came = urlsplit(plain_page(own))
    here = _segments(came.path)
    if len(there) < len(here) and here[: len(there)] == there and _names(here[len(there) :], title):
        return (
            bool(there) and _is_number(there) and not _is_day(there)
        )  # a number above a headline, not a section above its story
    if _names_a_page(claimed, title) or _is_short_form(there, here, title):
        return True
    is_same_page = here == there if came.query else here[-1:] == there[-1:]
    return bool(there) and is_same_page and claimed.query == came.query


def _names_a_page(address: SplitResult, title: str | None) -> bool:
    values = [value for _, value in parse_qsl(address.query)]
    return any(_names([value], title) for value in values) or _names(_segments(address.path), title)


def _is_short_form(there: list[str], here: list[str], title: str | None) -> bool:
    """Return whether both stand below one number, as in `/z59/0/any-words` and `/z59/ferry`, of a headline's word."""
    numbered = {each for each in there[:-1] if any(map(str.isdigit, each)) and not _YEAR.fullmatch(each)}
    is_told = bool(there) and _words(there[-1]) <= _words(title or "")
    return is_told and any(not _MONTH_OR_DAY.fullmatch(each) for each in numbered & set(here))


def _names(segments: list[str], title: str | None) -> bool:
    """Return whether the last of some segments tells one page from others: sections, days and errors do not."""
    if not segments or _is_day(segments):
        return False
    last = segments[-1]
    words = _words(last)
    return (
        _is_number(segments)
        or len(words) >= _LEAST_WORDS
        or len(last) >= _LEAST_CHARS
        or _is_id(last)
        or (len(words) > 1 and words <= _words(title or ""))
    )


def _is_number(segments: list[str]) -> bool:
    last = segments[-1]
    if _NUMBER.fullmatch(last):
        return last not in _ERRORS and segments[-2:-1] != ["page"]
    return _LONG_NUMBER.search(last) is not None


def _is_id(text: str) -> bool:
    """Return whether letters and digits are mixed as in `c8gq2x0rd4vo`, not as in `formula1`."""
    is_mixed = text.isalnum() and not text.isalpha() and len(text) >= _LEAST_ID_CHARS
    return is_mixed and not _NUMBERED_WORD.fullmatch(text)


def _is_day(segments: list[str]) -> bool:
    """Return whether a path ends as an archive of a year, a month or a day does."""
    for count in (1, 2, 3):
        first, *rest = segments[-count:]
        if _YEAR.fullmatch(first) and len(rest) == count - 1 and all(map(_MONTH_OR_DAY.fullmatch, rest)):
            return True
    return False


def _segments(path: str) -> list[str]:
    named = (_ENDING.sub("", unquote(segment)) for segment in path.split("/"))
    return [segment for name in named if not _FORM.fullmatch(segment := name.casefold())]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold().replace("_", " ")))
