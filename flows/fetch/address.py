"""Enters: an address as a page or a list gives it. Leaves: its parts, or a refusal."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import idna

from copydesk.flows.fetch.errors import FetchError
from copydesk.schemas.reasons import Reason
from copydesk.transforms.normalise_url import DEFAULT_PORTS, MAX_URL_CHARS

# What is written as it should be needs no care, and that is nearly every address of a long list.
_PLAIN = re.compile(
    r"(https?)://([a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?)(?::(?!80/|443/)([1-9]\d{0,4}))?(/[A-Za-z0-9/._~-]{0,500})"
)
_KEPT = "/%:@!$&'()*+,;=-._~?[]|"


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address, taken apart."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as the Host header wants it: without its scheme's usual port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what one robots.txt holds for."""
        return f"{self.scheme}://{self.authority}"


@dataclass(frozen=True, slots=True)
class Login:
    """What to say to one origin (scheme://host[:port]) and to no other: RFC 7617."""

    origin: str
    authorization: str = field(repr=False)


def is_web_address(text: str) -> bool:
    """Return whether a text is an address, and no path."""
    return text.lower().startswith(("http://", "https://"))


def parse_address(url: str, *, base: str | None = None) -> Address:
    """Take an address apart; refuse every scheme but http and https, user names, and what has no host."""
    if base is None and (plain := _PLAIN.fullmatch(url)):
        scheme, host, port, target = plain.groups()
        number = int(port or DEFAULT_PORTS[scheme])
        if number < 65_536:
            return Address(url, scheme, host, number, target)
    if len(url) > MAX_URL_CHARS:
        raise FetchError(
            Reason.BAD_URL, f"address of {len(url)} characters, at most {MAX_URL_CHARS} are taken"
        )
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        port = parts.port
    except ValueError as error:
        raise FetchError(Reason.BAD_URL, f"{url[:200]!r}: {error}") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchError(Reason.BAD_URL, f"{url[:200]!r}: only http and https are fetched")
    if not parts.hostname or parts.username is not None:
        raise FetchError(Reason.BAD_URL, f"{url[:200]!r}: no host, or a user name before it")
    host = _ascii_host(parts.hostname, url)
    target = _quoted(parts.path or "/") + (f"?{_quoted(parts.query)}" if parts.query else "")
    address = Address("", parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], target)
    return Address(address.origin + target, address.scheme, host, address.port, target)


def split_login(url: str) -> tuple[str, Login | None]:
    """Return an address without the user name and password before its host, and these as a login for its origin."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url, None
    user, _, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    token = b64encode(f"{unquote(name)}:{unquote(password)}".encode()).decode()
    bare = urlunsplit(parts._replace(netloc=host))
    return bare, Login(f"{parts.scheme}://{host}", f"Basic {token}")


def _quoted(text: str) -> str:
    return quote(text, safe=_KEPT, errors="replace")  # half a character can be part of text out of JSON


def _ascii_host(host: str, url: str) -> str:
    if host.isascii():
        if any(c <= " " or c in '<>"\\^`{}|' for c in host):
            raise FetchError(Reason.BAD_URL, f"{url[:200]!r}: the host has a character that no host has")
        return host.rstrip(".")
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise FetchError(Reason.BAD_URL, f"{url[:200]!r}: {error}") from None
