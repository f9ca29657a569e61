"""Names the page of which an address shows another form: for a phone, as AMP, for print.

Enters: an address in its normal form. Leaves: the address of the page, to compare by and not to fetch.
"""

import re
from urllib.parse import urlsplit, urlunsplit

_HOST = re.compile(r"^(?:m|mobile|amp)\.(?:www\.)?(?=[^.]+\.[^.])")
_PATH = re.compile(r"^/amp(?=/)|/(?:amp|print)(?=/?$)|\.amp(?=$|\.html$)", re.IGNORECASE)
_NAMED = re.compile(r"\d{4}|[a-z0-9]+[-_][a-z0-9]+[-_][a-z0-9]+", re.IGNORECASE)
_PAIR = re.compile(
    r"(?:amp|mobile|print|printable)(?:=(?:1|true|yes)?)?"
    r"|(?:output(?:type)?|view|mode|version|format|display)=(?:amp|mobile|print|printable)",
    re.IGNORECASE,
)


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
