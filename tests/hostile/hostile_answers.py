"""Answers of a server that means harm, each beside two good pages: `hostile_answers()` yields (name, handler, reason)."""

import gzip
import socket
import zlib
from collections.abc import Iterator

import brotli
import zstandard
from small_newspaper import Handler, Request, article

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = article(7)
MEGABYTE = 1_000_000


def hostile_answers(base: str) -> Iterator[tuple[str, Handler, str]]:
    """Yield every answer, with the reason that its quarantine row must give."""
    yield from _frames()
    yield from _bodies()
    yield from _places(base)
    yield from _waits()


def _frames() -> Iterator[tuple[str, Handler, str]]:
    yield "negative-chunk", _floods(CHUNKED + b"-1\r\n"), "broken_protocol"
    yield "endless-chunks", _floods(CHUNKED, b"10000\r\n" + b"a" * 65_536 + b"\r\n"), "body_too_large"
    yield "endless-extension", _floods(CHUNKED + b"1;"), "header_too_large"
    yield "endless-trailers", _floods(CHUNKED + b"0\r\n", b"X: y\r\n" * 1_000), "header_too_large"
    yield "endless-headers", _floods(OK, b"X: y\r\n" * 1_000), "header_too_large"
    yield "endless-interim", _floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "broken_protocol"
    yield "huge-length", _sends(OK + b"Content-Length: 99999999999999999999999\r\n\r\n"), "broken_protocol"
    yield (
        "two-lengths",
        _sends(OK + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n12345"),
        "broken_protocol",
    )
    yield "short", _sends(OK + b"Content-Length: 90000\r\n\r\n" + PAGE), "truncated"
    yield "no-last-chunk", _sends(CHUNKED + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n"), "truncated"
    yield "no-head", _sends(PAGE), "broken_protocol"


def _bodies() -> Iterator[tuple[str, Handler, str]]:
    big = bytes(30 * MEGABYTE)
    for name, packed in (
        ("gzip", gzip.compress(big)),
        ("deflate", zlib.compress(big)),
        ("br", brotli.compress(big, quality=3)),
        ("zstd", zstandard.compress(big)),
    ):
        yield f"bomb-{name}", _answers(packed, f"Content-Encoding: {name}"), "body_too_large"
    yield "cut-gzip", _answers(gzip.compress(PAGE)[:-30], "Content-Encoding: gzip"), "truncated"
    yield "piled-up", _answers(PAGE, f"Content-Encoding: {', '.join(['gzip'] * 500)}"), "broken_encoding"
    yield "empty", _answers(b"", "Content-Encoding: gzip"), "truncated"
    film = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 4\r\n\r\nfilm"
    yield "film", _sends(film), "content_type"


def _places(base: str) -> Iterator[tuple[str, Handler, str]]:
    for name, target, reason in (
        ("ring", f"{base}/bad/to-ring", "redirect_limit"),
        ("file", "file:///etc/passwd", "bad_url"),
        ("ftp", "ftp://127.0.0.1/", "bad_url"),
        ("inside", "http://169.254.169.254/latest/", "private_address"),
        ("half-a-character", "http://\xed\xa0\x80.example/", "bad_url"),
    ):
        yield f"to-{name}", _sends(f"HTTP/1.1 302 Go\r\nLocation: {target}\r\n\r\n".encode("latin-1")), reason


def _waits() -> Iterator[tuple[str, Handler, str]]:
    for name, wait in (
        ("zone", "Mon, 01 Jan 2024 00:00:00 +99999999999999999999"),
        ("century", "Fri, 31 Dec 2100 23:59:59 GMT"),
        ("digits", "9" * 400),
    ):
        yield (
            f"wait-{name}",
            _sends(f"HTTP/1.1 503 No\r\nRetry-After: {wait}\r\n\r\n".encode()),
            "http_status",
        )


def _sends(raw: bytes) -> Handler:
    def handler(_: Request, connection: socket.socket) -> None:
        connection.sendall(raw)

    return handler


def _answers(body: bytes, header: str) -> Handler:
    return _sends(OK + f"{header}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def _floods(start: bytes, piece: bytes = b"x" * 65_536) -> Handler:
    def handler(_: Request, connection: socket.socket) -> None:
        connection.sendall(start)
        for _number in range(2_000):
            connection.sendall(piece)

    return handler
