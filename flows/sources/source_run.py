"""One source during one run: where it asks, what it counts, and how it hands over."""

import asyncio
import hashlib
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import BinaryIO, cast

from copydesk.flows.fetch.exchange import HttpRequest, Tally
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.flows.fetch.session import Session, open_session
from copydesk.flows.sources.items import Item, UrlState
from copydesk.flows.sources.limited import LimitedPool
from copydesk.flows.sources.listed import Listed
from copydesk.flows.sources.memory import Memory
from copydesk.flows.sources.outbox import Outbox
from copydesk.flows.sources.plan_pages import PageJob, plan_backfill, plan_pages
from copydesk.flows.sources.source import Period, Source
from copydesk.schemas.reasons import Reason
from copydesk.schemas.user_error import UserError
from copydesk.transforms.redact import HIDDEN, redact_url

OUTSTANDING_PAGES = 4_000
"""Pages of one source that may wait in lanes at once: a list of many hosts keeps them all busy."""

LOOK_UP_ROWS = 500
IN_MEMORY_BYTES = 2_000_000
MAX_TOLD_PARTS = 5
_DUE_ROWS = 20_000
_SAMPLED_PAGES = 6
_SAMPLED_BYTES = 30_000
_TITLE = re.compile(rb"<title\b[^<]*", re.IGNORECASE)
_SCRIPT = re.compile(rb"<(script|style)\b.*?</\1", re.IGNORECASE | re.DOTALL)


class SourceError(Exception):
    """A source that could not be read; its run goes on without it. `payload` is what it sent instead."""

    def __init__(self, reason: Reason, detail: str, *, payload: bytes | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.payload = payload


@dataclass
class SourceRun:
    """What the acquirers of one source share. `counts` has the names of the columns of source_runs."""

    source: Source
    fetcher: Fetcher
    memory: Memory
    outbox: Outbox
    pool: LimitedPool
    clock: Callable[[], datetime]
    period: Period = field(default_factory=Period)
    counts: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    fingerprints: Counter[str] = field(default_factory=Counter)
    has_trusted_validators: bool = True
    has_full_listing: bool = False
    is_cut: bool = False
    planned: set[str] = field(default_factory=set)
    named_sitemaps: dict[str, frozenset[str]] = field(default_factory=dict)
    files: ExitStack = field(default_factory=ExitStack)

    def page_request(self, url: str, media_types: frozenset[str]) -> HttpRequest:
        """Prepare a question for a page in the manners of the source."""
        source = self.source
        return HttpRequest(
            url,
            media_types,
            delay_seconds=source.delay_seconds,
            requests_per_host=source.requests_per_host,
            tally=self.tally,
            login=source.login,
            session=self.session,
        )

    @cached_property
    def session(self) -> Session:
        """The headers, cookies and proxy of the source; raise SourceError where a secret or file is missing."""
        source = self.source
        try:
            return open_session(
                source.url or next(iter(source.addresses), None),
                headers=dict(source.headers),
                cookies_file=source.cookies_file,
                proxy=source.proxy,
                environment=os.environ,
            )
        except UserError as error:
            raise SourceError(Reason.SESSION, str(error)) from None

    def listing_request(self, url: str) -> HttpRequest:
        """Prepare a question for a listing, which may be of any type, and large."""
        limit = self.fetcher.settings.max_listing_bytes
        return replace(
            self.page_request(url, frozenset()), media_types=None, max_bytes=limit, sink=self.spool
        )

    def spool(self) -> BinaryIO:
        """Open a place for a listing: in memory while it is small, else on disk; closed with the run."""
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 the run closes it
        return cast("BinaryIO", self.files.enter_context(file))

    async def hand_over(self, items: Sequence[Item], *, size_bytes: int = 0) -> None:
        """Give items to the storing side, with the robots.txt learned meanwhile; wait while it is behind."""
        learned = self.fetcher.robots.take_learned()
        reserved = await self.outbox.reserve(size_bytes + sum(len(s.payload or b"") for s in learned))
        self.outbox.put([*learned, *items], reserved)

    async def state_of(self, url: str) -> UrlState | None:
        """Return what is known of one address."""
        return (await self.look_up([url])).get(url)

    async def look_up(self, urls: Sequence[str]) -> dict[str, UrlState]:
        """Return what is known of up to LOOK_UP_ROWS addresses."""
        stored = {url: redact_url(url) for url in urls}
        known = await asyncio.to_thread(self.memory.look_up, self.source.source_id, list(stored.values()))
        return {url: replace(known[name], url=url) for url, name in stored.items() if name in known}

    async def look_up_all(self, urls: Sequence[str]) -> dict[str, UrlState]:
        """Return what is known of any number of addresses."""
        known: dict[str, UrlState] = {}
        for start in range(0, len(urls), LOOK_UP_ROWS):
            known |= await self.look_up(urls[start : start + LOOK_UP_ROWS])
        return known

    async def plan(self, listed: Sequence[Listed]) -> list[PageJob]:
        """Choose the pages to ask for, in the batches of the look-up; none is planned twice in a run."""
        jobs: list[PageJob] = []
        for start in range(0, len(listed), LOOK_UP_ROWS):
            batch = listed[start : start + LOOK_UP_ROWS]
            known = await self.look_up([page.key for page in batch])
            self.counts["entries_seen_count"] += len(batch)
            if self.period.is_bounded:
                planned, undated = plan_backfill(batch, known, period=self.period)
                self.counts["undated"] += undated
            else:
                planned = plan_pages(batch, known, source=self.source, now=self.clock())
            jobs += self._unplanned(planned)
        return jobs

    async def plan_due(self) -> list[PageJob]:
        """Choose the pages that are due though no listing names them now: re-checks and retries."""
        if self.period.is_bounded:
            return []
        due = await asyncio.to_thread(self.memory.due, self.source.source_id, self.clock(), _DUE_ROWS)
        planned = {redact_url(key) for key in self.planned}
        jobs = [PageJob(Listed.from_state(state), state) for state in due if state.url not in planned]
        # What opens a page stands in its listing alone: one that names it no more cannot be asked for.
        return self._unplanned([job for job in jobs if HIDDEN not in job.listed.url])

    def _unplanned(self, jobs: Sequence[PageJob]) -> list[PageJob]:
        fresh = [job for job in jobs if job.listed.key not in self.planned]
        limit = self.source.max_pages
        if limit is not None and len(self.planned) + len(fresh) > limit:
            fresh = fresh[: max(0, limit - len(self.planned))]
            self.is_cut = True
        self.planned |= {job.listed.key for job in fresh}
        self.counts["entries_new_count"] += sum(1 for job in fresh if job.before is None)
        return fresh

    def sample(self, body: bytes) -> None:
        """Note what a new page looks like, to see when all pages of a source are one and the same.

        Numbers in the text do not count, since walls tell times and visits; in the title they do.
        """
        if self.fingerprints.total() < _SAMPLED_PAGES:
            parts = _SCRIPT.sub(b"<", body[:_SAMPLED_BYTES]).split(b"<")
            words = b"".join(part.partition(b">")[2] for part in parts).translate(None, b"0123456789 \t\r\n")
            title = _TITLE.search(body[:_SAMPLED_BYTES])
            look = (title.group() if title else b"") + words
            self.fingerprints[hashlib.sha256(look).hexdigest()] += 1

    def note_trust(self, before: UrlState | None, state: UrlState) -> None:
        """Warn when a listing's validators were found to lie."""
        self.has_trusted_validators &= state.has_trusted_validators
        if not state.has_trusted_validators and (before is None or before.has_trusted_validators):
            self.warnings.append(
                f"{state.url} says that it did not change when it did: asked in full from now on"
            )

    def note_failed_part(self, url: str, error: Exception) -> None:
        """Note a part of the source that could not be read while the rest could."""
        self.counts["failed_parts"] += 1
        if self.counts["failed_parts"] <= MAX_TOLD_PARTS:
            self.warnings.append(f"{url} could not be read: {error}")
