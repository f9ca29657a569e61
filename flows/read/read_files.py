"""Reads the files of a source in order."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import TypeGuard

import pyarrow as pa

from copydesk.flows.read.fields import NO_WISHES, FieldNotes, Wishes
from copydesk.flows.read.find_files import START_BYTES, FoundFile
from copydesk.flows.read.format_of import MAIL, PAGES, ROWS, XML, why_not_read
from copydesk.flows.read.open_file import READ_ERRORS, Opener, open_file, open_packed, why_unreadable
from copydesk.flows.read.raw_document import Arrival, RawDocument, Refused
from copydesk.flows.read.read_csv import names_columns, read_csv
from copydesk.flows.read.read_json import read_json, read_jsonl
from copydesk.flows.read.read_parquet import read_parquet
from copydesk.flows.read.read_row import Carrier
from copydesk.flows.read.read_zip import read_zip
from copydesk.flows.sources.limited import LimitedPool
from copydesk.flows.workers.worker import WorkersError
from copydesk.schemas.reasons import Reason
from copydesk.transforms.charsets.decode import is_plainly_utf8
from copydesk.transforms.refuse import explain_crash

KNOWS_PACKING = frozenset({".warc", ".gz", ".zst"})
"""Endings of WARC files that their reader unpacks record by record."""


PAGE_CAP_BYTES = 16 * 2**20
"""A larger page is refused; the longest article pages seen are a tenth of this."""


def read_files(
    files: Iterable[FoundFile],
    *,
    source_id: str,
    now: datetime,
    encoding: str | None = None,
    wishes: Wishes = NO_WISHES,
    notes: FieldNotes | None = None,
) -> Iterator[Arrival]:
    """Yield the documents and refusals of all files, one file after the other, in bounded memory.

    `encoding` is the user's word for bytes that are no UTF-8; `notes` takes what is to be told of the reading.
    """
    notes = notes or FieldNotes()
    with closing(LimitedPool()) as pool:
        for file in files:
            carrier = Carrier(source_id, file.origin, now, encoding, wishes, notes)
            if file.reason:
                yield carrier.refuse(None, file.reason, file.detail)
            elif file.format == ".zip":
                yield from read_zip(file.path, carrier, partial(_read, pool))
            elif file.format == ".warc" and file.path.suffix.lower() in KNOWS_PACKING:
                yield from _read(pool, partial(open_packed, file.path), file.format, carrier)
            else:
                yield from _read(pool, partial(open_file, file.path), file.format, carrier)


def is_address_alone(found: Arrival) -> TypeGuard[Refused]:
    """Return whether a row was refused because it is an address without a text."""
    return isinstance(found, Refused) and found.reason == Reason.NO_TEXT and found.url is not None


def _read(pool: LimitedPool, open_: Opener, form: str, carrier: Carrier) -> Iterator[Arrival]:
    """Read what one file or member of an archive holds; whatever is wrong with it, that ends with a refusal."""
    line = 0 if form in ROWS or form == ".mbox" else None
    try:
        for found in _arrivals(pool, open_, form, carrier):
            line = found.line or line
            yield found
    except (*READ_ERRORS, UnicodeDecodeError, pa.ArrowException) as error:
        told = f"reading stopped: {error or type(error).__name__}"
        yield carrier.refuse(None if line is None else line + 1, why_unreadable(error), told)
    except (MemoryError, WorkersError):
        raise
    except Exception as error:  # noqa: BLE001 - our own faults, too, are one file's trouble
        crash = explain_crash(error)
        told = f"reading stopped: {crash.detail}"
        yield carrier.refuse(None if line is None else line + 1, crash.reason, told)


def _arrivals(pool: LimitedPool, open_: Opener, form: str, carrier: Carrier) -> Iterator[Arrival]:
    """Return what a file holds; what few files need is loaded for them."""
    start = _start(open_, carrier)
    if told := why_not_read(start):
        return iter([carrier.refuse(None, Reason.NOT_READ, told)])
    if form == ".txt" and names_columns(start):
        form = ".csv"  # as spreadsheets save "Unicode text"
    if form in PAGES:
        return _read_page(open_, carrier, PAGES[form])
    if form == ".warc":
        from copydesk.flows.read.read_warc import read_warc

        return read_warc(open_, carrier)
    if form in MAIL:
        from copydesk.flows.read.read_mail import read_mail, read_mbox

        return (read_mbox if form == ".mbox" else read_mail)(open_, carrier)
    if form in XML:
        from copydesk.flows.read.read_xml import read_xml

        return read_xml(open_, carrier, pool)
    is_list = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    return ROW_READERS[".json" if is_list and form in {".jsonl", ".ndjson"} else form](open_, carrier)


def _start(open_: Opener, carrier: Carrier) -> bytes:
    """Return how a file begins."""
    with open_() as stream:
        start = stream.read(START_BYTES)
    carrier.notes.empty_files += not start
    return start


ROW_READERS: dict[str, Callable[[Opener, Carrier], Iterator[Arrival]]] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
}


_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: )(https?://[^\s<>]+)"
)
"""How browsers note in a page where they saved it from."""


def _read_page(open_: Opener, carrier: Carrier, media_type: str) -> Iterator[Arrival]:
    """Yield the file's document, or a refusal where it cannot be read or is too large."""
    with open_() as stream:
        payload = stream.read(PAGE_CAP_BYTES + 1)
    if len(payload) > PAGE_CAP_BYTES:
        yield carrier.refuse(None, Reason.TOO_LARGE, f"the file is larger than {PAGE_CAP_BYTES} bytes")
        return
    saved = _SAVED_FROM.search(payload[:START_BYTES]) if media_type == PAGES[".html"] else None
    yield RawDocument(
        source_id=carrier.source_id,
        origin=carrier.origin,
        payload=payload,
        media_type=media_type,
        fetched_at=carrier.fetched_at,
        url=saved[1].decode("ascii", "ignore") if saved else None,
        encoding=None if carrier.encoding is None or is_plainly_utf8(payload) else carrier.encoding,
    )
