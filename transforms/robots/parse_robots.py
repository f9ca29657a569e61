"""Enters: the bytes of a robots.txt, however broken. Leaves: its groups, rules and sitemaps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_BYTES = 500 * 1024
"""What is read of a file: RFC 9309 (2.5) asks for at least 500 KiB."""

MAX_LINE_BYTES = 8 * 2_083 - 1
"""Eight times the longest addresses that browsers took, less a terminator; the rest of a line is cut."""

_MARK = b"\xef\xbb\xbf"
_TOKEN = re.compile(r"[A-Za-z_-]+")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_NAMES = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow",
    # Misspellings that site owners really make; reading them as meant is the cautious choice.
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "sitemap": "sitemap",
    "site-map": "sitemap",
    "crawl-delay": "delay",
    "crawldelay": "delay",
}

_UNRESERVED = re.compile(rb"[A-Za-z0-9\-._~]")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_BEYOND_ASCII = re.compile(rb"[^\x21-\x7e]")


@dataclass(frozen=True, slots=True)
class RobotsRule:
    """One Allow or Disallow line; `pattern` is percent-encoded ASCII as `normalise_path` writes it."""

    is_allowed: bool
    pattern: str
    line: int


@dataclass(slots=True)
class Group:
    """The rules for the product tokens of consecutive User-agent lines, lower-case; `*` is everyone."""

    tokens: list[str] = field(default_factory=list)
    rules: list[RobotsRule] = field(default_factory=list)
    crawl_delay_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """A whole robots.txt. Sitemaps stand outside of groups and hold for everyone."""

    groups: tuple[Group, ...] = ()
    sitemaps: tuple[str, ...] = ()


def parse_robots(payload: bytes) -> Robots:
    """Parse a robots.txt. Lines that nobody understands are passed over, as RFC 9309 asks."""
    groups: list[Group] = []
    sitemaps: list[str] = []
    for number, name, value in _lines(payload[:MAX_BYTES]):
        if name == "sitemap":
            sitemaps.append(value.decode("utf-8", "replace"))
        elif name == "agent":
            if not groups or groups[-1].rules:
                groups.append(Group())
            groups[-1].tokens.append(_product_token(value))
        elif groups and name == "delay":
            groups[-1].crawl_delay_seconds = _seconds(value)
        elif groups:
            groups[-1].rules.append(RobotsRule(name == "allow", normalise_path(value), number))
    return Robots(tuple(groups), tuple(sitemaps))


def _lines(payload: bytes) -> Iterator[tuple[int, str, bytes]]:
    for size in (3, 2, 1):  # a mark that was cut short is skipped as well
        if payload.startswith(_MARK[:size]):
            payload = payload[size:]
            break
    for number, line in enumerate(_LINE_END.split(payload), 1):
        content = line[:MAX_LINE_BYTES].partition(b"#")[0].strip(b" \t\0\v\f")
        name, colon, value = content.partition(b":")
        if not colon:
            words = content.split()
            if len(words) != 2:
                continue
            name, value = words
        meaning = _NAMES.get(name.strip().lower().decode("ascii", "replace"))
        if meaning:
            yield number, meaning, value.strip()


def _product_token(value: bytes) -> str:
    text = value.decode("utf-8", "replace")
    if text == "*" or (text.startswith("*") and text[1].isspace()):
        return "*"
    match = _TOKEN.match(text)
    return match.group().lower() if match else ""


def _seconds(value: bytes) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if 0 <= seconds < 86_400 else None


def path_of(url: str) -> str:
    """Return path, parameters and query of an address, never empty, without the fragment."""
    start = 2 if url.startswith("//") else 0
    scheme_end = url.find("://", start)
    early = min((at for at in (url.find(c, start) for c in "/?;") if at >= 0), default=-1)
    if 0 <= early < scheme_end:
        scheme_end = -1
    host_start = start if scheme_end < 0 else scheme_end + 3
    path_start = min((at for at in (url.find(c, host_start) for c in "/?;") if at >= 0), default=-1)
    fragment = url.find("#", host_start)
    end = fragment if fragment >= 0 else len(url)
    if not 0 <= path_start < end:
        return "/"
    path = url[path_start:end]
    return path if path.startswith("/") else "/" + path


def normalise_path(value: str | bytes) -> str:
    """Write a path so that two spellings of it compare equal (RFC 9309, section 2.2.2).

    Octets beyond ASCII are percent-encoded, escaped unreserved characters are written plainly, other
    escapes keep their meaning and get upper-case digits. Wildcards pass through.
    """
    raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    raw = _BEYOND_ASCII.sub(lambda m: b"%%%02X" % m.group()[0], raw)
    return _ESCAPE.sub(_settle, raw).decode("ascii")


def _settle(match: re.Match[bytes]) -> bytes:
    octet = bytes([int(match.group(1), 16)])
    return octet if _UNRESERVED.fullmatch(octet) else match.group().upper()
