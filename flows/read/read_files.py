"""Reads the files of a source in order."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from flows.read.find_files import FoundFile
from flows.read.raw_document import Arrival
from flows.read.read_jsonl import read_jsonl
from flows.read.read_page import read_page
from flows.read.read_parquet import read_parquet
from flows.read.read_row import Carrier


def read_files(
    files: Iterable[FoundFile], *, source_id: str, now: datetime, encoding: str | None = None
) -> Iterator[Arrival]:
    """Yield the documents and refusals of all files, one file after the other, in bounded memory.

    `encoding` is the user's word for bytes that are no UTF-8.
    """
    for file in files:
        carrier = Carrier(source_id, file.origin, now, encoding)
        if file.reason:
            yield carrier.refuse(None, file.reason, file.detail)
            continue
        match file.format:
            case ".jsonl":
                yield from read_jsonl(file.path, carrier)
            case ".parquet":
                yield from read_parquet(file.path, carrier)
            case _:
                yield from read_page(file.path, carrier)
