"""What is too large or too slow is given up where its limit says, once."""

import gzip
import socket

import pytest
from paper_reader import ENCODERS, HEAD, Reader, reason_of
from small_newspaper import Handler, Newspaper, Request

from copydesk.schemas.reasons import Reason


def drips(paper: Newspaper, start: bytes, drop: bytes, *, seconds: float = 10.0) -> Handler:
    """Answer with a start, then with drops, far more than anybody waits for; at each, some seconds pass for who waits."""

    def handler(_: Request, connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(500):
            paper.is_closing.wait(0.02)
            connection.sendall(drop)
            paper.passed_seconds += seconds

    return handler


@pytest.mark.parametrize("encoding", ENCODERS)
def test_bombs_stop_at_the_limit(paper: Newspaper, encoding: str) -> None:
    """A small body that decodes to much is given up at the limit, and not asked for again."""
    paper.put("/bomb", ENCODERS[encoding](bytes(30_000_000)), headers={"Content-Encoding": encoding})
    (answer,) = Reader(paper, max_page_bytes=1_000_000).get("/bomb")
    assert reason_of(answer) is Reason.BODY_TOO_LARGE
    assert paper.asked()["/bomb"] == 1


def test_bombs_in_bombs_stop_at_the_limit(paper: Newspaper) -> None:
    """Two encodings are undone within the same limit; three are refused."""
    twice = gzip.compress(gzip.compress(bytes(30_000_000)))
    paper.put("/2", twice, headers={"Content-Encoding": "gzip, gzip"})
    paper.put("/3", gzip.compress(twice), headers={"Content-Encoding": "gzip, gzip, gzip"})
    answers = Reader(paper, max_page_bytes=1_000_000).get("/2", "/3")
    assert [reason_of(a) for a in answers] == [Reason.BODY_TOO_LARGE, Reason.BROKEN_ENCODING]


DRIPS = {
    "header": (b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n"),
    "header without line ends": (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "interim": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": (HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "until closed": (HEAD + b"\r\n", b"x"),
}


@pytest.mark.parametrize(("start", "drop"), DRIPS.values(), ids=DRIPS)
def test_drips_end_at_the_deadline(paper: Newspaper, reader: Reader, start: bytes, drop: bytes) -> None:
    """However an answer drips, the deadline ends it, once; here each drop takes ten seconds of it."""
    paper.handle("/drip", drips(paper, start, drop))
    (answer,) = reader.get("/drip")
    expected = {Reason.DEADLINE} | ({Reason.BROKEN_PROTOCOL} if b"100" in drop else set())
    assert reason_of(answer) in expected
    assert paper.asked()["/drip"] == 1


def test_an_endless_body_ends_at_the_limit(paper: Newspaper) -> None:
    """A body that does not end is given up at the limit."""
    paper.handle("/endless", drips(paper, HEAD + b"\r\n", b"x" * 400_000, seconds=0.0))
    (answer,) = Reader(paper, max_page_bytes=1_000_000).get("/endless")
    assert reason_of(answer) is Reason.BODY_TOO_LARGE


def test_a_dead_host_is_given_up(paper: Newspaper, reader: Reader) -> None:
    """A host that lets every deadline pass is not asked for its hundredth page; one good answer clears its name."""
    for n in range(9):
        paper.handle(f"/{n}", drips(paper, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"))
    paper.put("/good", b"<p>good")
    reasons = [reason_of(answer) for answer in reader.get(*(f"/{n}" for n in range(9)))]
    assert reasons == [Reason.DEADLINE] * 5 + [Reason.RETRY_LATER] * 4
    answers = reader.get("/0", "/1", "/2", "/good", "/3", "/4", "/good")
    assert reason_of(answers[-1]) is None
