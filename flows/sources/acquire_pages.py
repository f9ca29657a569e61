"""Asks for pages and hands them over, each with the row of url_states that says how it ended."""

import asyncio
import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from copydesk.flows.fetch.errors import PASSING, FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse
from copydesk.flows.read.raw_document import Refused
from copydesk.flows.sources.items import UrlState
from copydesk.flows.sources.listed import Listed, TextPlace
from copydesk.flows.sources.may_speak_for import refuse_strange_answer
from copydesk.flows.sources.page_document import content_document, page_document
from copydesk.flows.sources.plan_pages import PageJob, next_recheck, next_retry
from copydesk.flows.sources.source import Source
from copydesk.flows.sources.source_run import OUTSTANDING_PAGES, SourceRun
from copydesk.schemas.reasons import Reason
from copydesk.transforms.robots.decide import HEAD_BYTES, is_tdm_reserved

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain"})

VERIFY_PAGES_AFTER = timedelta(days=7)
"""How long a page's validators are believed before it is asked for in full again."""

_MAY_COME_YET = frozenset({"failed"})
_WITHOUT_CONTENT = frozenset({Reason.TDM_RESERVED, Reason.SAME_PAGE, Reason.NO_PAGE})


class PageGroup:
    """Pages that are asked for while more are added; leaving the group waits for all of them."""

    def __init__(self, run: SourceRun) -> None:
        self._run = run
        self._places = asyncio.Semaphore(OUTSTANDING_PAGES)
        self._group = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        """Open the group."""
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for all pages, also where the listing broke off after it had named them."""
        is_cancelled = error is not None and not isinstance(error, Exception)
        await self._group.__aexit__(*((kind, error, trace) if is_cancelled else (None, None, None)))

    async def add(self, jobs: Iterable[PageJob]) -> None:
        """Start on pages, all hosts at once and each in its queue; wait while too many are under way."""
        for job in jobs:
            await self._places.acquire()
            self._group.create_task(self._one(job))
        await asyncio.sleep(0)

    async def _one(self, job: PageJob) -> None:
        try:
            await _acquire_page(self._run, job)
        finally:
            self._places.release()


async def acquire_pages(run: SourceRun, jobs: Iterable[PageJob]) -> None:
    """Ask for pages and wait for them."""
    async with PageGroup(run) as group:
        await group.add(jobs)


async def acquire_content(run: SourceRun, jobs: Iterable[PageJob]) -> None:
    """Take the entries of a feed from its own text, without asking for their pages; say of which there is none."""
    for job in jobs:
        if job.listed.text_place is TextPlace.SAME_PAGE or not await _hand_over_content(run, job):
            await _refuse(run, job, _without_text(job.listed))


def _without_text(listed: Listed) -> FetchError:
    link = listed.metadata.get("link")
    if listed.text_place is TextPlace.SAME_PAGE:
        detail = f"another entry of the feed links to {link} as well; the page is asked for once"
        return FetchError(Reason.SAME_PAGE, detail)
    if listed.text_place is TextPlace.FEED:
        detail = f"the feed carries no text of this entry, and its link is no page's address: {link}"
        return FetchError(Reason.NO_PAGE, detail)
    return FetchError(Reason.GONE, "the feed carries no text of this entry")


async def _acquire_page(run: SourceRun, job: PageJob) -> None:
    try:
        response = await run.fetcher.fetch(_request_of(run, job))
        if response.status == 304:
            await _note_not_modified(run, job, response)
        elif job.before and job.before.body_sha256 == response.body_sha256:
            run.counts["unchanged_count"] += 1
            await run.hand_over([stored_state(run.source, job, response)])
        else:
            await _deliver(run, job, response)
    except FetchError as error:
        await _refuse(run, job, error)


async def _note_not_modified(run: SourceRun, job: PageJob, response: HttpResponse) -> None:
    if job.before is None:
        detail = f"{job.listed.url} answered 304 to a first request"
        raise FetchError(Reason.HTTP_STATUS, detail, status=304)
    run.counts["unchanged_count"] += 1
    await run.hand_over([not_modified_state(run.source, job, job.before, response)])


async def _deliver(run: SourceRun, job: PageJob, response: HttpResponse) -> None:
    await refuse_strange_answer(run, job.listed, response.final_url)
    is_honoured = run.fetcher.settings.tdm == "honour"
    if is_honoured and is_tdm_reserved(response.headers, response.file.read(HEAD_BYTES)):
        detail = f"{job.listed.url} reserves its rights for text and data mining"
        raise FetchError(Reason.TDM_RESERVED, detail, status=response.status)
    document = page_document(run.source, job.listed, response)
    if not document.payload.strip():
        raise FetchError(Reason.TRUNCATED, f"{job.listed.url} is empty", status=response.status)
    run.sample(document.payload)
    run.counts["documents_count"] += 1
    state = stored_state(run.source, job, response)
    await run.hand_over([document, state], size_bytes=len(document.payload))


async def _refuse(run: SourceRun, job: PageJob, error: FetchError) -> None:
    """Take the feed's own text where the page will not be had, else say why there is no document."""
    now = run.clock()
    state = refused_state(run.source, job, error, now=now)
    is_final = state.outcome not in _MAY_COME_YET and error.reason not in _WITHOUT_CONTENT
    if is_final and await _hand_over_content(run, job):
        return
    run.counts["failed_count" if state.outcome == "failed" else "refused_count"] += 1
    refusal = Refused(
        run.source.source_id,
        job.listed.url,
        error.reason,
        error.detail,
        now,
        payload=_text_of(run, job, now) if job.listed.text_place is TextPlace.SAME_PAGE else None,
        step="fetch",
        url=job.listed.url if job.listed.text_place is TextPlace.PAGE else job.listed.metadata.get("link"),
    )
    await run.hand_over([refusal, state])


def _text_of(run: SourceRun, job: PageJob, now: datetime) -> bytes | None:
    """Return what the feed says of an entry, so that it is kept though its page is another entry's, too."""
    document = content_document(run.source, job.listed, fetched_at=now, robots_decision=None)
    return None if document is None else document.payload


async def _hand_over_content(run: SourceRun, job: PageJob) -> bool:
    now = run.clock()
    document = content_document(
        run.source, job.listed, fetched_at=now, robots_decision="the feed's own text; its page was not taken"
    )
    if document is None:
        return False
    digest = hashlib.sha256(document.payload).hexdigest()
    state = content_state(run.source, job, body_sha256=digest, now=now)
    if job.before and job.before.body_sha256 == digest:
        run.counts["unchanged_count"] += 1
        await run.hand_over([replace(state, outcome="unchanged")])
    else:
        run.counts["documents_count"] += 1
        await run.hand_over([document, state], size_bytes=len(document.payload))
    return True


def _request_of(run: SourceRun, job: PageJob) -> HttpRequest:
    """Ask conditionally where the validators of the page were never found to lie and were checked of late."""
    request = run.page_request(job.listed.url, PAGE_TYPES)
    before = job.before
    if before is None or before.body_sha256 is None or not before.has_trusted_validators:
        return request
    if before.full_fetched_at is None or before.full_fetched_at + VERIFY_PAGES_AFTER <= run.clock():
        return request
    return replace(request, headers=conditions(before.etag, before.last_modified))


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers of a conditional request."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


_MAX_ENTRY_CHARS = 100_000
_FAILING = PASSING | {Reason.DEADLINE, Reason.RETRY_LATER, Reason.ROBOTS_UNREACHABLE}


def stored_state(source: Source, job: PageJob, response: HttpResponse) -> UrlState:
    """Describe a page whose body came whole: stored, or unchanged where the body is the one we have."""
    before, now = job.before, response.fetched_at
    is_same = before is not None and before.body_sha256 == response.body_sha256
    count, first_seen_at = _count(job), _first_seen(job, now)
    due = next_recheck(source, first_seen_at=first_seen_at, fetch_count=count, now=now)
    etag = response.headers.get("etag")
    has_lied = (
        before is not None
        and not is_same
        and etag is not None
        and before.etag == etag
        and before.body_sha256 is not None
    )
    return UrlState(
        source.source_id, job.listed.key, "page", "unchanged" if is_same else "stored", first_seen_at,
        http_status=response.status, etag=etag, last_modified=response.headers.get("last-modified"),
        body_sha256=response.body_sha256, hint=job.listed.hint, entry=entry_json(job.listed) if due else None,
        has_trusted_validators=not has_lied and (before is None or before.has_trusted_validators),
        fetched_at=now, full_fetched_at=now, next_fetch_at=due, fetch_count=count,
    )  # fmt: skip


def not_modified_state(source: Source, job: PageJob, before: UrlState, response: HttpResponse) -> UrlState:
    """Describe a page that answered 304."""
    count, now = _count(job), response.fetched_at
    due = next_recheck(source, first_seen_at=before.first_seen_at, fetch_count=count, now=now)
    return UrlState(
        source.source_id, job.listed.key, "page", "unchanged", before.first_seen_at,
        http_status=304, etag=before.etag, last_modified=before.last_modified, body_sha256=before.body_sha256,
        hint=job.listed.hint, entry=entry_json(job.listed) if due else None, fetched_at=now,
        full_fetched_at=before.full_fetched_at, next_fetch_at=due, fetch_count=count,
        not_modified_count=before.not_modified_count + 1,
    )  # fmt: skip


def content_state(source: Source, job: PageJob, *, body_sha256: str, now: datetime) -> UrlState:
    """Describe an entry that was taken from the feed's own text; the feed will say when it changes."""
    return UrlState(
        source.source_id, job.listed.key, "page", "stored", _first_seen(job, now),
        body_sha256=body_sha256, hint=job.listed.hint, fetched_at=now, full_fetched_at=now, fetch_count=_count(job),
    )  # fmt: skip


def refused_state(source: Source, job: PageJob, error: FetchError, *, now: datetime) -> UrlState:
    """Describe a page that gave nothing: failed where it may yet, else refused. What was known of it stays known."""
    before = job.before
    failures = (before.failure_count if before else 0) + 1
    due = next_retry(
        error.reason, failure_count=failures, wait_seconds=error.wait_seconds, status=error.status, now=now
    )
    return UrlState(
        source.source_id, job.listed.key, "page",
        "failed" if error.is_passing or error.reason in _FAILING else "refused", _first_seen(job, now),
        reason=error.reason.value, http_status=error.status,
        etag=before.etag if before else None, last_modified=before.last_modified if before else None,
        body_sha256=before.body_sha256 if before else None, hint=job.listed.hint,
        entry=entry_json(job.listed) if due else None, fetched_at=now,
        full_fetched_at=before.full_fetched_at if before else None, next_fetch_at=due, fetch_count=_count(job),
        failure_count=failures,
    )  # fmt: skip


def entry_json(listed: Listed) -> str | None:
    """Keep what the listing said, for a later fetch when it says it no more; long texts are left out."""
    kept = {"url": listed.url, "date": listed.date, "metadata": listed.metadata, "stand": listed.text_place}
    text = json.dumps(kept, ensure_ascii=False)
    if len(text) <= _MAX_ENTRY_CHARS:
        return text
    short = {k: v for k, v in listed.metadata.items() if k not in {"content_html", "summary_html"}}
    return json.dumps(kept | {"metadata": short}, ensure_ascii=False)[:_MAX_ENTRY_CHARS] if short else None


def _count(job: PageJob) -> int:
    return (job.before.fetch_count if job.before else 0) + 1


def _first_seen(job: PageJob, now: datetime) -> datetime:
    return job.before.first_seen_at if job.before else now
