"""By a proxy: plain requests name the whole address, TLS goes through a tunnel and is checked, guards stay."""

import asyncio
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from copydesk.flows.fetch.address import Address, parse_address
from copydesk.flows.fetch.dial import Dialler
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.flows.fetch.robots_gate import RobotsGate
from copydesk.flows.fetch.session import Session, open_session
from copydesk.schemas.reasons import Reason

HOST = "press.example"
PAGE = b"<p>by the tunnel</p>" * 5_000


def write_certificate(folder: Path) -> Path:
    """Write a certificate of the host, which vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    secret = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "both.pem").write_bytes(secret + certificate.public_bytes(form))
    return folder / "both.pem"


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError, OSError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            body = b"" if b"robots.txt" in head else PAGE
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            )
            await writer.drain()
    writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _by_tunnel(certificate: Path, urls: list[str]) -> tuple[list[bytes], list[bytes]]:
    """Ask a TLS server by a proxy on loopback; return the bodies, and what the proxy was asked for."""
    secret = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secret.load_cert_chain(certificate)
    heads: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        inner = await asyncio.open_connection("127.0.0.1", web.sockets[0].getsockname()[1])
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pump(reader, inner[1]), _pump(inner[0], writer))

    web = await asyncio.start_server(_serve, "127.0.0.1", 0, ssl=secret)
    door = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = door.sockets[0].getsockname()[1]
    session = open_session(
        f"https://{HOST}/", headers={}, cookies_file=None, proxy=f"http://desk:${{WORD}}@127.0.0.1:{port}",
        environment={"WORD": "secret"},
    )  # fmt: skip
    dialler = Dialler(tls=ssl.create_default_context(cafile=str(certificate)))
    async with web, door, Fetcher(FetchSettings(), dialler=dialler) as fetcher:
        answers = [await fetcher.fetch(HttpRequest(url, session=session, delay_seconds=0.0)) for url in urls]
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others)  # those that serve see the end of the streams
    return [answer.body for answer in answers], heads


def test_tls_goes_through_a_tunnel(tmp_path: Path) -> None:
    """The certificate is the host's own, the proxy has its login, and one tunnel serves several requests."""
    bodies, heads = asyncio.run(
        _by_tunnel(write_certificate(tmp_path), [f"https://{HOST}/{n}" for n in range(3)])
    )
    assert bodies == [PAGE] * 3
    (head,) = heads
    assert head.startswith(b"CONNECT press.example:443 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic " in head


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "https://localhost/", "http://[::1]/"])
def test_a_private_host_is_refused_by_a_proxy_too(url: str) -> None:
    """What our own resolver finds private is not asked of a proxy."""
    session = Session(proxy=parse_address("http://127.0.0.1:1"))
    with pytest.raises(FetchError) as refused:
        asyncio.run(Dialler().dial(parse_address(url), session.proxy))
    assert refused.value.reason is Reason.PRIVATE_ADDRESS


def test_a_proxy_that_fails_is_named_and_says_nothing_of_the_host() -> None:
    """The fault is the proxy's: robots.txt of the host is asked for again by whoever comes next, not an hour later."""
    gate = RobotsGate(token="copydesk", recall=lambda _: None, clock=lambda: datetime(2031, 5, 4, tzinfo=UTC))
    page, proxy = parse_address("https://press.example/a"), parse_address("http://127.0.0.1:1")

    async def resolve(host: str, _port: int) -> list[str]:
        return ["93.184.216.34"] if host == "press.example" else [host]

    async def receive(address: Address) -> bytes:
        await Dialler(frozenset({"127.0.0.1:1"}), resolve=resolve).dial(address, proxy)
        return b""

    with pytest.raises(FetchError, match=r"127\.0\.0\.1:1") as failed:
        asyncio.run(gate.decide(page, receive))
    assert failed.value.reason is Reason.PROXY_FAILED
    assert gate.take_learned() == []
