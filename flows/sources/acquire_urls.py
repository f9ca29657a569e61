"""A list of addresses, one a line, on disk or on the network: ask for those that are new or due."""

import asyncio
import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from flows.fetch.errors import FetchError
from flows.sources.acquire_pages import PageGroup, acquire_pages
from flows.sources.errors import SourceError
from flows.sources.listed import Listed, page_key
from flows.sources.read_listing import finish_listing, read_listing
from flows.sources.source_run import LOOK_UP_ROWS, SourceRun


async def acquire_urls(run: SourceRun, url: str | None, path: str | None) -> bool:
    """Bring in the pages of a list; empty lines and those that begin with # are passed over."""
    is_unchanged = False
    if path is not None:
        try:
            file = await asyncio.to_thread(Path(path).open, "rb")
            with file:
                await _take_lines(run, file)
        except OSError as error:
            raise SourceError("unreadable", f"{path}: {error.strerror}") from None
    elif url is not None:
        listing = await read_listing(run, url)
        is_unchanged = listing.fetched is None
        digest = None if listing.fetched is None else await _take_lines(run, listing.fetched.file)
        await finish_listing(run, listing, digest)
    await acquire_pages(run, await run.plan_due())
    return is_unchanged


async def _take_lines(run: SourceRun, lines: Iterable[bytes]) -> str:
    """Plan batch by batch while the pages of the last ones are under way, so that no host waits for another."""
    digest = hashlib.sha256()
    listed = _listed(run, lines)
    async with PageGroup(run) as pages:
        while batch := list(islice(listed, LOOK_UP_ROWS)):
            digest.update("\n".join(page.key for page in batch).encode())
            await pages.add(await run.plan(batch))
    run.has_full_listing = True
    return digest.hexdigest()


def _listed(run: SourceRun, lines: Iterable[bytes]) -> Iterator[Listed]:
    for line in lines:
        text = line.decode("utf-8", "replace").strip().lstrip("\ufeff")
        if not text or text.startswith("#"):
            continue
        try:
            yield Listed(page_key(text), text)
        except FetchError as error:
            run.note_failed_part(text[:100], error)
