"""Decides for which hosts a sitemap may speak (sitemaps.org: its own, and those whose robots.txt names it).

What it names all the same goes on record in a bounded number of rows.
"""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.read.raw_document import Refused
from copydesk.flows.sources.listed import Listed
from copydesk.flows.sources.source_run import SourceRun
from copydesk.schemas.reasons import Reason
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.registered_domain import registered_domain

MAX_ASKED_HOSTS = 20
"""A sitemap may name 50,000 strangers; of so many the robots.txt is asked for, the others are refused unasked."""
MAX_HOSTS = 100
_OTHERS = "further hosts"
_DETAILS = {
    Reason.FOREIGN_HOST: "{count} addresses of {host}, such as {example}: the sitemap may speak for its own host,"
    " and for others only where their robots.txt names it",
    Reason.BAD_URL: "{count} entries whose address is none, such as {example}",
}


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
        raise FetchError(Reason.FOREIGN_HOST, detail)


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


class Refusals:
    """The refused entries of one sitemap, counted by host."""

    def __init__(self, run: SourceRun, url: str) -> None:
        self._run, self._url = run, url
        self._counts: Counter[tuple[Reason, str]] = Counter()
        self._examples: dict[tuple[Reason, str], str] = {}

    def note(self, written: str, address: str | None) -> None:
        """Count an entry: as written, and its address, null where it is none."""
        reason = Reason.BAD_URL if address is None else Reason.FOREIGN_HOST
        place = (reason, "" if address is None else host_of(address))
        if place not in self._counts and len(self._counts) >= MAX_HOSTS:
            place = (reason, _OTHERS)
        self._counts[place] += 1
        self._examples.setdefault(place, written[:200])

    async def hand_over(self) -> None:
        """Give a row for each host, and count the entries as seen and refused."""
        rows = []
        for (reason, host), count in sorted(self._counts.items()):
            example = self._examples[reason, host]
            detail = _DETAILS[reason].format(count=count, host=host, example=example)
            origin = f"{self._url}#{host or 'no address'}"
            rows.append(
                Refused(self._run.source.source_id, origin, reason, detail, self._run.clock(), step="fetch")
            )
        for name in ("entries_seen_count", "refused_count"):
            self._run.counts[name] += self._counts.total()
        if rows:
            await self._run.hand_over(rows)
