"""Decides for which hosts a sitemap may speak (sitemaps.org: its own, and those whose robots.txt names it)."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from copydesk.flows.fetch.errors import FetchError, FetchReason
from copydesk.flows.sources.listed import Listed
from copydesk.flows.sources.source_run import SourceRun
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.registered_domain import registered_domain

MAX_ASKED_HOSTS = 20
"""A sitemap may name 50,000 strangers; of so many the robots.txt is asked for, the others are refused unasked."""


async def may_speak_for(run: SourceRun, sitemaps: Sequence[str], url: str) -> bool:
    """Return whether a sitemap, or an index above it, is of the page's host or is named by its robots.txt.

    A host with and without `www.` is one; http and https, too, on their usual ports. Other subdomains are not.
    """
    host = host_of(url)
    if any(host_of(sitemap) == host for sitemap in sitemaps):
        return True
    if host not in run.named_sitemaps:
        if len(run.named_sitemaps) >= MAX_ASKED_HOSTS:
            return False
        run.named_sitemaps[host] = await _named_sitemaps(run, url)
    return not run.named_sitemaps[host].isdisjoint(sitemaps)


async def may_name(run: SourceRun, sitemaps: Sequence[str], url: str) -> bool:
    """Return whether an index may name a sitemap: one of its own site, or one that it may speak for."""
    domain = registered_domain(url)
    if domain is not None and domain == registered_domain(sitemaps[0]):
        return True
    return await may_speak_for(run, sitemaps, url)


async def refuse_strange_answer(run: SourceRun, listed: Listed, final_url: str) -> None:
    """Raise FetchError where a page of a sitemap was answered by a host for which the sitemap may not speak.

    Whose address it is may lead on within its own site: http to https, to `www.`, to another subdomain.
    """
    answered = normalise_url(final_url)
    sitemaps = [form for name in _sitemaps_of(run, listed) if (form := normalise_url(name))]
    if answered is None or not sitemaps or host_of(answered) == host_of(listed.key):
        return
    domain = registered_domain(answered)
    is_own = domain is not None and domain == registered_domain(listed.key)
    if not is_own and not await may_speak_for(run, sitemaps, answered):
        detail = (
            f"{listed.url} leads to {answered}: a sitemap speaks for its own host, and for others only where their"
            " robots.txt names it"
        )
        raise FetchError(FetchReason.FOREIGN_HOST, detail)


def _sitemaps_of(run: SourceRun, listed: Listed) -> tuple[str, ...]:
    """Return the sitemap that names a page, and the index that the source begins with; nothing of another listing."""
    sitemap = listed.metadata.get("sitemap_url")
    return (str(sitemap), run.source.url or "") if sitemap else ()


def host_of(url: str) -> str:
    """Return the host and port of an address, as sitemaps tell hosts apart."""
    return urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")


async def _named_sitemaps(run: SourceRun, url: str) -> frozenset[str]:
    try:
        named = await run.fetcher.sitemaps_of(url, run.tally)
    except FetchError:
        return frozenset()
    return frozenset(form for name in named if (form := normalise_url(name, base=url)))
