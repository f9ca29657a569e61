"""robots.txt decides before a page is asked for, and is asked for once a day."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import pytest
from paper_reader import Reader
from small_newspaper import Newspaper, Request, article

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.flows.sources.items import RobotsState
from copydesk.schemas.reasons import Reason

NOW = datetime(2031, 5, 4, 12, 30, tzinfo=UTC)


@pytest.fixture
def page(paper: Newspaper) -> str:
    paper.put("/a", article(1))
    return "/a"


def test_what_is_forbidden_is_not_asked_for(paper: Newspaper, reader: Reader, page: str) -> None:
    """A Disallow for our name keeps us out, and the line is told."""
    paper.put("/robots.txt", b"User-agent: copydesk\nDisallow: /a\n")
    (answer,) = reader.get(page)
    assert isinstance(answer, FetchError)
    assert answer.reason is Reason.ROBOTS_FORBIDDEN
    assert "line 2, Disallow: /a" in answer.detail
    assert paper.asked()[page] == 0


def test_what_is_allowed_bears_the_line_that_allows_it(paper: Newspaper, reader: Reader, page: str) -> None:
    """The decision goes with the answer."""
    paper.put("/robots.txt", b"User-agent: *\nDisallow: /\nAllow: /a\n")
    assert reader.get_one(page).robots_decision == "allowed: line 3, Allow: /a"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_missing_file_forbids_nothing(paper: Newspaper, reader: Reader, page: str, status: int) -> None:
    """A client error for robots.txt leaves everything open (RFC 9309, 2.3.1.3)."""
    paper.put("/robots.txt", status=status)
    assert "no robots.txt" in reader.get_one(page).robots_decision


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_in_trouble_forbids_everything(
    paper: Newspaper, reader: Reader, page: str, status: int
) -> None:
    """A server error for robots.txt closes the site (RFC 9309, 2.3.1.4)."""
    paper.put("/robots.txt", status=status)
    (answer,) = reader.get(page)
    assert isinstance(answer, FetchError)
    assert answer.reason is Reason.ROBOTS_UNREACHABLE
    assert paper.asked()[page] == 0


def test_an_unreachable_file_forbids_everything(paper: Newspaper, reader: Reader, page: str) -> None:
    """A robots.txt that hangs up closes the site."""

    def hang_up(_: Request, __: socket.socket) -> None:
        return

    paper.handle("/robots.txt", hang_up)
    (answer,) = reader.get(page)
    assert isinstance(answer, FetchError)
    assert answer.reason is Reason.ROBOTS_UNREACHABLE
    assert paper.asked()[page] == 0


def test_redirects_of_robots_are_followed(paper: Newspaper, reader: Reader, page: str) -> None:
    """The rules of a robots.txt that moved hold for the host that was asked."""
    paper.put("/robots.txt", status=301, headers={"Location": "/r2"})
    paper.put("/r2", b"User-agent: *\nDisallow: /a")
    (answer,) = reader.get(page)
    assert isinstance(answer, FetchError)


def test_a_redirect_is_under_the_rules_of_where_it_leads(paper: Newspaper, reader: Reader) -> None:
    """A page that is allowed does not lead us to one that is not."""
    paper.put("/robots.txt", b"User-agent: *\nDisallow: /secret")
    paper.put("/open", status=302, headers={"Location": "/secret"})
    (answer,) = reader.get("/open")
    assert isinstance(answer, FetchError)
    assert paper.asked()["/secret"] == 0


def test_it_is_asked_once_for_many_pages_at_once(paper: Newspaper, page: str) -> None:
    """Requests that start together wait for one robots.txt."""
    reader = Reader(paper)

    async def ask() -> list[HttpResponse]:
        async with Fetcher(reader.settings) as fetcher:
            return await asyncio.gather(*(fetcher.fetch(HttpRequest(paper.base + page)) for _ in range(20)))

    assert len(asyncio.run(ask())) == 20
    assert paper.asked()["/robots.txt"] == 1
    assert paper.busiest == 1


@pytest.mark.parametrize(("age", "asked"), [(timedelta(hours=23), 0), (timedelta(hours=25), 1)])
def test_a_remembered_copy_lasts_a_day(paper: Newspaper, page: str, age: timedelta, asked: int) -> None:
    """A copy from the tables is used for a day, then asked for again."""
    fetched_at = NOW - age
    kept = RobotsState(paper.base, fetched_at, fetched_at + timedelta(days=1), 404, "all")
    reader = Reader(paper)

    async def ask() -> None:
        async with Fetcher(reader.settings, recall_robots=lambda _: kept, now=lambda: NOW) as fetcher:
            await fetcher.fetch(HttpRequest(paper.base + page))
            assert len(fetcher.robots.take_learned()) == asked

    asyncio.run(ask())
    assert paper.asked()["/robots.txt"] == asked


def test_crawl_delay_is_kept(paper: Newspaper, page: str) -> None:
    """Crawl-delay is the least pause between two pages, up to a limit."""
    paper.put("/robots.txt", b"User-agent: *\nCrawl-delay: 4\n")
    reader = Reader(paper)
    reader.get(page, page, page)
    assert [round(nap) for nap in reader.naps] == [4, 4]


def test_public_hosts_get_a_pause_without_asking(paper: Newspaper, page: str) -> None:
    """The pause of a source holds between its pages; a host that the operator opened gets none by default."""
    reader = Reader(paper)
    reader.get(page, page)
    assert reader.naps == []
    reader.get(page, page, delay_seconds=3.0)
    assert [round(nap) for nap in reader.naps] == [3]
