"""What comes back from a real server, good and bad, is a whole document or a reason."""

import socket

import pytest
from paper_reader import ENCODERS, HEAD, Reader, reason_of, sends
from small_newspaper import Newspaper, Request, article

from copydesk.flows.fetch.address import parse_address
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpResponse
from copydesk.flows.fetch.session import open_session
from copydesk.schemas.reasons import Reason

PAGE = article(1)


@pytest.mark.parametrize("encoding", ENCODERS)
def test_encodings_are_undone(paper: Newspaper, reader: Reader, encoding: str) -> None:
    """A body comes decoded, whatever its encoding."""
    paper.put("/a", ENCODERS[encoding](PAGE), headers={"Content-Encoding": encoding})
    assert reader.get_one("/a").body == PAGE


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("missing", [1, 9, 60])
def test_an_encoded_body_without_its_end_is_refused(
    paper: Newspaper, reader: Reader, encoding: str, missing: int
) -> None:
    """A compressed body that was cut off is refused after retries, though its length is as announced."""
    paper.put("/a", ENCODERS[encoding](PAGE)[:-missing], headers={"Content-Encoding": encoding})
    (answer,) = reader.get("/a")
    assert reason_of(answer) in {Reason.TRUNCATED, Reason.BROKEN_ENCODING}
    assert paper.asked()["/a"] == 3


BROKEN = {
    "short of its length": ([HEAD, b"Content-Length: 500\r\n\r\n<html>"], Reason.TRUNCATED),
    "last chunk missing": (
        [HEAD, b"Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n"],
        Reason.TRUNCATED,
    ),
    "within a chunk": ([HEAD, b"Transfer-Encoding: chunked\r\n\r\n60\r\n<html>"], Reason.TRUNCATED),
    "within the headers": ([b"HTTP/1.1 200 OK\r\nContent-"], Reason.TRUNCATED),
    "no answer": ([b""], Reason.NOT_CONNECTED),
    "no HTTP": ([b"SSH-2.0-OpenSSH\r\n\r\n"], Reason.BROKEN_PROTOCOL),
    "bad chunk size": ([HEAD, b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"], Reason.BROKEN_PROTOCOL),
    "two lengths": (
        [HEAD, b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n123456"],
        Reason.BROKEN_PROTOCOL,
    ),
    "endless headers": ([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000], Reason.HEADER_TOO_LARGE),
    "too many headers": ([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300, b"\r\n"], Reason.HEADER_TOO_LARGE),
    "too long": ([HEAD, b"Content-Length: 99999999999\r\n\r\n"], Reason.BODY_TOO_LARGE),
}


@pytest.mark.parametrize(("pieces", "reason"), BROKEN.values(), ids=BROKEN)
def test_broken_answers_are_refused(
    paper: Newspaper, reader: Reader, pieces: list[bytes], reason: Reason
) -> None:
    """An answer that is not whole, or not HTTP, is never a document."""
    paper.handle("/a", sends(*pieces))
    (answer,) = reader.get("/a")
    assert reason_of(answer) is reason


def test_a_fault_that_passes_is_forgiven(paper: Newspaper, reader: Reader) -> None:
    """A body that was cut off once is asked for again and taken when it comes whole."""

    def once_broken(request: Request, connection: socket.socket) -> None:
        paper.put("/a", PAGE)
        sends(HEAD, b"Content-Length: 500\r\n\r\n<html>")(request, connection)

    paper.handle("/a", once_broken)
    assert reader.get_one("/a").body == PAGE


WHOLE = {
    "chunks": [
        HEAD,
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"3;x=y\r\n<ht\r\n3\r\nml>\r\n0\r\nTrailer: 1\r\n\r\n",
    ],
    "until closed": [HEAD, b"\r\n<html>"],
    "after interim": [
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
        HEAD,
        b"Content-Length: 6\r\n\r\n<html>",
    ],
    "HTTP/1.0": [HEAD.replace(b"1.1", b"1.0"), b"Content-Length: 6\r\n\r\n<html>"],
}


@pytest.mark.parametrize("pieces", WHOLE.values(), ids=WHOLE)
def test_whole_answers_in_all_forms(paper: Newspaper, reader: Reader, pieces: list[bytes]) -> None:
    """The ways in which HTTP/1 marks the end of a body are all understood."""
    paper.handle("/a", sends(*pieces))
    assert reader.get_one("/a").body == b"<html>"


def test_redirects_are_followed_to_a_limit(paper: Newspaper, reader: Reader) -> None:
    """Relative and absolute redirects lead to the page; a ring is left after the limit."""
    paper.put("/a", status=301, headers={"Location": "b?x=ü".encode().decode("latin-1")})
    paper.put("/b?x=%C3%BC", status=308, headers={"Location": f"{paper.base}/c"})
    paper.put("/c", PAGE)
    paper.put("/ring", status=302, headers={"Location": "/ring"})
    page, ring = reader.get("/a", "/ring")
    assert isinstance(page, HttpResponse)
    assert (page.body, page.final_url) == (PAGE, f"{paper.base}/c")
    assert reason_of(ring) is Reason.REDIRECT_LIMIT
    assert paper.asked()["/ring"] == 6


@pytest.mark.parametrize(
    ("status", "reason", "asked"),
    [
        (404, Reason.GONE, 1),
        (410, Reason.GONE, 1),
        (403, Reason.HTTP_STATUS, 1),
        (401, Reason.HTTP_STATUS, 1),
        (204, Reason.HTTP_STATUS, 1),
        (206, Reason.HTTP_STATUS, 1),
        (500, Reason.HTTP_STATUS, 3),
        (503, Reason.HTTP_STATUS, 3),
    ],
)
def test_only_a_success_is_a_document(
    paper: Newspaper, reader: Reader, status: int, reason: Reason, asked: int
) -> None:
    """Another status is a refusal; a server's trouble is asked again, the rest is not."""
    paper.put("/a", PAGE, status=status)
    (answer,) = reader.get("/a")
    assert reason_of(answer) is reason
    assert paper.asked()["/a"] == asked


def test_retry_after_is_kept(paper: Newspaper, reader: Reader) -> None:
    """A host that says when to come back is left alone until then, by every later request too."""
    paper.put("/a", status=429, headers={"Retry-After": "7"})
    paper.put("/b", PAGE)
    reader.get("/a", "/b")
    assert len(reader.naps) >= 3
    assert all(6 < nap <= 7 for nap in reader.naps)


def test_a_long_retry_after_closes_the_host(paper: Newspaper, reader: Reader) -> None:
    """A host that wants peace for longer than a run waits is not asked again in this run."""
    paper.put("/a", status=503, headers={"Retry-After": "3600"})
    paper.put("/b", PAGE)
    first, second = reader.get("/a", "/b")
    assert (reason_of(first), reason_of(second)) == (Reason.HTTP_STATUS, Reason.RETRY_LATER)
    assert paper.asked()["/a"] == 1
    assert paper.asked()["/b"] == 0


@pytest.mark.parametrize(
    "value",
    ["Fri, 31 Dec 2100 23:59:59 GMT", "9" * 400, "Mon, 01 Jan 2024 00:00:00 +99999999999999999999", "-1"],
)
def test_an_absurd_retry_after_costs_its_page_alone(paper: Newspaper, reader: Reader, value: str) -> None:
    """A wait that nobody means, or no number can hold, says nothing: the page fails, its neighbour comes."""
    paper.put("/a", status=503, headers={"Retry-After": value})
    paper.put("/b", PAGE)
    first, second = reader.get("/a", "/b")
    assert (reason_of(first), reason_of(second)) == (Reason.HTTP_STATUS, None)


def test_unwanted_types_are_not_read(paper: Newspaper, reader: Reader) -> None:
    """A body of another type is refused by its header; without a type it is read."""
    paper.put("/film", PAGE, content_type="video/mp4")
    paper.put("/bare", PAGE, content_type="")
    film, bare = reader.get("/film", "/bare", media_types=frozenset({"text/html"}))
    assert (reason_of(film), reason_of(bare)) == (Reason.CONTENT_TYPE, None)


def test_an_honest_user_agent(paper: Newspaper) -> None:
    """Every request says who asks and whom to write to."""
    paper.put("/a", PAGE)
    Reader(paper, contact="https://desk.example/bot").get_one("/a")
    agents = {request.headers["user-agent"] for request in paper.requests}
    assert agents == {"Copydesk/1.0 (+https://desk.example/bot)"}


def test_a_connection_is_used_again(paper: Newspaper, reader: Reader) -> None:
    """A stream that the server has closed meanwhile is replaced without an attempt being lost."""

    def closes(request: Request, connection: socket.socket) -> None:
        sends(HEAD + b"Content-Length: 1\r\n\r\nx")(request, connection)

    paper.handle("/a", closes)
    answers = reader.get("/a", "/a", "/a")
    assert [reason_of(answer) for answer in answers] == [None, None, None]
    assert paper.asked()["/a"] == 3


def test_headers_cannot_be_smuggled(reader: Reader, paper: Newspaper) -> None:
    """An ETag with line breaks does not become a header of ours."""
    paper.put("/a", PAGE)
    (answer,) = reader.get("/a", headers={"If-None-Match": 'x"\r\nHost: evil.example'})
    assert reason_of(answer) is Reason.BAD_URL
    assert paper.asked()["/a"] == 0


def test_a_proxy_is_asked_for_the_whole_address(paper: Newspaper) -> None:
    """A request by a proxy names the whole address, with the proxy's login; one that will not tunnel is told."""
    paper.put("http://press.example/robots.txt", b"")
    paper.put("http://press.example/1", b"<p>by the proxy")
    session = open_session(
        "http://press.example/", headers={"X-Desk": "1"}, cookies_file=None,
        proxy=paper.base.replace("//", "//desk:word@"), environment={},
    )  # fmt: skip
    reader = Reader(paper)
    (answer,) = reader.get("http://press.example/1", session=session)
    assert isinstance(answer, HttpResponse)
    assert answer.body == b"<p>by the proxy"
    last = paper.requests[-1]
    assert last.headers["host"] == "press.example"
    assert last.headers["proxy-authorization"].startswith("Basic ")
    (refused,) = reader.get("https://press.example/1", session=session)
    assert isinstance(refused, FetchError)
    assert "press.example" in refused.detail


def test_headers_stay_with_their_site() -> None:
    """What a source says goes to its own site, and from TLS not into the clear; a proxy's login goes to the proxy."""
    session = open_session(
        "https://www.press.com/feed", headers={"X": "${S}"}, cookies_file=None, proxy=None, environment={"S": "1"}
    )  # fmt: skip
    said = [
        session.headers_for(parse_address(url))
        for url in ("https://images.press.com/", "http://press.com/", "https://other.org/")
    ]
    assert said == [{"X": "1"}, {}, {}]
