"""Names the WARC files of a source, on disk or on the network, and brings one from there for as long as it is read."""

import asyncio
import glob
import gzip
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from copydesk.flows.fetch.address import is_web_address
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.fetcher import Fetcher
from copydesk.flows.fetch.robots_gate import Recall, RobotsGate
from copydesk.flows.sources.source import Period, Source
from copydesk.flows.stopping import waiting
from copydesk.schemas.reasons import Reason

MAX_FILE_BYTES = 4_000_000_000
FILE_SECONDS = 7_200.0
"""Common Crawl's files have 1 GB: at 2 Mbit/s an hour."""

_LISTS = (".paths", ".paths.gz", ".txt")
_STAMP = re.compile(r"-(\d{14})-\d+\.warc")

Fetch = Callable[[str, Callable[[], BinaryIO]], HttpResponse]


def list_warcs(source: Source, period: Period, fetch: Fetch) -> list[str]:
    """Return paths and addresses: those that a pattern fits, or the lines of a list (`warc.paths.gz`), in order.

    A line names a file beside its list, or on the host that the list was fetched from. In a period come those that
    bear its days in their names, as Common Crawl's do.
    """
    place = source.url or source.path or ""
    if not place.endswith(_LISTS):
        # Path.glob takes no absolute pattern.
        return [source.url] if source.url else sorted(glob.glob(place, recursive=True))  # noqa: PTH207
    if source.url:
        content, base = fetch(place, io.BytesIO).body, urljoin(place, "/")
    else:
        content, base = Path(place).read_bytes(), f"{Path(place).parent}/"
    text = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    whole = [line if is_web_address(line) or line.startswith("/") else base + line for line in named]
    return [name for name, day in zip(whole, _days(whole), strict=True) if _meets(period, *day)]


@contextmanager
def open_fetch(settings: FetchSettings, recall_robots: Recall) -> Iterator[tuple[Fetch, RobotsGate]]:
    """Give what fetches files, with the guard and the manners of all requests and as much time as such files take.

    Beside it what it learns of robots.txt, which one asking serves for all files of a host.
    """
    patient = replace(settings, deadline_seconds=max(FILE_SECONDS, settings.deadline_seconds))
    with asyncio.Runner() as runner:
        fetcher = Fetcher(patient, recall_robots=recall_robots, clock=lambda: runner.get_loop().time())

        def fetch(url: str, sink: Callable[[], BinaryIO]) -> HttpResponse:
            with waiting():
                return runner.run(fetcher.fetch(HttpRequest(url, max_bytes=MAX_FILE_BYTES, sink=sink)))

        try:
            yield fetch, fetcher.robots
        finally:
            runner.run(fetcher.__aexit__())


@contextmanager
def brought(name: str, fetch: Fetch) -> Iterator[BinaryIO]:
    """Give the file of an address, from its beginning. Raises FetchError where it does not come whole.

    It has no name on the disk, so that nothing is left of it when this process is killed.
    """
    with ExitStack() as files:
        tries: list[BinaryIO] = []

        def sink() -> BinaryIO:
            tries.append(files.enter_context(tempfile.TemporaryFile()))  # each try begins anew
            return tries[-1]

        try:
            fetch(name, sink)
            tries[-1].seek(0)  # writes what is buffered, too
        except OSError as error:
            raise FetchError(Reason.TRUNCATED, f"{name}: {error.strerror}") from None
        yield tries[-1]


def _days(names: list[str]) -> list[tuple[datetime | None, datetime | None]]:
    """Return from when to when each file was written, by its own stamp and the next one's; null where there is none."""
    stamps = [_stamp(name) for name in names]
    return list(pairwise([*stamps, None]))


def _stamp(name: str) -> datetime | None:
    found = _STAMP.search(name)
    try:
        return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def _meets(period: Period, start: datetime | None, stop: datetime | None) -> bool:
    if start is None:
        return True
    is_before = period.since is not None and stop is not None and stop < period.since
    return not is_before and (period.until is None or start <= period.until)
