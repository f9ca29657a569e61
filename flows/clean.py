"""Cleans documents without a warehouse: for the prompt, for scripts, for trying a rule."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from copydesk.flows.clean_sites import clean_sites
from copydesk.flows.fetch.address import is_web_address
from copydesk.flows.ingest.arrivals_table import arrivals_table
from copydesk.flows.ingest.choose_sources import source_of_address, wishes_of
from copydesk.flows.ingest.run import given_rules, own_thresholds
from copydesk.flows.load_rules import load_rules
from copydesk.flows.read.fields import FieldNotes
from copydesk.flows.read.find_files import Found, find_files
from copydesk.flows.read.format_of import PAGES, format_of, guess_format
from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused
from copydesk.flows.read.read_files import read_files
from copydesk.flows.read.read_stdin import STDIN, read_stdin
from copydesk.flows.settings import Settings
from copydesk.flows.thresholds import DEFAULTS
from copydesk.flows.workers.clean_task import Kept, clean_batch, clean_document, refusal_record
from copydesk.flows.workers.map_batches import map_batches
from copydesk.flows.workers.open_workers import open_workers
from copydesk.flows.workers.refine_task import init_worker
from copydesk.flows.workers.worker import Failure
from copydesk.schemas.user_error import UserError
from copydesk.transforms.rules.records import RuleSet

LONGEST_PATH = 1_024


def clean_paths(
    paths: Sequence[Path | str], *, settings: Settings, notes: FieldNotes | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a record of each document below the paths (- is standard input): what it says, body and spans.

    They come in the order in which they are read, once all are read: what their sites repeat among them is out. A
    document that is no article, or that breaks the limits of a worker process, yields {origin, line, reason, detail}.
    """
    found = [_find(path, settings) for path in paths]
    arrivals = _arrivals(paths, found, settings, datetime.now(UTC), notes)
    yield from clean_arrivals(arrivals, settings=settings, workers=_worker_count(found, settings))


def clean_content(
    content: str | bytes, *, url: str | None, media_type: str | None, **known: Any
) -> dict[str, Any]:
    """Return the record of one page or text, cleaned in this process by the rules that come along.

    `known` are further fields of a document. Raises UserError for what is no content.
    """
    for name, value in {"url": url, **known}.items():
        if not isinstance(value, str | tuple | None):
            raise UserError(f"{name} is {type(value).__name__}; wanted text")
    if not isinstance(content, str | bytes):
        raise UserError(f"{type(content).__name__} is no text and no bytes; clean_files takes paths")
    if isinstance(content, str) and _is_place(content):
        raise UserError(
            f"{content[:80]!r} is a path or an address: clean_files takes it, clean takes content"
        )
    payload = content.encode() if isinstance(content, str) else content
    given = RawDocument(
        source_id="given",
        origin=url or "given",
        payload=payload,
        media_type=media_type or PAGES.get(guess_format(payload), "text/plain"),
        charset="utf-8" if isinstance(content, str) else None,
        fetched_at=datetime.now(UTC),
        url=url,
        **known,
    )
    documents, refusals = arrivals_table([given])
    if refusals.num_rows:
        refused = refusals.to_pylist()[0]
        return refusal_record(given.origin, None, refused["reason"], refused["detail"])
    return clean_document(documents.to_pylist()[0], load_own_rules(), lambda _step: None)[0]


def _is_place(content: str) -> bool:
    """Whether what was given in place of a text is a name of one."""
    if len(content) > LONGEST_PATH or len(content.splitlines()) != 1:
        return False
    return (is_web_address(content) and len(content.split()) == 1) or format_of(Path(content)) is not None


@cache
def load_own_rules() -> RuleSet:
    """Return the rules that come along, read once."""
    return load_rules(())


def clean_arrivals(
    arrivals: Iterator[Arrival], *, settings: Settings, workers: int = 1
) -> Iterator[dict[str, Any]]:
    """Yield the records of documents and refusals that come from anywhere."""
    rules, thresholds = given_rules(settings)[0], own_thresholds(settings) or DEFAULTS
    found = _clean_each(arrivals, rules, settings, workers)
    yield from clean_sites(found, rules or load_own_rules(), thresholds.sites)


def _clean_each(
    arrivals: Iterator[Arrival], rules: RuleSet | None, settings: Settings, count: int
) -> Iterator[Kept]:
    order: deque[Kept | None] = deque()
    with open_workers(
        count=count, limits=settings.limits, initializer=init_worker, arguments=(rules, {})
    ) as workers:
        for batch, result in map_batches(clean_batch, _batches(arrivals, order), workers=workers):
            yield from _refused_first(order)
            order.popleft()
            yield _failed(batch, result) if isinstance(result, Failure) else result[0]
        yield from _refused_first(order)


def _find(path: Path | str, settings: Settings) -> Found:
    if str(path) == STDIN:
        return Found((read_stdin(settings.format),))
    if isinstance(path, str) and is_web_address(path):
        return Found(())
    return find_files(
        Path(path), warehouse=settings.place.folder, follows_links=settings.follow_links, form=settings.format
    )


def _worker_count(found: Sequence[Found], settings: Settings) -> int:
    """Return how many workers there is work for: starting one takes longer than cleaning a text."""
    files = [file for each in found for file in each.files]
    is_one = len(found) == 1 and all(file.format in PAGES for file in files) and len(files) <= 1
    return 1 if is_one else settings.workers


def _arrivals(
    paths: Sequence[Path | str],
    found: Sequence[Found],
    settings: Settings,
    now: datetime,
    notes: FieldNotes | None,
) -> Iterator[Arrival]:
    for path, each in zip(paths, found, strict=True):
        if isinstance(path, str) and is_web_address(path):
            yield from _fetched(path, settings)
            continue
        for arrival in read_files(
            each.files,
            source_id="stdin" if str(path) == STDIN else _source_of(Path(path)),
            now=now,
            encoding=settings.encoding,
            wishes=wishes_of(settings),
            notes=notes,
        ):
            yield (
                replace(arrival, timezone=settings.timezone) if isinstance(arrival, RawDocument) else arrival
            )


def _fetched(url: str, settings: Settings) -> Iterator[Arrival]:
    """Yield what an address leads to: its page, or what a feed or sitemap names."""
    from copydesk.flows.ingest.network_sources import try_source

    for item in try_source(source_of_address(url, None, settings), settings.fetch_settings):
        if isinstance(item, RawDocument | Refused):
            yield item


def _source_of(path: Path) -> str:
    """Name the folder that files come from: those of one folder are one site's unless they name another."""
    return path.resolve().name if path.is_dir() else path.resolve().parent.name


def _batches(arrivals: Iterator[Arrival], order: deque[Kept | None]) -> Iterator[pa.Table]:
    """Yield each document for itself, and note in `order` what was refused between them."""
    for arrival in arrivals:
        if isinstance(arrival, Refused):
            order.append((refusal_record(arrival.origin, arrival.line, arrival.reason, arrival.detail), None))
        else:
            order.append(None)
            yield arrivals_table([arrival])[0]


def _refused_first(order: deque[Kept | None]) -> Iterator[Kept]:
    """Yield the refusals that stand before the next document."""
    while order and (refused := order[0]) is not None:
        yield refused
        order.popleft()


def _failed(batch: pa.Table, failure: Failure) -> Kept:
    document = batch.select(["origin", "line"]).to_pylist()[0]
    step = f" in step {failure.step}" if failure.step else ""
    told = refusal_record(document["origin"], document["line"], failure.reason, failure.detail + step)
    return told, None
