"""The user name and password that stand before the host of a source's address."""

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Login:
    """What to say to one origin (scheme://host[:port]) and to no other: RFC 7617."""

    origin: str
    authorization: str = field(repr=False)


def split_login(url: str) -> tuple[str, Login | None]:
    """Return an address without what stands before its host, and that as a login for its origin."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url, None
    user, _, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    token = b64encode(f"{unquote(name)}:{unquote(password)}".encode()).decode()
    bare = urlunsplit(parts._replace(netloc=host))
    return bare, Login(f"{parts.scheme}://{host}", f"Basic {token}")
