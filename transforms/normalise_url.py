"""Gives the one spelling of a web address under which Copydesk knows it.

Enters: an address as a carrier, a page or a listing writes it. Leaves: its normal form, or null where it is none.

Two spellings have one normal form where they lead to the same page everywhere (RFC 3986, section 6; WHATWG URL), and
the form can be fetched. What only often leads to the same page (www., m., a closing slash, index.html) stays as it
is: a page's own canonical link tells. docs/decisions/addresses.md has the figures.
"""

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

MAX_URL_CHARS = 8_000
"""RFC 9110 (4.1) asks servers to take as much; what is longer holds something else than an address."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_BLANKS = "".join(map(chr, range(0x21)))
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
# What is written as it should be needs no care, and that is nearly every address of a long list.
_PLAIN = re.compile(
    rf"https?://{_LABEL}(?:\.{_LABEL}){{0,9}}(?:/|(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{{0,300}}){{1,20}}/?)"
)
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_PATH = _UNRESERVED + "!$&'()*+,=:@"
_QUERY = _UNRESERVED + "!$'()*,/:?@"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_SENTENCE = re.compile(r"\s*[^\s/?#:.]+(?:[^\S\n]+[^\s/?#:.]+)+\s*")
"""Words, and no address: browsers would make a file name of them, relative to any page."""

_ROUTE = re.compile(r"[!/].+|\w*id=\d+", re.IGNORECASE)
"""A fragment that chooses the page: `#!...`, `#/story/3`, `#id=3`. Others name a place in it, or who sent one there."""

_ESCAPED_AND = re.compile(r"(^|&)(?:amp;)+")


# A name stands here when sites leave it out of their canonical links and none was seen to choose an article by it
# (docs/decisions/addresses.md); `amp;` before a name is taken off by the caller.
_NAME = re.compile(
    r"utm_.+|(?:itm|mtm|hsa)_\w+|at_(?:medium|campaign|format|bbc_team|ptr_name|link_\w+|custom\d+)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee|mail_uid|mail_job)"
    r"|(?:ga|pk)_(?:source|medium|campaign|content|term|keyword|kwd|cid)"
    r"|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|_ga|_gl|__?hs\w+|fbclid|fb_(?:action_ids|action_types|source|ref)"
    r"|igshid?|twclid|ttclid|li_fat_id|epik|msclkid|yclid|dicbo|s_kwcid|ef_id|mc_[ce]id|mkt_tok|vero_(?:id|conv)"
    r"|oly_(?:anon|enc)_id|_branch_match_id|__twitter_impression|guccounter|guce_referrer(?:_sig)?"
    r"|wt_z?mc|wt\.(?:nav|mc_id)|xtor|cmpid|icid|intcmp|s_cid|ftag|tpcc|spm|soc_(?:src|trk)"
    r"|replytocom|phpsessid|jsessionid|sr_share|smtyp",
    re.IGNORECASE,
)
# Each of these chooses an article on some site, but not by the word for a feed.
_CARRIER_NAMES = frozenset(
    {
        "ref",
        "r",
        "src",
        "srcref",
        "source",
        "mod",
        "cmp",
        "emc",
        "from",
        "via",
        "partner",
        "maca",
        "ch",
        "siteid",
    }
)
# These choose an article on some site, by a number or a slug, and never by the word for a way in.
_WAYS_IN = {
    "cmp": re.compile(r"(?:share|soc|twt|fb|emc|ema|edit|oth|aff|ilc|knc|btn)[a-z]*[_-].*", re.IGNORECASE),
    "ncid": re.compile(
        r"(?:[a-z]+li?nk|newsltus|applenews|engmod|inbl|snssf|external|webmail)\w*", re.IGNORECASE
    ),
    "smid": re.compile(r"(?:tw|fb|ig|li|re|em|pl|go|url|wa|th|bs|nytcore-\w+)-\w+", re.IGNORECASE),
}
_FEED = re.compile(r"(?:.*[^a-z])?rss(?:[^a-z].*)?", re.IGNORECASE)


def normalise_url(url: str | None, *, base: str | None = None) -> str | None:
    """Return the normal form of an http or https address, resolved against `base`; null where it is none.

    A normal form is its own normal form and names the same host. It has no user name, and no fragment but one by
    which a site chooses the page.
    """
    if not url or len(url) > MAX_URL_CHARS or _SENTENCE.fullmatch(url):
        return None
    if _PLAIN.fullmatch(url):
        return url
    try:
        parts = urlsplit(urljoin(base or "", url.strip(_BLANKS)))
        host, port = _host(parts), parts.port
        path, query = _path(parts.path), _query(parts.query)
        fragment = _encode(parts.fragment, _QUERY, also="&=+;")
    except ValueError:  # also of hosts that are no names and of text that is no Unicode
        return None
    if parts.scheme not in DEFAULT_PORTS or host is None or port == 0:
        return None
    place = host if port in {None, DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    route = f"#{fragment}" if _ROUTE.fullmatch(fragment) else ""
    found = f"{parts.scheme}://{place}{path}{query and '?' + query}{route}"
    return found if len(found) <= MAX_URL_CHARS else None


def _host(parts: SplitResult) -> str | None:
    """Return the host in ASCII and lower case; null where no host can be called so."""
    host = (parts.hostname or "").rstrip(".")
    if "\\" in parts.netloc or "%" in host:
        return None
    if parts.netloc.rpartition("@")[2].startswith("["):
        return f"[{IPv6Address(host).compressed}]"
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    return host if _HOST.fullmatch(host) else None


def _path(path: str) -> str:
    """Write without an escape what needs none; take out dot segments, doubled slashes and session ids."""
    kept: list[str] = []
    segments = _SLASHES.sub("/", _SESSION.sub("", _encode(path, _PATH, also="/;"))).split("/")
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment not in {"", "."}:
            kept.append(segment)
    is_open = bool(kept) and segments[-1] in {"", ".", ".."}
    return "/" + "/".join(kept) + ("/" if is_open else "")


def _query(query: str) -> str:
    """Leave out trackers and sort by name; values of one name keep their order."""
    # A plus and an escaped space are read as the same; `&amp;` was copied out of a page's source.
    text = _encode(query, _QUERY, also="&=+;").replace("%20", "+")
    pairs = [pair.partition("=") for pair in _ESCAPED_AND.sub(r"\1", text).split("&") if pair]
    kept = sorted((pair for pair in pairs if not is_tracker(pair[0], pair[2])), key=lambda pair: pair[0])
    return "&".join("".join(pair) for pair in kept)


def _encode(text: str, plain: str, *, also: str = "") -> str:
    """Escape what may not stand in an address, and unescape what needs no escape (`plain`)."""

    def one(match: re.Match[str]) -> str:
        char = chr(int(match.group(1) or "25", 16))
        return char if char in plain else f"%{ord(char):02X}"

    return quote(_ESCAPE.sub(one, text), safe=plain + also + "%")


def is_tracker(name: str, value: str) -> bool:
    """Return whether a parameter, given as it stands in an address, can be left out without another page coming."""
    if _NAME.fullmatch(name):
        return True
    way_in = _WAYS_IN.get(name.lower())
    if way_in is not None and way_in.fullmatch(value):
        return True
    return name.lower() in _CARRIER_NAMES and _FEED.fullmatch(value) is not None
