"""Enters: an address or the value of a rule. Leaves: the path and query that RFC 9309 compares."""

import re

_UNRESERVED = re.compile(rb"[A-Za-z0-9\-._~]")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_BEYOND_ASCII = re.compile(rb"[^\x21-\x7e]")


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
