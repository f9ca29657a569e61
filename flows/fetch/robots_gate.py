"""What robots.txt says of an address, asked once a day for each origin."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from copydesk.flows.fetch.address import Address
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.sources.items import RobotsState
from copydesk.schemas.reasons import Reason
from copydesk.transforms.robots.decide import Decision, decide
from copydesk.transforms.robots.parse_robots import MAX_BYTES, Robots, parse_robots

RULES_LAST = timedelta(days=1)
"""RFC 9309 (2.4): a copy is not used for longer than a day."""

SILENCE_LASTS = timedelta(hours=1)
"""How long an unreachable robots.txt forbids its site before it is asked for again."""

MAX_ROBOTS_BYTES = 5_000_000
_MAX_CACHED = 4_000
_NOT_CACHED = frozenset({Reason.PRIVATE_ADDRESS, Reason.BAD_URL, Reason.PROXY_FAILED})
"""Faults that say nothing of the host."""


Receive = Callable[[Address], Awaitable[bytes]]
Recall = Callable[[str], RobotsState | None]


class RobotsGate:
    """The robots.txt of every origin that is asked for; several askers wait for one answer."""

    def __init__(self, *, token: str, recall: Recall, clock: Callable[[], datetime]) -> None:
        self._token = token
        self._recall = recall
        self._clock = clock
        self._known: OrderedDict[str, asyncio.Future[tuple[RobotsState, Robots]]] = OrderedDict()
        self._learned: list[RobotsState] = []

    def take_learned(self) -> list[RobotsState]:
        """Return what was asked for since the last call, for the tables."""
        learned, self._learned = self._learned, []
        return learned

    async def decide(self, address: Address, receive: Receive) -> tuple[Decision, str]:
        """Return the decision and its sentence; `receive` is asked for robots.txt where no fresh copy is known."""
        state, robots = await self._rules_of(address, receive)
        if state.verdict == "none":
            detail = f"robots.txt of {state.authority} could not be had ({state.http_status or 'no answer'})"
            raise FetchError(Reason.ROBOTS_UNREACHABLE, detail, status=state.http_status)
        if state.verdict == "all":
            return Decision(is_allowed=True, rule=None), f"allowed: no robots.txt ({state.http_status})"
        decision = decide(robots, self._token, address.url)
        return decision, _sentence(decision)

    async def sitemaps(self, address: Address, receive: Receive) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt of an origin names; none where it could not be had."""
        return (await self._rules_of(address, receive))[1].sitemaps

    async def _rules_of(self, address: Address, receive: Receive) -> tuple[RobotsState, Robots]:
        origin = address.origin
        waiting = self._known.get(origin)
        if waiting is not None and not waiting.done():
            return await asyncio.shield(waiting)
        if waiting is not None and waiting.result()[0].expires_at > self._clock():
            return waiting.result()
        future = self._known[origin] = asyncio.get_running_loop().create_future()
        try:
            state = self._remembered(origin) or await self._ask(address, receive)
        except BaseException as error:
            del self._known[origin]
            future.set_exception(
                error if isinstance(error, FetchError) else ConnectionAbortedError("cancelled")
            )
            future.exception()  # seen, also where nobody waits
            raise
        known = state, parse_robots(state.payload or b"")
        future.set_result(known)
        while len(self._known) > _MAX_CACHED:
            self._known.popitem(last=False)
        return known

    def _remembered(self, origin: str) -> RobotsState | None:
        state = self._recall(origin)
        return state if state is not None and state.expires_at > self._clock() else None

    async def _ask(self, address: Address, receive: Receive) -> RobotsState:
        now = self._clock()
        target = "/robots.txt"
        asked = Address(address.origin + target, address.scheme, address.host, address.port, target)
        try:
            payload = await receive(asked)
            state = RobotsState(address.origin, now, now + RULES_LAST, 200, "rules", payload[:MAX_BYTES])
        except FetchError as error:
            if error.reason in _NOT_CACHED:
                raise
            state = _without_rules(address.origin, now, error)
        self._learned.append(state)
        return state


def _without_rules(origin: str, now: datetime, error: FetchError) -> RobotsState:
    """Judge a robots.txt that gave no rules: a client error forbids nothing, all else forbids everything.

    429 asks for fewer requests, so it counts as the server's trouble and not as a missing file.
    """
    status = error.status
    if error.reason is Reason.REDIRECT_LIMIT or (status and 400 <= status < 500 and status != 429):
        return RobotsState(origin, now, now + RULES_LAST, status, "all")
    return RobotsState(origin, now, now + SILENCE_LASTS, status, "none")


def _sentence(decision: Decision) -> str:
    word = "allowed" if decision.is_allowed else "forbidden"
    if decision.rule is None:
        return f"{word}: no rule matches"
    name = "Allow" if decision.rule.is_allowed else "Disallow"
    return f"{word}: line {decision.rule.line}, {name}: {decision.rule.pattern}"[:500]
