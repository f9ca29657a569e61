"""However a server frames its answer, it costs no more than the limits, and never another page."""

import asyncio
import socket
import struct
from io import BytesIO

import pytest
from paper_reader import HEAD, Reader, reason_of, sends
from small_newspaper import Handler, Newspaper, Request, article

from copydesk.flows.fetch.address import parse_address
from copydesk.flows.fetch.dial import Dialler
from copydesk.flows.fetch.exchange import HttpResponse
from copydesk.flows.fetch.host_queue import HostQueue
from copydesk.flows.fetch.receive_body import receive_body
from copydesk.flows.fetch.receive_head import receive_head
from copydesk.schemas.reasons import Reason

PAGE = article(1)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
EVIL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<evil>"
MEGABYTE = 1_000_000


def floods(start: bytes, piece: bytes, sent: list[int], *, most: int = 200 * MEGABYTE) -> Handler:
    """Answer with a start and then with one piece again and again; note in `sent` how much was taken."""

    def handler(_: Request, connection: socket.socket) -> None:
        connection.sendall(start)
        sent.append(0)
        while sent[-1] < most:
            connection.sendall(piece)
            sent[-1] += len(piece)

    return handler


FLOODS = {
    "chunk of a negative size": (CHUNKED + b"-5\r\n", b"x", Reason.BROKEN_PROTOCOL),
    "chunk of a signed size": (CHUNKED + b"+5\r\n", b"x", Reason.BROKEN_PROTOCOL),
    "chunk with an underscore": (CHUNKED + b"1_0\r\n", b"x", Reason.BROKEN_PROTOCOL),
    "chunk size beyond all numbers": (CHUNKED + b"F" * 24 + b"\r\n", b"x", Reason.BROKEN_PROTOCOL),
    "chunk as large as can be": (CHUNKED + b"F" * 15 + b"\r\n", b"x", Reason.BODY_TOO_LARGE),
    "chunk extension without end": (CHUNKED + b"5;", b"x", Reason.HEADER_TOO_LARGE),
    "long extensions of tiny chunks": (
        CHUNKED,
        b"1;" + b"x" * 1_000 + b"\r\na\r\n",
        Reason.BROKEN_PROTOCOL,
    ),
    "tiny chunks": (CHUNKED, b"1\r\na\r\n" * 500, Reason.BROKEN_PROTOCOL),
    "chunks without end": (CHUNKED, b"400\r\n" + b"x" * 1_024 + b"\r\n", Reason.BODY_TOO_LARGE),
    "trailers without end": (CHUNKED + b"0\r\n", b"X: y\r\n" * 100, Reason.HEADER_TOO_LARGE),
    "trailer without end": (CHUNKED + b"0\r\nX: ", b"y", Reason.HEADER_TOO_LARGE),
    "no length": (HEAD + b"\r\n", b"x", Reason.BODY_TOO_LARGE),
    "header without end": (HEAD + b"X: ", b"y", Reason.HEADER_TOO_LARGE),
    "headers without end": (HEAD, b"X: y\r\n" * 100, Reason.HEADER_TOO_LARGE),
    "interim answers without end": (
        b"",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
        Reason.BROKEN_PROTOCOL,
    ),
    "empty lines without end": (b"", b"\r\n" * 500, Reason.HEADER_TOO_LARGE),
    "no head at all": (b"<html>", b"x", Reason.BROKEN_PROTOCOL),
}


@pytest.mark.parametrize(("start", "piece", "reason"), FLOODS.values(), ids=FLOODS)
def test_a_flood_is_left_at_the_limit(paper: Newspaper, start: bytes, piece: bytes, reason: Reason) -> None:
    """Of an answer without end no more is taken than its limit and what the sockets hold."""
    sent: list[int] = []
    paper.handle("/flood", floods(start, piece * (65_536 // len(piece) + 1), sent))
    (answer,) = Reader(paper, max_page_bytes=MEGABYTE).get("/flood")
    assert reason_of(answer) is reason
    assert max(sent) < 30 * MEGABYTE


REFUSED = {
    "negative length": (HEAD + b"Content-Length: -6\r\n\r\n<html>", Reason.BROKEN_PROTOCOL),
    "length beyond all numbers": (
        HEAD + b"Content-Length: 99999999999999999999999\r\n\r\n<html>",
        Reason.BROKEN_PROTOCOL,
    ),
    "two lengths": (
        HEAD + b"Content-Length: 6\r\nContent-Length: 60\r\n\r\n<html>",
        Reason.BROKEN_PROTOCOL,
    ),
    "two lengths in one": (HEAD + b"Content-Length: 6, 60\r\n\r\n<html>", Reason.BROKEN_PROTOCOL),
    "two lengths, untidy": (
        HEAD + b"Content-Length : 6\r\nContent-Length: 60\r\n\r\n<html>",
        Reason.BROKEN_PROTOCOL,
    ),
    "a coding that is nearly chunked": (
        HEAD + b"Transfer-Encoding: xchunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n",
        Reason.BROKEN_PROTOCOL,
    ),
    "a coding below the chunks": (
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n",
        Reason.BROKEN_PROTOCOL,
    ),
    "chunk lines of line feeds": (CHUNKED + b"6\n<html>\n0\n\n", Reason.TRUNCATED),
    "chunk longer than it says": (CHUNKED + b"3\r\n<html>\r\n0\r\n\r\n", Reason.BROKEN_PROTOCOL),
    "another protocol": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        Reason.BROKEN_PROTOCOL,
    ),
    "HTTP/0.9": (PAGE, Reason.BROKEN_PROTOCOL),
    "head without end": (b"HTTP/1.1 200 OK\r\nX: y\r\n", Reason.TRUNCATED),
    "trailers without end": (CHUNKED + b"6\r\n<html>\r\n0\r\nX: y\r\n", Reason.TRUNCATED),
}


@pytest.mark.parametrize(("raw", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_length_is_never_guessed(paper: Newspaper, reader: Reader, raw: bytes, reason: Reason) -> None:
    """Where it is not certain where the body ends, there is a reason and no document."""
    paper.handle("/a", sends(raw))
    (answer,) = reader.get("/a")
    assert reason_of(answer) is reason


BODY = b"Content-Length: 6\r\n\r\n<html>"
TAKEN = {
    "no reason phrase": b"HTTP/1.1 200\r\n" + BODY,
    "line feeds alone": HEAD.replace(b"\r", b"") + BODY.replace(b"\r", b""),
    "small letters": b"http/1.1 200 ok\r\n" + BODY,
    "no minor version": b"HTTP/1 200 OK\r\n" + BODY,
    "two spaces": b"HTTP/1.1  200 OK\r\n" + BODY,
    "empty lines before": b"\r\n\r\n" + HEAD + BODY,
    "one length twice": HEAD + b"Content-Length: 6\r\n" + BODY,
    "one length twice in one": HEAD + b"Content-Length: 6, 6\r\n\r\n<html>",
    "an empty length": HEAD + b"Content-Length:\r\n\r\n<html>",
    "a space before the colon": HEAD + b"X : y\r\n" + BODY,
    "a line without a colon": HEAD + b"not a header\r\n" + BODY,
    "a line without a name": HEAD + b": y\r\n" + BODY,
    "a name that is none": HEAD + b"X(y): z\r\n" + BODY,
    "a folded line": HEAD + b"X: y\r\n z\r\n" + BODY,
    "a folded first line": b"HTTP/1.1 200 OK\r\n X: y\r\n" + BODY,
    "control characters": HEAD + b"X: a\0b\x01\x0b\x1b[31m\r\n" + BODY,
    "a lone carriage return": HEAD + b"X: a\rb\r\n" + BODY,
    "bytes beyond ASCII": HEAD + b"X: \xff\xc3\xa9\r\n" + BODY,
    "identity": HEAD + b"Transfer-Encoding: identity\r\n" + BODY,
    "chunked twice": CHUNKED[:-2] + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n",
    "identity, chunked": HEAD + b"Transfer-Encoding: identity, Chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n",
    "chunks and a length": HEAD
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n",
    "spaces after a chunk size": CHUNKED + b"6  \r\n<html>\r\n0\r\n\r\n",
    "two interim answers": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nBad : x\r\n\r\n"
    + HEAD
    + BODY,
}


@pytest.mark.parametrize("raw", TAKEN.values(), ids=TAKEN)
def test_what_browsers_read_is_read(paper: Newspaper, reader: Reader, raw: bytes) -> None:
    """Sloppy heads that every browser takes cost nobody a page, as long as the end of the body is certain."""
    paper.handle("/a", sends(raw))
    assert reader.get_one("/a").body == b"<html>"


FOLLOWED_BY = {
    "a whole answer": HEAD + BODY + EVIL,
    "a whole answer after chunks": CHUNKED + b"6\r\n<html>\r\n0\r\n\r\n" + EVIL,
    "chunks and a length": (
        HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n" + EVIL
    ),
    "after 304": b'HTTP/1.1 304 Same\r\nETag: "1"\r\nContent-Length: 9\r\n\r\n' + EVIL,
    "after 404": b"HTTP/1.1 404 No\r\n" + BODY + EVIL,
    "after a redirect": b"HTTP/1.1 302 Found\r\nLocation: /b\r\n" + BODY + EVIL,
    "after an untidy head": HEAD + b"X : y\r\n" + BODY + EVIL,
}


@pytest.mark.parametrize("raw", FOLLOWED_BY.values(), ids=FOLLOWED_BY)
def test_no_answer_is_read_for_another(paper: Newspaper, reader: Reader, raw: bytes) -> None:
    """What a server says beyond its answer is never taken for the answer to the next question."""
    paper.put("/b", PAGE)
    paper.handle("/a", sends(raw, waits=True))
    _, second = reader.get("/a", "/b")
    assert isinstance(second, HttpResponse)
    assert second.body == PAGE


def test_a_stream_that_spoke_unasked_is_not_used_again() -> None:
    """Words that come while nobody asks would be the next answer; so would an end."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + BODY)
        await speaks.wait()
        writer.write(EVIL)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        is_done.set()

    async def ask() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        address = parse_address(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/a")
        lane = HostQueue(asyncio.Semaphore(1), asyncio.get_running_loop().time, asyncio.sleep)
        stream = await Dialler(frozenset({address.authority})).dial(address)
        stream.send_request(target="/a", headers={"Host": "x"})
        head = await receive_head(stream, max_header_bytes=1_000)
        assert await receive_body(stream, head, body, max_bytes=100)
        lane.idle[address.origin] = [stream]
        speaks.set()
        while stream.is_quiet:  # noqa: ASYNC110 no event tells that a socket was read
            await asyncio.sleep(0)
        assert lane.take_idle(address.origin) is None
        await is_done.wait()
        server.close()

    speaks, is_done, body = asyncio.Event(), asyncio.Event(), BytesIO()
    asyncio.run(ask())
    assert body.getvalue() == b"<html>"


def test_a_reset_within_a_body_gives_no_document(paper: Newspaper, reader: Reader) -> None:
    """A body that a reset cut off is refused, whatever framed it; one that was whole before it is taken."""

    def resets(raw: bytes) -> Handler:
        def handler(_: Request, connection: socket.socket) -> None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(raw)
            connection.close()

        return handler

    paper.handle("/length", resets(HEAD + b"Content-Length: 60\r\n\r\n<html>"))
    paper.handle("/chunk", resets(CHUNKED + b"60\r\n<html>"))
    for answer in reader.get("/length", "/chunk"):
        assert reason_of(answer) in {Reason.TRUNCATED, Reason.NOT_CONNECTED}


def test_a_server_may_close_its_half_first(paper: Newspaper, reader: Reader) -> None:
    """An answer whose end is the end of the server's half of the connection is whole."""

    def half_closes(_: Request, connection: socket.socket) -> None:
        connection.sendall(HEAD + b"\r\n<html>")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass

    paper.handle("/a", half_closes)
    assert reader.get_one("/a").body == b"<html>"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:///etc/passwd", Reason.BAD_URL),
        ("ftp://127.0.0.1/x", Reason.BAD_URL),
        ("data:text/html,<evil>", Reason.BAD_URL),
        ("http://169.254.169.254/latest/", Reason.PRIVATE_ADDRESS),
        ("http://[::ffff:127.0.0.1]/", Reason.PRIVATE_ADDRESS),
        ("http://joe:secret@127.0.0.1/", Reason.BAD_URL),
        ("http://[::1/", Reason.BAD_URL),
        ("//", Reason.REDIRECT_LIMIT),
        ("http://\xed\xa0\x80.example/", Reason.BAD_URL),
        ("http://" + "a" * 9_000 + ".example/", Reason.BAD_URL),
    ],
)
def test_a_redirect_leads_to_no_other_place(
    paper: Newspaper, reader: Reader, target: str, reason: Reason
) -> None:
    """Where a redirect must not or cannot be followed, there is a reason."""
    paper.put("/a", status=302, headers={"Location": target})
    (answer,) = reader.get("/a")
    assert reason_of(answer) is reason


def test_tls_that_is_none_is_refused(paper: Newspaper) -> None:
    """A host that speaks no TLS where it should gives a reason."""
    paper.base = f"https://{paper.host}"
    paper.handle("/a", sends(b"\x16\x03\x01\xff\xff" * 100))
    (answer,) = Reader(paper, deadline_seconds=1.0).get("/a")
    assert reason_of(answer) in {Reason.ROBOTS_UNREACHABLE, Reason.TLS_FAILED, Reason.DEADLINE}


def test_no_cookie_is_sent_along(paper: Newspaper, reader: Reader) -> None:
    """What a server asks us to keep is not kept: no later request names it."""
    paper.put("/a", PAGE, headers={"Set-Cookie": "sid=SECRET; Path=/"})
    paper.put("/b", status=302, headers={"Location": "/a", "Set-Cookie": "sid=SECRET"})
    reader.get("/a", "/b", "/a")
    assert not [request for request in paper.requests if "cookie" in request.headers]
