"""WARC files give their pages once, checked, in the shapes that crawlers write them."""

import base64
import gzip
import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import zstandard
from plain_memory import PlainMemory
from small_newspaper import Newspaper
from warc_writer import PAGE, http, record, zipped

from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.read.raw_document import RawDocument, Refused
from copydesk.flows.sources.acquire_warc import acquire_warc
from copydesk.flows.sources.items import Item, RobotsState, SourceReport
from copydesk.flows.sources.source import Period, Source


class Shelf:
    """A folder of WARC files, read again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memory = PlainMemory()

    def write(self, payload: bytes, name: str = "a.warc.gz") -> None:
        (self.folder / name).write_bytes(payload)

    def read(self, *, period: Period | None = None, pattern: str = "*.warc*") -> list[Item]:
        source = Source("crawl", "warc", path=str(self.folder / pattern), licence="CC0")
        items = list(acquire_warc(source, self.memory, period=period))
        self.memory.remember(items)
        return items

    def numbers(self, **options: object) -> list[int]:
        return [
            int((i.url or "").rpartition("/")[2]) for i in self.read(**options) if isinstance(i, RawDocument)
        ]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


WRITERS: dict[str, Callable[..., bytes]] = {
    "plain": lambda *records: b"".join(records),
    "gzip": zipped,
    "gzip in one member": lambda *records: gzip.compress(b"".join(records)),
    "zstd": lambda *records: b"".join(zstandard.compress(each) for each in records),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_every_page_is_a_document(shelf: Shelf, write: Callable[..., bytes]) -> None:
    """Each response comes with its address, record, capture time, charset and place in the file."""
    shelf.write(write(*(record(n) for n in range(3))))
    *documents, report = shelf.read()
    assert [type(d) for d in documents] == [RawDocument] * 3
    assert isinstance(report, SourceReport)
    assert report.documents_count == 3
    first = documents[0]
    assert isinstance(first, RawDocument)
    assert (first.payload, first.url, first.charset) == (PAGE, "https://gazette.example/0", "utf-8")
    assert first.fetched_at == datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
    assert first.external_id == f"urn:uuid:{0:032}"
    assert first.origin == f"{shelf.folder / 'a.warc.gz'}#0"
    assert first.licence == "CC0"


@pytest.mark.parametrize("day", [b"2099-05-04", b"1950-05-04"])
def test_what_was_captured_when_nobody_crawls_is_seen_now(shelf: Shelf, day: bytes) -> None:
    """A record with a time to come, or of before there were sites, is a page of today: nothing is seen after now."""
    before = datetime.now(UTC)
    shelf.write(record(1).replace(b"2026-05-04", day))
    document, _ = shelf.read()
    assert isinstance(document, RawDocument)
    assert before <= document.fetched_at <= datetime.now(UTC)


def test_a_file_is_read_once(shelf: Shelf) -> None:
    """A file that was not touched is passed over; one that has grown gives what is new, also after a cut record."""
    whole = zipped(*(record(n) for n in range(4)))
    third = len(zipped(record(0), record(1)))
    shelf.write(whole[: third + 40])
    assert shelf.numbers() == [0, 1]
    assert shelf.numbers() == []
    shelf.write(whole)
    assert shelf.numbers() == [2, 3]
    (shelf.folder / "b.warc.gz").write_bytes(zipped(record(9)))
    assert shelf.numbers() == [9]


def test_a_file_that_was_rewritten_is_read_again(shelf: Shelf) -> None:
    """Another time of change with the same size, or a smaller size, means another file."""
    shelf.write(zipped(record(1), record(2)))
    shelf.numbers()
    os.utime(shelf.folder / "a.warc.gz", (1, 1))
    assert shelf.numbers() == [1, 2]
    shelf.write(zipped(record(3)))
    assert shelf.numbers() == [3]


def test_a_backfill_goes_by_capture(shelf: Shelf) -> None:
    """A period takes the records captured in it, from files that were read before too, and leaves no watermark."""
    early = record(1).replace(b"2026-05-04", b"2026-03-04")
    shelf.write(zipped(early, record(2)))
    shelf.numbers()
    march = Period(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC))
    items = shelf.read(period=march)
    assert [i.url for i in items if isinstance(i, RawDocument)] == ["https://gazette.example/1"]
    assert isinstance(items[-1], SourceReport)
    assert items[-1].watermarks == ()


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:30], body[30:])) + b"0\r\n\r\n"


BODIES = {
    "gzip": (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
    "brotli": (brotli.compress(PAGE), "Content-Encoding: br\r\n"),
    "zstd": (zstandard.compress(PAGE), "Content-Encoding: zstd\r\n"),
    "chunks": (chunked(PAGE), "Transfer-Encoding: chunked\r\n"),
    "gzip in chunks": (
        chunked(gzip.compress(PAGE)),
        "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
    ),
    "decoded under its old headers": (PAGE, "Content-Encoding: gzip\r\nContent-Length: 31\r\n"),
    "brotli decoded": (PAGE, "Content-Encoding: br\r\n"),
    "chunks joined": (PAGE, "Transfer-Encoding: chunked\r\n"),
    "renamed headers": (PAGE, f"X-Crawler-Content-Encoding: gzip\r\nContent-Length: {len(PAGE)}\r\n"),
}


@pytest.mark.parametrize(("body", "headers"), BODIES.values(), ids=BODIES)
def test_bodies_in_all_shapes(shelf: Shelf, body: bytes, headers: str) -> None:
    """Encodings are undone where they are there, and headers not believed where they are not."""
    shelf.write(zipped(record(1, http(body, headers=headers))))
    (document, _) = shelf.read()
    assert isinstance(document, RawDocument)
    assert document.payload == PAGE


SUMS = {
    "sha1 in base 32": ("sha1", lambda d: base64.b32encode(d).decode()),
    "sha256 in base 16": ("sha256", bytes.hex),
    "SHA-256 in base 16": ("sha256", lambda d: d.hex().upper()),
    "md5 in base 64": ("md5", lambda d: base64.b64encode(d).decode()),
}


@pytest.mark.parametrize(("name", "write"), SUMS.values(), ids=SUMS)
@pytest.mark.parametrize("fits", [True, False])
def test_payload_digests(shelf: Shelf, name: str, write: Callable[[bytes], str], *, fits: bool) -> None:
    """A payload digest in any notation is checked where there is no block digest."""
    digest = write(hashlib.new(name, PAGE if fits else b"another page").digest())
    each = record(1, headers=f"WARC-Payload-Digest: {name}:{digest}\r\n")
    head, _, rest = each.partition(b"WARC-Block-Digest")
    shelf.write(zipped(head + rest.partition(b"\r\n")[2]))
    item, _ = shelf.read()
    assert isinstance(item, RawDocument) if fits else isinstance(item, Refused)


def test_an_unknown_digest_is_not_judged(shelf: Shelf) -> None:
    """A digest that nobody here can compute does not cost the page."""
    shelf.write(zipped(record(1).replace(b"sha1:", b"blake9:")))
    assert shelf.numbers() == [1]


OTHERS = {
    "request": record(1, kind="request"),
    "warcinfo": record(1, kind="warcinfo"),
    "revisit": record(1, kind="revisit"),
    "404": record(1, http(status=404)),
    "image": record(1, http().replace(b"text/html", b"image/png")),
    "empty": record(1, http(b"  ")),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_is_no_page_is_passed_over(shelf: Shelf, other: bytes) -> None:
    """Other records, other types and other statuses are neither documents nor refusals."""
    shelf.write(zipped(other, record(2)))
    assert [type(i) for i in shelf.read()] == [RawDocument, SourceReport]


def test_a_resource_is_a_page_too(shelf: Shelf) -> None:
    """A resource record holds its page without an HTTP answer around it."""
    resource = record(1, PAGE, kind="resource").replace(b"application/http; msgtype=response", b"text/html")
    shelf.write(zipped(resource))
    assert shelf.numbers() == [1]


def test_a_page_short_of_its_length_is_refused(shelf: Shelf) -> None:
    """A body that the crawler received in part is told, not taken."""
    shelf.write(zipped(record(1, http(headers="Content-Length: 5000\r\n"))))
    assert [getattr(i, "reason", None) for i in shelf.read()] == ["warc_truncated", None]


@pytest.mark.parametrize("write", [WRITERS["plain"], WRITERS["gzip"]])
def test_a_record_cut_short_is_told(shelf: Shelf, write: Callable[..., bytes]) -> None:
    """The last record of a file that broke off is refused as such, digest or not."""
    bare = record(2).replace(b"WARC-Block-Digest", b"X-Nothing")
    shelf.write(write(record(1), bare)[:-40])
    assert [getattr(i, "reason", "") for i in shelf.read()] == ["", "warc_truncated", None]


def test_a_pattern_that_fits_nothing_fails_the_source(shelf: Shelf) -> None:
    """A source without files is a failure with a reason."""
    refused, report = shelf.read(pattern="none-*.warc")
    assert isinstance(refused, Refused)
    assert isinstance(report, SourceReport)
    assert (report.outcome, report.reason) == ("failed", "not_found")


STAMPED = "crawl/CC-NEWS-203105{day:02}120000-0000{day}.warc.gz"


def listed(*days: int) -> bytes:
    """A list of paths as Common Crawl gives it: below the root of its host, packed."""
    return gzip.compress("".join(f"{STAMPED.format(day=day)}\n" for day in days).encode())


def test_a_list_on_the_network_is_read_file_by_file(shelf: Shelf, paper: Newspaper) -> None:
    """Each file of a list is fetched once, as many a run as is asked for; one that fails is tried again after the others,
    also where an error page came in its place. All of it under one robots.txt a day."""
    paper.put("/2031/warc.paths.gz", listed(1, 2, 3))
    for day in (1, 3):
        paper.put(f"/{STAMPED.format(day=day)}", zipped(record(day)), content_type="application/gzip")
    source = Source("crawl", "warc", url=f"{paper.base}/2031/warc.paths.gz", max_pages=1)
    settings = FetchSettings(allow_private_hosts=frozenset({paper.host}), attempts=1)

    def read(**options: object) -> list[int]:
        items = list(acquire_warc(replace(source, **options), shelf.memory, settings=settings))
        shelf.memory.remember(items)
        return [int((i.url or "").rpartition("/")[2]) for i in items if isinstance(i, RawDocument)]

    assert read() == [1]
    assert read() == []  # the second isn't there yet
    assert read() == [3]
    paper.put(f"/{STAMPED.format(day=2)}", b"<p>busy</p>", content_type="text/html")
    assert read() == []
    paper.put(f"/{STAMPED.format(day=2)}", zipped(record(2)), content_type="application/gzip")
    assert read(max_pages=None) == [2]
    assert [request.path for request in paper.requests].count("/robots.txt") == 1
    paper.forget()
    assert read() == []
    assert [request.path for request in paper.requests if "warc.gz" in request.path] == []


def test_a_fetched_file_has_no_name(
    shelf: Shelf, paper: Newspaper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a file of the network is read no folder names it, so that who is killed leaves none behind."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    paper.put("/one.warc.gz", zipped(record(1)), content_type="application/gzip")
    settings = FetchSettings(allow_private_hosts=frozenset({paper.host}))
    items = acquire_warc(
        Source("crawl", "warc", url=f"{paper.base}/one.warc.gz"), shelf.memory, settings=settings
    )
    assert isinstance(next(items), RawDocument)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [type(item) for item in items] == [RobotsState, SourceReport]


def test_a_list_on_disk_names_files_beside_it(shelf: Shelf) -> None:
    """A list on disk names files in its folder, and each is read once as one that a pattern fits."""
    for day in (1, 2, 3):
        (shelf.folder / "crawl").mkdir(exist_ok=True)
        shelf.write(zipped(record(day)), STAMPED.format(day=day))
    shelf.write(listed(1, 2, 3), "warc.paths.gz")
    assert shelf.numbers(pattern="warc.paths.gz") == [1, 2, 3]
    assert shelf.numbers(pattern="warc.paths.gz") == []


def test_a_period_chooses_the_files_of_a_list(shelf: Shelf, paper: Newspaper) -> None:
    """A file whose days lie beside the period is not asked for."""
    paper.put("/2031/warc.paths.gz", listed(1, 2, 3))
    for day in (1, 2, 3):
        paper.put(f"/{STAMPED.format(day=day)}", zipped(record(day)), content_type="application/gzip")
    source = Source("crawl", "warc", url=f"{paper.base}/2031/warc.paths.gz")
    settings = FetchSettings(allow_private_hosts=frozenset({paper.host}))
    period = Period(datetime(2031, 5, 2, 13, tzinfo=UTC), datetime(2031, 5, 3, tzinfo=UTC))
    items = list(acquire_warc(source, shelf.memory, settings=settings, period=period))
    assert [item.url for item in items if isinstance(item, RawDocument)] == ["https://gazette.example/2"]
    assert [request.path for request in paper.requests if "0003" in request.path] == []
