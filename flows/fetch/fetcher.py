"""One way to ask for an address: robots, pacing, redirects and retries around single requests."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Self, TypeVar

import stamina
import stamina.instrumentation

from copydesk.flows.fetch.address import Address, parse_address
from copydesk.flows.fetch.dial import Dialler
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse, Tally
from copydesk.flows.fetch.fetch_settings import AGENT_TOKEN, FetchSettings
from copydesk.flows.fetch.host_queue import Clock, Sleep
from copydesk.flows.fetch.robots_gate import MAX_ROBOTS_BYTES, Recall, RobotsGate
from copydesk.flows.fetch.transport import Transport
from copydesk.schemas.reasons import Reason

MAX_CRAWL_DELAY_SECONDS = 60.0
"""A Crawl-delay beyond this is cut: some sites write one that would take a year for a front page."""

MAX_ROBOTS_REDIRECTS = 5

Answer = TypeVar("Answer")


class Fetcher:
    """All requests of a run, to be made inside a running event loop."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        recall_robots: Recall = lambda _: None,
        dialler: Dialler | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Sleep = asyncio.sleep,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self.robots = RobotsGate(token=AGENT_TOKEN, recall=recall_robots, clock=now)
        dialler = dialler or Dialler(
            settings.allow_private_hosts, settings.connect_seconds, settings.max_header_bytes
        )
        clock = clock or asyncio.get_running_loop().time
        self.transport = Transport(settings, dialler, now=now, sleep=sleep, clock=clock)

    async def __aenter__(self) -> Self:
        """Serve for a while."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Hang up on every host."""
        self.transport.hang_up()
        await asyncio.sleep(0)  # the loop lets go of a stream in its next round

    async def fetch(self, request: HttpRequest) -> HttpResponse:
        """Return the whole answer, after retries where a fault may pass; raise FetchError with the reason."""
        return await retry(
            partial(self._follow, request, parse_address(request.url)), attempts=self.settings.attempts
        )

    async def sitemaps_of(self, url: str, tally: Tally) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt of an address's host names; raise FetchError for no address."""
        return await self.robots.sitemaps(
            parse_address(url), partial(self._receive_robots, HttpRequest(url, tally=tally))
        )

    async def _follow(self, request: HttpRequest, address: Address) -> HttpResponse:
        """Ask, and ask again where a redirect leads, each step under the robots.txt of its own host."""
        here = address
        receive = partial(self._receive_robots, request)
        for _ in range(self.settings.max_redirects + 1):
            decision, robots_sentence = await self.robots.decide(here, receive)
            if not decision.is_allowed:
                raise FetchError(Reason.ROBOTS_FORBIDDEN, f"{here.url}: {robots_sentence}")
            crawl_delay = min(decision.crawl_delay_seconds or 0.0, MAX_CRAWL_DELAY_SECONDS)
            response = await self.transport.send(request, here, least_delay_seconds=crawl_delay)
            if isinstance(response, HttpResponse):
                response.robots_decision = robots_sentence
                return response
            here = response
        raise _too_many_redirects(address, self.settings.max_redirects)

    async def _receive_robots(self, asked: HttpRequest, address: Address) -> bytes:
        request = HttpRequest(
            address.url, max_bytes=MAX_ROBOTS_BYTES, tally=asked.tally, session=asked.session
        )
        return await retry(partial(self._follow_robots, request, address), attempts=self.settings.attempts)

    async def _follow_robots(self, request: HttpRequest, address: Address) -> bytes:
        """Fetch a robots.txt, itself under no robots.txt, over at most five redirects (RFC 9309, 2.3.1.2)."""
        here = address
        for _ in range(MAX_ROBOTS_REDIRECTS + 1):
            response = await self.transport.send(request, here)
            if isinstance(response, HttpResponse):
                return response.body
            here = response
        raise _too_many_redirects(address, MAX_ROBOTS_REDIRECTS)


def _too_many_redirects(address: Address, limit: int) -> FetchError:
    return FetchError(Reason.REDIRECT_LIMIT, f"{address.url}: more than {limit} redirects")


async def retry(work: Callable[[], Awaitable[Answer]], *, attempts: int) -> Answer:
    """Do the work, at most so many times; stamina is asked only once something went wrong. Raises FetchError."""
    try:
        return await work()
    except FetchError as error:
        if not error.is_passing or attempts < 2:
            raise
        first = error
    # A retry is in the report of its source; stamina would also write a line to the terminal for each.
    stamina.instrumentation.set_on_retry_hooks([])
    async for attempt in stamina.retry_context(
        on=_backoff, attempts=attempts, timeout=None, wait_initial=0.5, wait_max=30.0
    ):
        with attempt:
            if attempt.num == 1:
                raise first
            return await work()
    raise AssertionError("an attempt either returns or raises")


def _backoff(error: Exception) -> bool | timedelta:
    """Tell stamina whether to try again, and when the server said so, after how long."""
    if not isinstance(error, FetchError) or not error.is_passing:
        return False
    return timedelta(seconds=error.wait_seconds) if error.wait_seconds else True
