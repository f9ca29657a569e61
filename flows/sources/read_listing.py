"""Ask for a feed or sitemap as sparingly as its server can be trusted.

A conditional request saves both sides work, if the server tells the truth. Some answer 304 for ever, some keep an
ETag over changed contents. So a 304 is checked by a full request after a day, or after a dozen of them; one that is
found to lie is never asked conditionally again.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpResponse
from copydesk.flows.sources.acquire_pages import conditions
from copydesk.flows.sources.items import UrlState
from copydesk.flows.sources.source_run import SourceRun
from copydesk.schemas.reasons import Reason

VERIFY_AFTER = timedelta(hours=24)
VERIFY_AFTER_COUNT = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer to a listing. `response` is null where nothing changed; `was_denied` where a 304 came before it."""

    url: str
    before: UrlState | None
    response: HttpResponse | None
    was_denied: bool
    state: UrlState


async def read_listing(run: SourceRun, url: str, *, hint: str | None = None) -> Listing:
    """Ask for a listing; in a back-fill always in full. Raises FetchError."""
    before = await run.state_of(url)
    is_conditional = before is not None and before.has_trusted_validators and not run.period.is_bounded
    headers = conditions(before.etag, before.last_modified) if before and is_conditional else {}
    request = replace(run.listing_request(url), headers=headers)
    response = await run.fetcher.fetch(request)
    was_denied = response.status == 304
    if was_denied:
        if before is None or not headers:
            raise FetchError(Reason.HTTP_STATUS, f"{url} answered 304 to a full request", status=304)
        if not _needs_proof(run, before):
            return Listing(url, before, None, was_denied, _denied_state(before, response, hint))
        response = await run.fetcher.fetch(replace(request, headers={}))
        if response.status == 304:
            raise FetchError(Reason.HTTP_STATUS, f"{url} answered 304 to a full request", status=304)
    state = _full_state(run, url, before, response, hint)
    is_same = before is not None and before.body_sha256 == response.body_sha256 and not run.period.is_bounded
    return Listing(url, before, None if is_same else response, was_denied, state)


def settle(listing: Listing, entries_sha256: str) -> UrlState:
    """Complete the state once the entries are known: validators that stood still over new entries have lied."""
    before, state = listing.before, replace(listing.state, entries_sha256=entries_sha256)
    if before is None or before.entries_sha256 in {None, entries_sha256}:
        return state
    stood_still = before.etag == state.etag if state.etag else before.last_modified == state.last_modified
    has_validators = bool(state.etag or state.last_modified)
    is_hint_stale = state.hint is not None and before.hint == state.hint
    has_lied = listing.was_denied or is_hint_stale or (has_validators and stood_still)
    return replace(state, has_trusted_validators=state.has_trusted_validators and not has_lied)


def _needs_proof(run: SourceRun, before: UrlState) -> bool:
    is_old = before.full_fetched_at is None or before.full_fetched_at + VERIFY_AFTER <= run.clock()
    return is_old or before.not_modified_count + 1 >= VERIFY_AFTER_COUNT


def _denied_state(before: UrlState, response: HttpResponse, hint: str | None) -> UrlState:
    return replace(
        before,
        outcome="unchanged",
        reason=None,
        http_status=304,
        hint=hint,
        fetched_at=response.fetched_at,
        fetch_count=before.fetch_count + 1,
        not_modified_count=before.not_modified_count + 1,
        failure_count=0,
    )


def _full_state(
    run: SourceRun, url: str, before: UrlState | None, response: HttpResponse, hint: str | None
) -> UrlState:
    is_same = before is not None and before.body_sha256 == response.body_sha256
    return UrlState(
        run.source.source_id,
        url,
        "listing",
        "unchanged" if is_same else "stored",
        before.first_seen_at if before else response.fetched_at,
        http_status=response.status,
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
        body_sha256=response.body_sha256,
        entries_sha256=before.entries_sha256 if before else None,
        has_trusted_validators=before is None or before.has_trusted_validators,
        hint=hint,
        entry=before.entry if before and is_same else None,
        fetched_at=response.fetched_at,
        full_fetched_at=response.fetched_at,
        fetch_count=(before.fetch_count if before else 0) + 1,
    )


async def finish_listing(run: SourceRun, listing: Listing, entries_sha256: str | None) -> None:
    """Hand over the state of a listing once all that it named was seen to; a back-fill leaves it as it was.

    A run that was cut short keeps no state of the listing, so that the next one sees the rest.
    """
    if run.period.is_bounded or run.is_cut:
        return
    state = listing.state if entries_sha256 is None else settle(listing, entries_sha256)
    run.note_trust(listing.before, state)
    await run.hand_over([state])
