"""Which of the listed pages are asked for: the new, the due, and those that the listing says have changed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from copydesk.flows.sources.items import UrlState
from copydesk.flows.sources.listed import Listed, TextPlace
from copydesk.flows.sources.source import Period, Source
from copydesk.schemas.reasons import Reason
from copydesk.transforms.feeds.feed import parse_feed_date

RETRY_FIRST = timedelta(minutes=15)
RETRY_LONGEST = timedelta(days=2)
MAX_FAILURES = 8
REFUSED_AGAIN = timedelta(days=7)

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=[/-]|$)")
_FINAL = frozenset(
    {
        Reason.BAD_URL,
        Reason.PRIVATE_ADDRESS,
        Reason.CONTENT_TYPE,
        Reason.TDM_RESERVED,
        Reason.SAME_PAGE,
        Reason.NO_PAGE,
    }
)


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to be asked for, with what is known of it."""

    listed: Listed
    before: UrlState | None


def plan_pages(
    listed: Iterable[Listed], known: Mapping[str, UrlState], *, source: Source, now: datetime
) -> list[PageJob]:
    """Return the pages to ask for, in the listing's order, each once."""
    jobs: dict[str, PageJob] = {}
    for page in listed:
        before = known.get(page.key)
        if page.key not in jobs and (before is None or _is_due(page, before, source, now)):
            jobs[page.key] = PageJob(page, before)
    return list(jobs.values())


def plan_backfill(
    listed: Iterable[Listed], known: Mapping[str, UrlState], *, period: Period
) -> tuple[list[PageJob], int]:
    """Return the unknown pages dated within the period, and how many bear no date and were left out."""
    jobs: dict[str, PageJob] = {}
    undated_count = 0
    for page in listed:
        if page.key in known or page.key in jobs:
            continue
        moment = listed_date(page)
        if moment is None:
            undated_count += 1
        elif period.holds(moment):
            jobs[page.key] = PageJob(page, None)
    return list(jobs.values()), undated_count


def listed_date(page: Listed) -> datetime | None:
    """Return the day that the listing gives a page, or that stands in its address."""
    moment: datetime | None = parse_feed_date(page.date)
    if moment is not None:
        return moment
    match = _URL_DATE.search(page.url)
    if not match:
        return None
    try:
        return datetime(int(match.group(1)), int(match.group(2)), int(match.group(3) or 1), tzinfo=UTC)
    except ValueError:
        return None


def next_recheck(
    source: Source, *, first_seen_at: datetime, fetch_count: int, now: datetime
) -> datetime | None:
    """Return when a page taken in is looked at again: after the stated age, twice that, and so on; then never."""
    wait = timedelta(hours=source.recheck_after_hours) * (1 << min(fetch_count - 1, 10))
    due = now + wait
    return due if due <= first_seen_at + timedelta(days=source.recheck_for_days) else None


def next_retry(
    reason: Reason, *, failure_count: int, wait_seconds: float | None, status: int | None, now: datetime
) -> datetime | None:
    """Return when a page that gave nothing is asked for again; null once it is given up."""
    if reason in _FINAL or failure_count >= MAX_FAILURES or (reason is Reason.GONE and failure_count >= 3):
        return None
    if reason is Reason.ROBOTS_FORBIDDEN or (status and status in {401, 402, 403, 451}):
        return now + REFUSED_AGAIN
    pause = min(RETRY_FIRST * (1 << failure_count - 1), RETRY_LONGEST)
    return now + max(pause, timedelta(seconds=wait_seconds or 0.0))


def _is_due(page: Listed, before: UrlState, source: Source, now: datetime) -> bool:
    if before.next_fetch_at is not None and before.next_fetch_at <= now:
        return True
    if before.fetched_at is None or page.hint is None or page.hint == before.hint:
        return False
    if page.text_place is not TextPlace.PAGE or not source.fetches_pages:
        return before.reason != Reason.SAME_PAGE  # the text is at hand, so age does not matter
    is_of_age = before.fetched_at + timedelta(hours=source.recheck_after_hours) <= now
    return before.outcome in {"stored", "unchanged"} and is_of_age
