"""Takes secrets out of addresses and sentences, so that no table, file or message holds one.

Enters: an address, or text in which addresses and connection strings may stand. Leaves: the same, with user names
and passwords, tokens, keys and signatures replaced by HIDDEN. What chooses an article stays: `?id=4711`,
`?key=flood-gates-hold`, `?sid=123` and every other parameter that is not named for a credential or does not look like
one. docs/decisions/addresses.md says why.
"""

import hashlib
import re
from math import log2
from urllib.parse import unquote_to_bytes

HIDDEN = "REDACTED"

_OF_THE_READER = frozenset(
    """
    access_key access_token accesskey accesstoken api-key api_key api_token apikey apitoken app_key appkey auth_key
    auth_token authkey authorization authtoken awsaccesskeyid bearer client_secret credential credentials csrf_token
    feed_token feedtoken googleaccessid id_token jsessionid jwt key-pair-id passphrase passwd password phpsessid
    private_key private_token pwd refresh_token rss_token secret_key security_token session_token subscription-key
    user_token userkey usertoken
    """.split()  # noqa: SIM905 - a list of words is read as one
)
"""Parameters that open a door, whoever asks, and choose no article. Also all of X-Amz-, X-Goog-, X-Ms-."""

_CREDENTIALS = frozenset(
    "auth hmac secret session session_id sessionid sid sig signature token".split()  # noqa: SIM905 - as above
)
"""Parameters named for a credential by which some sites choose the article: `file=article&sid=123`."""

_PLAIN_NUMBER = re.compile(r"[0-9]{1,12}")
"""No credential: so short a number can be tried out."""

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

    A hidden value that may choose the article is told apart by a short hash of it: two addresses never become one.
    What is the reader's own by its name (a password, an API key) has no hash, which a guess could be held against.
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
    if name in _OF_THE_READER or _SIGNED.fullmatch(name):
        hidden = HIDDEN
    elif (name in _CREDENTIALS and not _PLAIN_NUMBER.fullmatch(value)) or (
        name in _MAYBE and _looks_secret(value)
    ):
        hidden = f"{HIDDEN}-{_short_hash(value)}"
    else:
        return found.group()
    return f"{found['before']}{found['name']}={hidden}"


def _short_hash(value: str) -> str:
    """Return the same for all spellings of a value."""
    return hashlib.sha256(unquote_to_bytes(value.replace("+", " "))).hexdigest()[:8]


def _looks_secret(value: str) -> bool:
    """Tell whether a value is long, of one piece, mixes letters and digits, and is as even as a random one."""
    if len(value) < _LEAST_SECRET_CHARS or not (re.search("[0-9]", value) and re.search("[A-Za-z]", value)):
        return False
    if any(part.isalpha() and len(part) > 3 for part in re.split("[-_.+]|%20", value)):  # words of a headline
        return False
    counts = [value.count(char) / len(value) for char in set(value)]
    return -sum(share * log2(share) for share in counts) >= _LEAST_SECRET_BITS
