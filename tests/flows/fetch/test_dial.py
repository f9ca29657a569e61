"""No connection leaves for an address that is not public. Nothing here dials: the connector is a stub that notes."""

import asyncio
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_newspaper import Newspaper

from copydesk.flows.fetch.address import parse_address
from copydesk.flows.fetch.dial import Dialler, connect_to
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.flows.fetch.stream import Stream
from copydesk.schemas.reasons import Reason


class World:
    """Names that lead to addresses; each time a name is asked for, its next answer is given."""

    def __init__(self, names: dict[str, list[list[str]]], *, refusing: frozenset[str] = frozenset()) -> None:
        self.names, self.refusing = names, refusing
        self.dialled: list[tuple[str, int, str | None]] = []

    async def resolve(self, host: str, port: int) -> list[str]:
        answers = self.names.get(host, [[host]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def connect(
        self,
        ip: str,
        port: int,
        tls: ssl.SSLContext | None,
        server_hostname: str | None,
        max_header_bytes: int,
    ) -> Stream:
        self.dialled.append((ip, port, server_hostname))
        raise ConnectionRefusedError("nobody dials in a test")

    def dialler(self, allowed: str = "") -> Dialler:
        return Dialler(frozenset(allowed.split(",")), resolve=self.resolve, connect=self.connect)


def dial(world: World, url: str, *, allowed: str = "") -> Reason:
    with pytest.raises(FetchError) as caught:
        asyncio.run(world.dialler(allowed).dial(parse_address(url)))
    return caught.value.reason


def test_a_public_host_is_dialled_by_the_address_that_was_judged() -> None:
    """The name is resolved once; the address judged is the address dialled; the certificate is for the name."""
    world = World({"gazette.example": [["9.9.9.9"], ["127.0.0.1"]]})
    assert dial(world, "https://gazette.example/a") is Reason.NOT_CONNECTED
    assert world.dialled == [("9.9.9.9", 443, "gazette.example")]


@pytest.mark.parametrize(
    "answer",
    [
        ["127.0.0.1"],
        ["9.9.9.9", "10.0.0.1"],
        ["::1"],
        ["::ffff:169.254.169.254"],
        ["64:ff9b::7f00:1"],
        ["fe80::1%2"],
    ],
)
def test_a_host_with_a_private_address_is_not_dialled(answer: list[str]) -> None:
    """One address that is not public is enough to refuse the host."""
    world = World({"trap.example": [answer]})
    assert dial(world, "http://trap.example/") is Reason.PRIVATE_ADDRESS
    assert world.dialled == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "169.254.169.254", "0.0.0.0"])
def test_literal_addresses_are_judged_like_names(host: str) -> None:
    """An address in place of a name changes nothing."""
    world = World({})
    assert dial(world, f"http://{host}:8080/") is Reason.PRIVATE_ADDRESS
    assert world.dialled == []


@pytest.mark.parametrize(
    ("allowed", "url", "is_dialled"),
    [
        ("intranet.example", "http://intranet.example/", True),
        ("intranet.example", "http://intranet.example:8080/", True),
        ("intranet.example:8080", "http://intranet.example:8080/", True),
        ("intranet.example:8080", "http://intranet.example/", False),
        ("a.example,intranet.example", "http://Intranet.Example/", True),
        ("example", "http://intranet.example/", False),
        ("[::1]:8080", "http://[::1]:8080/", True),
        ("", "http://intranet.example/", False),
    ],
)
def test_the_operator_opens_single_hosts(allowed: str, url: str, *, is_dialled: bool) -> None:
    """A private host is dialled only where the setting names it, with its port where one is named."""
    world = World({"intranet.example": [["10.1.2.3"]]})
    reason = dial(world, url, allowed=allowed)
    assert (reason is Reason.NOT_CONNECTED) is is_dialled
    assert bool(world.dialled) is is_dialled


def test_the_next_address_is_tried() -> None:
    """All public addresses of a host are tried in turn."""
    world = World({"gazette.example": [["9.9.9.9", "1.1.1.1"]]})
    assert dial(world, "http://gazette.example/") is Reason.NOT_CONNECTED
    assert [ip for ip, _, _ in world.dialled] == ["9.9.9.9", "1.1.1.1"]


class Redirecting(World):
    """A world whose only real host is the newspaper."""

    async def connect(
        self,
        ip: str,
        port: int,
        tls: ssl.SSLContext | None,
        server_hostname: str | None,
        max_header_bytes: int,
    ) -> Stream:
        self.dialled.append((ip, port, server_hostname))
        assert ip == "127.0.0.1"
        return await connect_to(ip, port, tls, server_hostname, max_header_bytes)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/x", "http://trap.example/", "http://169.254.169.254/latest/"]
)
def test_redirects_are_judged_like_first_requests(paper: Newspaper, target: str) -> None:
    """A public page that redirects to a private address is refused, and that address is never dialled."""
    paper.put("/a", status=302, headers={"Location": target})
    world = Redirecting({"trap.example": [["10.0.0.1"]]})

    async def ask() -> None:
        settings = FetchSettings(allow_private_hosts=frozenset({paper.host}))
        dialler = Dialler(settings.allow_private_hosts, resolve=world.resolve, connect=world.connect)
        async with Fetcher(settings, dialler=dialler) as fetcher:
            await fetcher.fetch(HttpRequest(paper.base + "/a"))

    with pytest.raises(FetchError) as caught:
        asyncio.run(ask())
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert {port for _, port, _ in world.dialled} == {paper.port}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://gazette.example/a", "javascript:alert(1)", "gopher://127.0.0.1/", "http:///a", "//x",
        "http://user@gazette.example/", "http://gazette.example:99999/", "http://[::1/", "", "http://a b/", "data:text/html,x",
    ],
)  # fmt: skip
def test_only_http_and_https_with_a_host(url: str) -> None:
    """Every other scheme, a user name and a broken host are refused before anything is asked."""
    with pytest.raises(FetchError) as caught:
        parse_address(url)
    assert caught.value.reason is Reason.BAD_URL


def test_hosts_in_other_scripts() -> None:
    """A host beyond ASCII is written as the name server knows it; path and query keep their meaning."""
    address = parse_address("https://Küste.Example/ä b?q=ü#top")
    assert address.url == "https://xn--kste-0ra.example/%C3%A4%20b?q=%C3%BC"


@given(
    st.sampled_from(["http", "https"]),
    st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9.-]{0,8}[a-z]", fullmatch=True),
    st.sampled_from(["", ":80", ":443", ":8080", ":99999", ":080"]),
    st.text("/ab.~-%é ?#", max_size=8),
)
def test_plain_addresses_are_taken_like_others(scheme: str, host: str, port: str, path: str) -> None:
    """The short way for plain addresses leads where the long way does, which a base makes us take."""
    url = f"{scheme}://{host}{port}/{path}"
    ways = []
    for base in (None, "http://base.example/"):
        try:
            ways.append(parse_address(url, base=base))
        except FetchError as error:
            ways.append(error.reason)
    assert ways[0] == ways[1]
