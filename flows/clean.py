"""Cleans documents without a warehouse: for the prompt, for scripts, for trying a rule."""

import sys
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.clean_sites import clean_sites
from flows.ingest.arrivals_table import arrivals_table
from flows.ingest.run import own_parameters
from flows.load_rules import load_rules
from flows.parameters import DEFAULTS
from flows.read.find_files import Found, find_files
from flows.read.format_of import ROW_FORMATS
from flows.read.raw_document import Arrival, RawDocument, Refused
from flows.read.read_files import read_files
from flows.read.read_page import PAGE_CAP_BYTES
from flows.settings import Settings
from flows.workers.clean_task import Kept, clean_batch, refusal_record
from flows.workers.map_batches import map_batches
from flows.workers.open_workers import open_workers
from flows.workers.refine_task import prepare
from flows.workers.worker import Failure
from transforms.charsets.decode import is_plainly_utf8
from transforms.rules.records import RuleSet

STDIN = Path("-")


def clean_paths(
    paths: Sequence[Path], *, settings: Settings, now: datetime | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a record of each document below the paths (- is standard input): what it says, body and spans.

    They come in the order in which they are read, once all are read: what their sites repeat among them is out. A
    document that is no article, or that breaks the limits of a worker process, yields {origin, line, reason, detail}.
    """
    rules, params = load_rules(settings.rules), own_parameters(settings) or DEFAULTS
    yield from clean_sites(_clean_each(paths, rules, settings, now or datetime.now(UTC)), rules, params.sites)


def _clean_each(paths: Sequence[Path], rules: RuleSet, settings: Settings, now: datetime) -> Iterator[Kept]:
    found = [None if path == STDIN else _find(path, settings) for path in paths]
    arrivals = _arrivals(paths, found, settings, now)
    order: deque[Kept | None] = deque()
    with open_workers(
        count=_worker_count(found, settings),
        limits=settings.limits,
        prepare=prepare,
        arguments=(rules, {}),
    ) as workers:
        for batch, result in map_batches(clean_batch, _batches(arrivals, order), workers=workers):
            yield from _refused_first(order)
            order.popleft()
            yield _failed(batch, result) if isinstance(result, Failure) else result[0]
        yield from _refused_first(order)


def _find(path: Path, settings: Settings) -> Found:
    return find_files(path, warehouse=settings.place.folder, follows_links=settings.follow_links)


def _worker_count(found: Sequence[Found | None], settings: Settings) -> int:
    """Return how many workers there is work for: starting one takes longer than cleaning a text."""
    files = [file for each in found if each for file in each.files]
    is_few = len(files) + found.count(None) == 1 and not any(file.format in ROW_FORMATS for file in files)
    return 1 if is_few else settings.workers


def _arrivals(
    paths: Sequence[Path], found: Sequence[Found | None], settings: Settings, now: datetime
) -> Iterator[Arrival]:
    for path, each in zip(paths, found, strict=True):
        if each is None:
            yield _standard_input(settings, now)
        else:
            yield from read_files(each.files, source_id=_source_of(path), now=now, encoding=settings.encoding)


def _source_of(path: Path) -> str:
    """Name the folder that files come from: those of one folder are one site's unless they name another."""
    return path.resolve().name if path.is_dir() else path.resolve().parent.name


def _standard_input(settings: Settings, now: datetime) -> Arrival:
    payload = sys.stdin.buffer.read(PAGE_CAP_BYTES + 1)
    if len(payload) > PAGE_CAP_BYTES:
        return Refused("stdin", "-", "too_large", f"more than {PAGE_CAP_BYTES} bytes", now)
    encoding = None if is_plainly_utf8(payload) else settings.encoding
    return RawDocument("stdin", "-", payload, _media_type(payload), now, encoding=encoding)


def _media_type(payload: bytes) -> str:
    start = payload[:1024].lstrip().lower()
    is_page = start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in start
    return "text/html" if is_page else "text/plain"


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
    told = refusal_record(document["origin"], document["line"], str(failure.reason), failure.detail + step)
    return told, None
