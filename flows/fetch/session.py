"""What a source says beside its address: headers for its own site, cookies by their own rules, the way by a proxy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.fetch.address import Address, Login, parse_address, split_login
from copydesk.flows.fetch.errors import FetchError
from copydesk.schemas.user_error import UserError
from copydesk.transforms.registered_domain import registered_domain

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""A value's place for a secret: the name of a variable of the environment."""

OUR_OWN = frozenset(
    {
        "host",
        "user-agent",
        "accept-encoding",
        "connection",
        "content-length",
        "transfer-encoding",
        "te",
        "upgrade",
    }
    | {"if-none-match", "if-modified-since", "range", "proxy-authorization"}
)
"""Headers that are not a source's to set: they say who asks, and frame what is answered."""

NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@dataclass(frozen=True, slots=True)
class Session:
    """Headers that go to hosts of `start`'s site alone, cookies, and a proxy with its login."""

    start: Address | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    cookies: "CookieJar | None" = field(default=None, repr=False)
    proxy: Address | None = field(default=None, repr=False)
    proxy_login: Login | None = field(default=None, repr=False)

    def headers_for(self, address: Address) -> dict[str, str]:
        """Return what is said to an address: a redirect to another site, or out of TLS, carries nothing along."""
        said = dict(self.headers) if self.start and _is_of_site(address, self.start) else {}
        if self.cookies is not None:
            from urllib.request import Request

            asked = Request(address.url)  # noqa: S310 - not opened: it tells the jar where the cookies go
            self.cookies.add_cookie_header(asked)
            if cookie := asked.get_header("Cookie"):
                said["Cookie"] = cookie
        if self.proxy_login and address.scheme == "http":
            said["Proxy-Authorization"] = self.proxy_login.authorization
        return said


def open_session(
    url: str | None,
    *,
    headers: Mapping[str, str],
    cookies_file: str | None,
    proxy: str | None,
    environment: Mapping[str, str],
) -> Session:
    """Return a source's session, with the secrets of the environment in their places. Raises UserError."""
    filled = {name: _filled(value, environment) for name, value in headers.items()}
    where, login = split_login(_filled(proxy, environment)) if proxy else (None, None)
    try:
        return Session(
            parse_address(url) if url else None,
            tuple(filled.items()),
            _read_cookies(Path(cookies_file)) if cookies_file else None,
            parse_address(where) if where else None,
            login,
        )
    except FetchError as error:
        raise UserError(f"proxy or url: {error.detail}") from None


def _is_of_site(address: Address, start: Address) -> bool:
    if start.scheme == "https" and address.scheme != "https":
        return False
    domain = registered_domain(start.url)
    return address.host == start.host or (domain is not None and registered_domain(address.url) == domain)


def _filled(text: str, environment: Mapping[str, str]) -> str:
    missing = [name for name in VARIABLE.findall(text) if name not in environment]
    if missing:
        raise UserError(f"the environment has no {', '.join(missing)}")
    return VARIABLE.sub(lambda found: environment[found[1]], text)


def _read_cookies(path: Path) -> "CookieJar":
    from http.cookiejar import LoadError, MozillaCookieJar

    jar = MozillaCookieJar(path)
    try:
        jar.load(ignore_discard=True, ignore_expires=True)
    except (OSError, LoadError, ValueError) as error:
        raise UserError(f"{path}: no file of cookies (cookies.txt, as browsers export it): {error}") from None
    for cookie in jar:
        cookie.expires = cookie.expires or None  # tools write 0 for a cookie of a session
    return jar
