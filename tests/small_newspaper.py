"""A small newspaper on 127.0.0.1, with the good and the bad manners of real ones.

`with Newspaper() as paper:` serves until the end of the block. Pages are added with `paper.put(path, ...)`;
`paper.requests` is what was asked for, in order. A handler function takes the request and writes to the socket itself.
"""

import gzip
import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

Headers = dict[str, str]


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    path: str
    headers: Headers


@dataclass
class Page:
    """What stands at a path. `respects_conditions` answers 304 where the ETag fits; `lies` does so always."""

    body: bytes = b""
    status: int = 200
    headers: Headers = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    lies: bool = False


Handler = Callable[[Request, socket.socket], None]


def article(number: int, *, text: str = "") -> bytes:
    """Write a page with enough prose to pass for an article."""
    prose = " ".join(
        f"The harbour board of Lindmouth met for the {number * 31 + n}th time and heard what berth {n} had cost."
        for n in range(12)
    )
    return (
        f"<!doctype html><html lang=en><head><title>Berth report {number}</title>"
        f'<meta charset="utf-8"></head><body><article><h1>Berth report {number}</h1>'
        f"<p>{prose}</p><p>{text}</p></article></body></html>"
    ).encode()


def rss(base: str, numbers: range | list[int], *, build: str = "", extra: str = "") -> bytes:
    """Write a feed of the articles with those numbers."""
    items = "".join(
        f"<item><title>Berth report {n}</title><link>{base}/news/{n}</link><guid>report-{n}</guid>"
        f"<pubDate>Sun, {n % 28 + 1:02} May 2031 12:30:00 GMT</pubDate>{extra}</item>"
        for n in numbers
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Lindmouth Gazette</title><link>{base}/</link>'
        f"<language>en</language><lastBuildDate>{build}</lastBuildDate>{items}</channel></rss>"
    ).encode()


def sitemap(base: str, numbers: range | list[int], *, lastmod: str | None = None) -> bytes:
    """Write a sitemap of the articles with those numbers."""
    stamp = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    urls = "".join(f"<url><loc>{base}/news/{n}</loc>{stamp}</url>" for n in numbers)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


class Newspaper:
    """The server; one thread a connection.

    A handler that adds to `passed_seconds` has time pass for who asks by its clock (`paper_reader.Reader`).
    """

    def __init__(self) -> None:
        self.pages: dict[str, Page | Handler] = {}
        self.requests: list[Request] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._socket.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.base = f"http://{self.host}"
        self.is_closing = threading.Event()
        self.passed_seconds = 0.0
        self.busiest = 0
        self._busy = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_closing.set()
        self._socket.close()

    def put(self, path: str, body: bytes = b"", **fields: object) -> None:
        """Place a page; `content_type` is short for its header."""
        content_type = fields.pop("content_type", "text/html; charset=utf-8")
        headers = {"Content-Type": str(content_type), **fields.pop("headers", {})}
        self.pages[path] = Page(body, headers=headers, **fields)

    def handle(self, path: str, handler: Handler) -> None:
        """Let a function answer by itself; the connection is closed after it."""
        self.pages[path] = handler

    def put_articles(self, numbers: range | list[int]) -> None:
        """Place articles below /news/."""
        for number in numbers:
            self.put(f"/news/{number}", article(number))

    def asked(self) -> Counter[str]:
        """Count the requests by path."""
        return Counter(request.path for request in self.requests)

    def forget(self) -> None:
        """Forget the requests so far."""
        self.requests.clear()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            buffer = b""
            while not self.is_closing.is_set():
                try:
                    while b"\r\n\r\n" not in buffer:
                        piece = connection.recv(65536)
                        if not piece:
                            return
                        buffer += piece
                    head, _, buffer = buffer.partition(b"\r\n\r\n")
                    if not self._answer(_parse(head), connection):
                        return
                except OSError:
                    return

    def _answer(self, request: Request, connection: socket.socket) -> bool:
        with self._lock:
            self.requests.append(request)
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        try:
            page = self.pages.get(request.path)
            if page is None:
                missing = Page(b"not here", 404)
                connection.sendall(_response(missing, request))
            elif isinstance(page, Page):
                connection.sendall(_response(page, request))
            else:
                page(request, connection)
                return False
            return True
        finally:
            with self._lock:
                self._busy -= 1


def _parse(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})


def _response(page: Page, request: Request) -> bytes:
    given = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    fits = (page.etag is not None and given[0] == page.etag) or (
        page.etag is None and page.last_modified is not None and given[1] == page.last_modified
    )
    is_same = fits or (page.lies and any(given))
    headers = dict(page.headers)
    if page.etag:
        headers["ETag"] = page.etag
    if page.last_modified:
        headers["Last-Modified"] = page.last_modified
    body = b"" if is_same else page.body
    if not is_same and "Content-Length" not in headers:
        headers["Content-Length"] = str(len(body))
    status = 304 if is_same else page.status
    lines = [f"HTTP/1.1 {status} Told", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def zipped(body: bytes) -> dict[str, object]:
    """Return the fields of a page that is sent as gzip."""
    return {"body": gzip.compress(body), "headers": {"Content-Encoding": "gzip"}}
