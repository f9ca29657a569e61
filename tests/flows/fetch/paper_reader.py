"""Ways to ask the newspaper, and to answer as servers should not."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import Callable

import brotli
import zstandard
from small_newspaper import Handler, Newspaper, Request

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.schemas.reasons import Reason

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def zstd_stream(body: bytes) -> bytes:
    writer = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    return writer.compress(body) + writer.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd_stream,
}


def sends(*pieces: bytes, waits: bool = False) -> Handler:
    """Answer with raw bytes, then close, or wait until the other side does."""

    def handler(_: Request, connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        while waits and connection.recv(65_536):
            pass

    return handler


def reason_of(answer: HttpResponse | FetchError) -> Reason | None:
    return answer.reason if isinstance(answer, FetchError) else None


class Reader:
    """Asks with settings that open the newspaper's host; notes how long it was told to wait.

    Its deadline is by a clock on which also passes what the newspaper says: no machine is too busy for it.
    """

    def __init__(self, paper: Newspaper, **settings: object) -> None:
        self.paper = paper
        self.naps: list[float] = []
        self.settings = FetchSettings(
            **{"allow_private_hosts": frozenset({paper.host}), "deadline_seconds": 120.0, **settings}
        )

    def get(self, *paths: str, **ask: object) -> list[HttpResponse | FetchError]:
        """Ask for paths one after the other, in one run; return each answer or the error that it raised."""
        return asyncio.run(self._get(paths, ask))

    def get_one(self, path: str, **ask: object) -> HttpResponse:
        """Ask for one path and raise its error."""
        (answer,) = self.get(path, **ask)
        if isinstance(answer, FetchError):
            raise answer
        return answer

    async def _get(self, paths: tuple[str, ...], ask: dict[str, object]) -> list[HttpResponse | FetchError]:
        answers: list[HttpResponse | FetchError] = []
        loop = asyncio.get_running_loop()
        clock = loop.time
        loop.time = lambda: clock() + self.paper.passed_seconds  # type: ignore[method-assign]
        async with Fetcher(self.settings, sleep=self._nap) as fetcher:
            for path in paths:
                try:
                    answers.append(
                        await fetcher.fetch(
                            HttpRequest(path if "://" in path else self.paper.base + path, **ask)
                        )
                    )
                except FetchError as error:
                    answers.append(error)
        return answers

    async def _nap(self, seconds: float) -> None:
        self.naps.append(seconds)
