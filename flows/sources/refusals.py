"""What a sitemap names and is not asked for, on record in a bounded number of rows."""

from collections import Counter

from copydesk.flows.fetch.errors import FetchReason
from copydesk.flows.read.raw_document import Refused
from copydesk.flows.sources.may_speak_for import host_of
from copydesk.flows.sources.source_run import SourceRun

MAX_HOSTS = 100
_OTHERS = "further hosts"
_DETAILS = {
    FetchReason.FOREIGN_HOST: "{count} addresses of {host}, such as {example}: the sitemap may speak for its own host,"
    " and for others only where their robots.txt names it",
    FetchReason.BAD_URL: "{count} entries whose address is none, such as {example}",
}


class Refusals:
    """The refused entries of one sitemap, counted by host."""

    def __init__(self, run: SourceRun, url: str) -> None:
        self._run, self._url = run, url
        self._counts: Counter[tuple[FetchReason, str]] = Counter()
        self._examples: dict[tuple[FetchReason, str], str] = {}

    def note(self, written: str, address: str | None) -> None:
        """Count an entry: as written, and its address, null where it is none."""
        reason = FetchReason.BAD_URL if address is None else FetchReason.FOREIGN_HOST
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
                Refused(
                    self._run.source.source_id, origin, reason.value, detail, self._run.clock(), step="fetch"
                )
            )
        for name in ("entries_seen_count", "refused_count"):
            self._run.counts[name] += self._counts.total()
        if rows:
            await self._run.hand_over(rows)
