"""Secrets go, and what chooses an article stays."""

import pytest

from copydesk.transforms.identify import article_at
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.redact import redact, redact_addresses, redact_url

HIDES = {
    "user and password": ("https://desk:pw@host.example/feed", "https://host.example/feed"),
    "user alone": ("https://ghp_token@host.example/feed", "https://host.example/feed"),
    "an at sign in a password": ("https://desk:p@w@host.example/feed", "https://host.example/feed"),
    "token": ("https://h.example/a?token=abc&id=1", "https://h.example/a?token=REDACTED-ba7816bf&id=1"),
    "upper case": ("https://h.example/a?Access_Token=abc", "https://h.example/a?Access_Token=REDACTED"),
    "after a semicolon": (
        "https://h.example/a?id=1;sid=abc",
        "https://h.example/a?id=1;sid=REDACTED-ba7816bf",
    ),
    "several": (
        "https://h.example/a?api_key=x&apikey=y",
        "https://h.example/a?api_key=REDACTED&apikey=REDACTED",
    ),
    "shared access": (
        "https://h.example/a?sv=2024&sig=a%2Bb%3D",
        "https://h.example/a?sv=2024&sig=REDACTED-ce3931ca",
    ),
    "a session": (
        "https://h.example/a?sid=0123456789abcdef0123456789abcdef",
        "https://h.example/a?sid=REDACTED-3eb1bd43",
    ),
    "a number for a password": ("https://h.example/a?pwd=1234", "https://h.example/a?pwd=REDACTED"),
    "signed by AWS": (
        "https://h.example/a?X-Amz-Credential=AK%2F1&X-Amz-Signature=ff",
        "https://h.example/a?X-Amz-Credential=REDACTED&X-Amz-Signature=REDACTED",
    ),
    "a key that looks like one": (
        "https://h.example/a?key=AIzaSyD4f9a31c07be2QwErTy12",
        "https://h.example/a?key=REDACTED-147c1c5d",
    ),
    "before a fragment": (
        "https://h.example/a?token=abc#top",
        "https://h.example/a?token=REDACTED-ba7816bf#top",
    ),
    "hidden already": ("https://h.example/a?token=REDACTED", "https://h.example/a?token=REDACTED"),
}
KEEPS = [
    "https://h.example/a?id=4711",
    "https://h.example/a?key=article",
    "https://h.example/a?key=flood-gates-hold-at-aldermoss-2024",
    "https://h.example/a?key=20240506123456789012",
    "https://h.example/a?p=12&s=ferry",
    "https://h.example/story?code=NW-2024-118",
    "https://h.example/token/authors?author=lisle",
    "https://h.example/a?secretary=1&keyword=token&monkey=2",
    "https://h.example/@desk/a?user=otto",
    "https://h.example/modules.php?name=News&file=article&sid=123",
    "https://h.example/a?session=12;session_id=3&sessionid=4",
    "https://h.example/a?token=10&signature=1&secret=2&auth=7",
    "mailto:desk@h.example",
    "plain.txt",
]


@pytest.mark.parametrize(("url", "wanted"), HIDES.values(), ids=HIDES.keys())
def test_what_opens_a_door_is_hidden(url: str, wanted: str) -> None:
    """User names, passwords, tokens, keys and signatures; the same text for the same address, also the second time."""
    assert redact_url(url) == wanted
    assert redact_url(wanted) == wanted
    assert redact_addresses(f"see {url} there") == f"see {wanted} there"


@pytest.mark.parametrize("url", KEEPS)
def test_what_chooses_an_article_stays(url: str) -> None:
    """A parameter that is not named for a credential, or does not look like one, is the address's own."""
    assert redact_url(url) == url


APART = ["sid", "session", "session_id", "sessionid", "token", "signature", "sig", "secret", "auth", "hmac"]
VALUES = [
    "1",
    "2",
    "peter",
    "paul",
    "a1b2c3d4e5f6a7b8c9d0",
    "a1b2c3d4e5f6a7b8c9d1",
    "flood-gates",
    "20240506123456789012",
]


@pytest.mark.parametrize("name", [*APART, "key", "hash", "code"])
def test_addresses_stay_apart(name: str) -> None:
    """Whatever is hidden, no two addresses that may lead to two articles become one."""
    urls = [f"https://h.example/modules.php?file=article&{name}={value}" for value in VALUES]
    assert len({article_at(normalise_url(redact_url(url)) or "") for url in urls}) == len(urls)


def test_spellings_of_a_value_stay_one() -> None:
    """The hash is of the value, not of how its characters are escaped."""
    assert redact_url("https://h.example/a?sig=a%2bb%3D") == redact_url("https://h.example/a?sig=%61%2Bb=")


SENTENCES = [
    'Unable to connect to Postgres at "host=h port=1 user=u password=SECRET dbname=x": refused',
    "password='SECRET with a space' host=h",
    "postgresql://u:SECRET@127.0.0.1:9/x: refused",
    "postgres:postgresql://127.0.0.1/x?user=u&password=SECRET",
    "CREATE SECRET (TYPE s3, KEY_ID 'x', SECRET 'SECRET')".replace("SECRET 'SECRET'", "secret = 'SECRET'"),
    "s3_secret_access_key=SECRET",
    "{'Authorization': 'Basic SECRET'}",
    "Set-Cookie: session=SECRET; Path=/",
    "GET /feed?token=SECRET HTTP/1.1",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_holds_no_secret(text: str) -> None:
    """Connection strings, headers and request lines in messages of libraries lose what they hold."""
    assert "SECRET" not in redact(text).replace("CREATE SECRET", "").replace("REDACTED", "")


def test_a_sentence_keeps_its_cause() -> None:
    """Only the secret goes: host, port and cause stay."""
    said = redact(
        'at "host=127.0.0.1 port=9 password=x dbname=d": Connection refused, see https://h.example/a?id=1'
    )
    assert said == (
        'at "host=127.0.0.1 port=9 password=REDACTED dbname=d": Connection refused, see https://h.example/a?id=1'
    )
