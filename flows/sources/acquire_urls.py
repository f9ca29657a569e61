"""A list of addresses, one a line, on disk or on the network: ask for those that are new or due."""

import asyncio
import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from copydesk.flows.read.read_files import is_address_alone, read_files
from copydesk.flows.sources.acquire_pages import PageGroup, acquire_pages
from copydesk.flows.sources.listed import Listed
from copydesk.flows.sources.may_speak_for import Refusals
from copydesk.flows.sources.read_listing import finish_listing, read_listing
from copydesk.flows.sources.source import Source
from copydesk.flows.sources.source_run import LOOK_UP_ROWS, SourceError, SourceRun
from copydesk.schemas.reasons import Reason
from copydesk.transforms.normalise_url import normalise_url


async def acquire_urls(run: SourceRun) -> bool:
    """Bring in the pages of a list; empty lines and those that begin with # are passed over."""
    url, path, is_unchanged = run.source.url, run.source.path, False
    if run.source.addresses or run.source.files:
        await _take_lines(run, run.source.source_id, _of_rows(run.source, run.clock()))
    elif path is not None:
        try:
            file = await asyncio.to_thread(Path(path).open, "rb")
            with file:
                await _take_lines(run, path, file)
        except OSError as error:
            raise SourceError(Reason.UNREADABLE, f"{path}: {error.strerror}") from None
    elif url is not None:
        listing = await read_listing(run, url)
        is_unchanged = listing.response is None
        digest = None if listing.response is None else await _take_lines(run, url, listing.response.file)
        await finish_listing(run, listing, digest)
    await acquire_pages(run, await run.plan_due())
    return is_unchanged


async def _take_lines(run: SourceRun, where: str, lines: Iterable[bytes]) -> str:
    """Plan batch by batch while the pages of the last ones are under way, so that no host waits for another."""
    digest = hashlib.sha256()
    refusals = Refusals(run, where)
    listed = _listed(refusals, lines)
    async with PageGroup(run) as pages:
        while batch := list(islice(listed, LOOK_UP_ROWS)):
            digest.update("\n".join(page.key for page in batch).encode())
            await pages.add(await run.plan(batch))
    await refusals.hand_over()
    run.has_full_listing = True
    return digest.hexdigest()


def _of_rows(source: Source, now: datetime) -> Iterator[bytes]:
    """Yield the addresses that were given, and those of rows without a text."""
    yield from (address.encode() for address in source.addresses)
    for found in read_files(source.files, source_id=source.source_id, now=now, wishes=source.wishes):
        if is_address_alone(found):
            yield (found.url or "").encode()


def _listed(refusals: Refusals, lines: Iterable[bytes]) -> Iterator[Listed]:
    for line in lines:
        text = line.decode("utf-8", "replace").strip().lstrip("\ufeff")
        if not text or text.startswith("#"):
            continue
        key = normalise_url(text)
        if key is None:
            refusals.note(text, None)
        else:
            yield Listed(key, text)
