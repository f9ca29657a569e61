"""Enters: a host and port. Leaves: a connection to an address that was checked before it was dialled.

The name is resolved once, every address is judged, and the very address that was judged is dialled: a second
answer of the name server (rebinding) is never asked for.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from copydesk.flows.fetch.address import Address, Login
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.is_public_address import is_public_address
from copydesk.flows.fetch.stream import Stream
from copydesk.schemas.reasons import Reason

Resolve = Callable[[str, int], Awaitable[list[str]]]
Connect = Callable[[str, int, ssl.SSLContext | None, str | None, int], Awaitable[Stream]]


async def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the system's order, each once."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=1)  # SOCK_STREAM
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def connect_to(
    ip: str, port: int, tls: ssl.SSLContext | None, server_hostname: str | None, max_header_bytes: int
) -> Stream:
    """Open a stream to one IP address; the certificate is checked against the host's name."""
    _, stream = await asyncio.get_running_loop().create_connection(
        lambda: Stream(max_header_bytes=max_header_bytes),
        ip,
        port,
        ssl=tls,
        server_hostname=server_hostname if tls else None,
    )
    return stream


@dataclass(slots=True)
class Dialler:
    """Opens connections. `resolve` and `connect` are arguments so that a test can stand in for the world."""

    allow_private_hosts: frozenset[str] = frozenset()
    connect_seconds: float = 10.0
    max_header_bytes: int = 64 * 1024
    resolve: Resolve = resolve_host
    connect: Connect = connect_to
    tls: ssl.SSLContext | None = None

    def may_be_private(self, address: Address) -> bool:
        """Tell whether the operator opened this host although it is not public."""
        host = f"[{address.host}]" if ":" in address.host else address.host
        return not self.allow_private_hosts.isdisjoint({host, f"{host}:{address.port}"})

    async def dial(
        self, address: Address, proxy: Address | None = None, proxy_login: Login | None = None
    ) -> Stream:
        """Connect to the first address that answers; refuse the host if any of its addresses is not public.

        By a proxy, which resolves the name itself, a host is refused where our own resolver finds it private.
        """
        if proxy is not None:
            return await self._dial_by(proxy, proxy_login, address)
        return await self._dial_first(await self._checked_ips(address), address)

    async def _dial_by(self, proxy: Address, login: Login | None, address: Address) -> Stream:
        try:
            await self._checked_ips(address)
        except FetchError as error:
            if error.reason is not Reason.NO_SUCH_HOST:
                raise
        try:
            stream = await self._dial_first(await self.resolve(proxy.host, proxy.port), proxy)
        except (OSError, UnicodeError, FetchError) as error:
            detail = f"proxy {proxy.host}:{proxy.port}: {error}"
            raise FetchError(Reason.PROXY_FAILED, detail) from None
        if address.scheme == "https":
            try:
                async with asyncio.timeout(self.connect_seconds):
                    await stream.tunnel(
                        address.host, address.port, self._tls(), login.authorization if login else None
                    )
            except (OSError, ssl.SSLError, TimeoutError) as error:
                stream.abort()
                detail = f"{address.host} by the proxy {proxy.host}: {error or 'no answer'}"
                raise FetchError(Reason.NOT_CONNECTED, detail) from None
        return stream

    async def _dial_first(self, ips: list[str], address: Address) -> Stream:
        last: FetchError | None = None
        for ip in ips:
            try:
                return await self._open(ip, address)
            except FetchError as error:
                last = error
        raise last or FetchError(Reason.NO_SUCH_HOST, f"{address.host} has no address")

    async def _checked_ips(self, address: Address) -> list[str]:
        try:
            ips = await self.resolve(address.host, address.port)
        except (OSError, UnicodeError) as error:
            raise FetchError(Reason.NO_SUCH_HOST, f"{address.host}: {error}") from None
        if not self.may_be_private(address):
            for ip in ips:
                if not is_public_address(ip):
                    raise FetchError(
                        Reason.PRIVATE_ADDRESS,
                        f"{address.host} leads to {ip}, which is not public; COPYDESK_ALLOW_PRIVATE_HOSTS opens it",
                    )
        return ips

    def _tls(self) -> ssl.SSLContext:
        if self.tls is None:  # reading the certificates takes a while, and many a run needs none
            self.tls = ssl.create_default_context()
        return self.tls

    async def _open(self, ip: str, address: Address) -> Stream:
        tls = self._tls() if address.scheme == "https" else None
        try:
            async with asyncio.timeout(self.connect_seconds):
                return await self.connect(ip, address.port, tls, address.host, self.max_header_bytes)
        except ssl.SSLError as error:
            raise FetchError(Reason.TLS_FAILED, f"{address.host}: {error}") from None
        except TimeoutError:
            detail = f"{address.host} ({ip}) did not answer in {self.connect_seconds:g} s"
            raise FetchError(Reason.NOT_CONNECTED, detail) from None
        except OSError as error:
            raise FetchError(Reason.NOT_CONNECTED, f"{address.host} ({ip}): {error}") from None
