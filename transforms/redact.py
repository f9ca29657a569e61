"""Takes secrets out of addresses and sentences, so that no table, file or message holds one.

Enters: an address, or text in which addresses and connection strings may stand. Leaves: the same, with user names
and passwords, tokens, keys and signatures replaced by HIDDEN. What chooses an article stays: `?id=4711`,
`?key=flood-gates-hold` and every other parameter that is not named for a credential or does not look like one.
"""

import hashlib
import re
from math import log2

HIDDEN = "REDACTED"

_CREDENTIALS = frozenset(
    """
    access_key access_token accesskey accesstoken api-key api_key api_token apikey apitoken app_key appkey auth auth_key
    auth_token authkey authorization authtoken awsaccesskeyid bearer client_secret credential credentials csrf_token
    feed_token feedtoken googleaccessid hmac id_token jsessionid jwt key-pair-id passphrase passwd password phpsessid
    private_key private_token pwd refresh_token rss_token secret secret_key security_token session session_id
    session_token sessionid sid sig signature subscription-key token user_token userkey usertoken
    """.split()  # noqa: SIM905 - a list of words is read as one
)
"""Parameters that open a door and never choose an article. Also all of X-Amz-, X-Goog-, X-Ms-."""

_MAYBE = frozenset(("code", "hash", "k", "key", "pass", "s", "t", "tk", "tkn", "tok", "u", "uid", "user"))
"""Parameters that name an article on one site and a reader on another: their value tells."""

_SIGNED = re.compile(r"x-(?:amz|goog|ms)-.+")
_LEAST_SECRET_CHARS = 20
_LEAST_SECRET_BITS = 3.0
"""Bits a character, by the frequencies within the value: a random one of 20 hexadecimal digits has 3 to 3.9."""

_URL = re.compile(r"""[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s"'<>`]+""")
_USER = re.compile(r"(?<=://)[^/?#\s@]*(?:@[^/?#\s@]*)*@")
_PARAMETER = re.compile(r"(?P<before>[?&;])(?P<name>[A-Za-z0-9_.~%-]{1,64})=(?P<value>[^&;#\s\"'<>]*)")
_WORD = re.compile(
    r"(?P<name>(?<![A-Za-z])(?:pass(?:word|wd|phrase)?|pwd|sslpassword|secret(?:_?(?:access_?)?key)?|session_?token"
    r"|aws_secret_access_key|key_id|api_?key|access_?token|auth_?token|client_?secret)\b\s*[=:]\s*)"
    r"(?P<value>'(?:[^'\\]|\\.|'')*'|\"[^\"]*\"|[^\s'\",;)&]+)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?P<name>\b(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key)\b[\"']?\s*[:=]\s*).+",
    re.IGNORECASE,
)


def redact_url(url: str) -> str:
    """Return an address without user name, password and secret parameters; the same text for the same address.

    A hidden value that may choose the article, being no credential by its name, is told apart by a short hash of it;
    it is then long and random, so that the hash gives nothing away.
    """
    if "@" in url:
        url = _USER.sub("", url)
    return _PARAMETER.sub(_hide_parameter, url) if "=" in url else url


def redact_addresses(text: str) -> str:
    """Return a text without the secrets of the addresses in it; nothing else of it changes."""
    return _URL.sub(lambda found: redact_url(found.group()), text) if "://" in text else text


def redact(text: str) -> str:
    """Return a sentence without the secrets of the addresses, connection strings and headers in it."""
    text = redact_addresses(text)
    text = _WORD.sub(lambda found: found["name"] + HIDDEN, text)
    text = _PARAMETER.sub(_hide_parameter, text)
    return _HEADER.sub(lambda found: found["name"] + HIDDEN, text)


def _hide_parameter(found: "re.Match[str]") -> str:
    name, value = found["name"].lower(), found["value"]
    if not value or value.startswith(HIDDEN):
        return found.group()
    if name in _CREDENTIALS or _SIGNED.fullmatch(name):
        hidden = HIDDEN
    elif name in _MAYBE and _looks_secret(value):
        hidden = f"{HIDDEN}-{hashlib.sha256(value.encode()).hexdigest()[:8]}"
    else:
        return found.group()
    return f"{found['before']}{found['name']}={hidden}"


def _looks_secret(value: str) -> bool:
    """Tell whether a value is long, of one piece, mixes letters and digits, and is as even as a random one."""
    if len(value) < _LEAST_SECRET_CHARS or not (re.search("[0-9]", value) and re.search("[A-Za-z]", value)):
        return False
    if any(part.isalpha() and len(part) > 3 for part in re.split("[-_.+]|%20", value)):  # words of a headline
        return False
    counts = [value.count(char) / len(value) for char in set(value)]
    return -sum(share * log2(share) for share in counts) >= _LEAST_SECRET_BITS
