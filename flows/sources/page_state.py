"""Enters: how asking for a page ended. Leaves: its row of url_states."""

import json
from datetime import datetime

from copydesk.flows.fetch.errors import PASSING, FetchError
from copydesk.flows.fetch.exchange import HttpResponse
from copydesk.flows.sources.items import UrlState
from copydesk.flows.sources.listed import Listed
from copydesk.flows.sources.plan_pages import PageJob, next_recheck, next_retry
from copydesk.flows.sources.source import Source
from copydesk.schemas.reasons import Reason

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
