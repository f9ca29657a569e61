"""Measure the sources: robots, WARC, a large feed, many hosts at once, drips.

Run `python -m benchmarks.sources [robots] [warc] [feed] [hosts] [drip]`; without names all are run. Everything is
served from this machine; nothing else is asked.
"""

import asyncio
import base64
import hashlib
import multiprocessing
import resource
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from protego import Protego

from benchmarks.corpora import ROOT
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.read.raw_document import RawDocument
from copydesk.flows.sources.acquire import acquire
from copydesk.flows.sources.acquire_warc import acquire_warc
from copydesk.flows.sources.items import SourceReport
from copydesk.flows.sources.source import Source
from copydesk.transforms.robots.decide import decide
from copydesk.transforms.robots.parse_robots import parse_robots

# The newspaper and the writers of WARC files and robots cases are those of the tests. The workers inherit the
# search path.
sys.path[:0] = [str(ROOT / "tests" / part) for part in ("", "transforms/robots")]
newspaper, warcs, cases, memories = (
    import_module(n) for n in ("small_newspaper", "warc_writer", "test_decide", "plain_memory")
)

HOSTS, PAGES, LATENCY_SECONDS = 200, 20, 0.05
FIRST_PORT = 21_000
PAGE = (
    b"<html><head><title>Berth</title></head><body>"
    + b"<p>The harbour board met.</p>" * 800
    + b"</body></html>"
)


def measure_robots() -> None:
    """Count the cases of our own tests that we and Protego decide as RFC 9309 says."""
    ours = theirs = 0
    for text, path, is_allowed in cases.CASES.values():
        ours += decide(parse_robots(text.encode()), "Pressbot", cases.SITE + path).is_allowed is is_allowed
        theirs += Protego.parse(text).can_fetch(cases.SITE + path, "Pressbot") is is_allowed
    print(f"robots: of {len(cases.CASES)} cases of ours, right: {ours}; Protego {theirs}")


def measure_warc() -> None:
    """Read a WARC of 4,000 pages of about 60 kB: bare fastwarc with digests, and our documents."""
    count = 4_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.warc.gz"
        with path.open("wb") as file:
            for number in range(count):
                file.write(warcs.zipped(_record(number, warcs.http(_prose(number)))))
        ours, theirs = [], []
        for _ in range(3):
            start = time.process_time()
            with path.open("rb") as file:
                for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
                    assert record.verify_block_digest()
                    record.parse_http()
                    record.reader.read()
            theirs.append(count / (time.process_time() - start))
            start = time.process_time()
            items = acquire_warc(Source("w", "warc", path=str(path)), memories.PlainMemory())
            assert sum(isinstance(item, RawDocument) for item in items) == count
            ours.append(count / (time.process_time() - start))
    print(
        f"warc: {max(ours):,.0f} records/s a core with digests;"
        f" bare fastwarc {max(theirs):,.0f} ({max(ours) / max(theirs):.2f})"
    )


def _record(number: int, block: bytes) -> bytes:
    body = block.partition(b"\r\n\r\n")[2]
    digest = base64.b32encode(hashlib.sha1(body).digest()).decode()
    return warcs.record(number, block, headers=f"WARC-Payload-Digest: sha1:{digest}\r\n")


def _prose(number: int) -> bytes:
    words = ["harbour", "board", "berth", "ferry", "tide", "pier", "crane", "storm", "lamp", "rope"]
    text = " ".join(words[(n * n + number) % 10] + str((n * 31 + number) % 997) for n in range(7_000))
    return f"<html><body><p>{text}</p></body></html>".encode()


def measure_feed() -> None:
    """Take in a feed of 10,000 entries without its pages, then run again."""
    with newspaper.Newspaper() as paper:
        extra = f"<description>{'The harbour board met on the pier. ' * 5}</description>"
        paper.put(
            "/feed",
            newspaper.rss(paper.base, range(10_000), extra=extra),
            content_type="text/xml",
            etag='"1"',
        )
        settings = FetchSettings(allow_private_hosts=frozenset({paper.host}))
        source = Source("big", "feed", paper.base + "/feed", fetches_pages=False)
        memory = memories.PlainMemory()
        for name in ("first", "second"):
            paper.forget()
            start = time.perf_counter()
            items = list(acquire([source], memory, settings))
            memory.remember(items)
            seconds = time.perf_counter() - start
            documents = sum(isinstance(item, RawDocument) for item in items)
            conditional = sum("if-none-match" in request.headers for request in paper.requests)
            print(
                f"feed of 10,000 entries, {name} run: {seconds:.1f} s, {documents:,} documents,"
                f" {len(paper.requests)} requests, {conditional} of them conditional"
            )


def measure_hosts() -> None:
    """Ask 200 hosts for 20 pages each, one request a host at a time, each answer 50 ms late."""
    hosts = [f"127.0.0.1:{FIRST_PORT + n}" for n in range(HOSTS)]
    ideal = (PAGES + 1) * LATENCY_SECONDS  # and robots.txt
    with _serving(_serve_hosts), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "urls.txt"
        path.write_text("\n".join(f"http://{host}/news/{n}" for host in hosts for n in range(PAGES)))
        settings = FetchSettings(allow_private_hosts=frozenset({"127.0.0.1"}))
        start, busy = time.perf_counter(), time.process_time()
        asyncio.run(_bare_client())
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        print(
            f"hosts, bare streams that check nothing: {seconds:.2f} s ({seconds / ideal:.2f}), processor {busy:.2f} s"
        )
        for name, sources in (
            ("one list", [Source("list", "urls", path=str(path))]),
            ("a list a host", _lists(Path(folder), hosts)),
        ):
            start, busy = time.perf_counter(), time.process_time()
            documents, report = 0, None
            for item in acquire(sources, memories.PlainMemory(), settings):
                documents += isinstance(item, RawDocument)
                report = item if isinstance(item, SourceReport) else report
            seconds, busy = time.perf_counter() - start, time.process_time() - busy
            assert documents == HOSTS * PAGES, report
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"hosts, {name}: {seconds:.2f} s for {documents:,} pages, ideal {ideal:.2f} s ({seconds / ideal:.2f}),"
                f" processor {busy:.2f} s, peak memory {memory:.0f} MB"
            )


async def _bare_client() -> None:
    """Ask the same of the same hosts as sparingly as can be: what this machine can do at all just now."""

    async def one(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in ("robots.txt", *(f"news/{n}" for n in range(PAGES))):
            writer.write(f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.rpartition(b": ")[2]))
        writer.close()

    await asyncio.gather(*(one(FIRST_PORT + n) for n in range(HOSTS)))


def _lists(folder: Path, hosts: list[str]) -> list[Source]:
    sources = []
    for number, host in enumerate(hosts):
        path = folder / f"{number}.txt"
        path.write_text("\n".join(f"http://{host}/news/{n}" for n in range(PAGES)))
        sources.append(Source(f"s{number}", "urls", path=str(path)))
    return sources


class _Late(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            is_robots = head.startswith(b"GET /robots.txt")
            status = b"404 No" if is_robots else b"200 OK"
            # A page of its own for each address, so that a mix-up would show.
            body = b"" if is_robots else PAGE + head.partition(b"\r\n")[0]
            length = str(len(body)).encode()
            answer = (
                b"HTTP/1.1 "
                + status
                + b"\r\nContent-Type: text/html\r\nContent-Length: "
                + length
                + b"\r\n\r\n"
                + body
            )
            asyncio.get_running_loop().call_later(LATENCY_SECONDS, self.transport.write, answer)


def _serve_hosts(is_ready: Callable[[], None]) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        for number in range(HOSTS):
            await loop.create_server(_Late, "127.0.0.1", FIRST_PORT + number)
        is_ready()
        await asyncio.Event().wait()

    asyncio.run(main())


@contextmanager
def _serving(serve: Callable[[Callable[[], None]], None]) -> Iterator[None]:
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    server = context.Process(target=serve, args=(ready.set,), daemon=True)
    server.start()
    ready.wait()
    try:
        yield
    finally:
        server.terminate()
        server.join()


def measure_drip() -> None:
    """Time how long a dripping header and a dripping body hold a run with a deadline of 8 s."""
    starts = {"header": b"HTTP/1.1 200 OK\r\n", "body": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"}
    with newspaper.Newspaper() as paper:
        for name, first in starts.items():

            def drip(_: object, connection: socket.socket, first: bytes = first) -> None:
                connection.sendall(first)
                while not paper.is_closing.wait(0.5):
                    connection.sendall(b"X-Slow: 1\r\n")

            paper.handle("/feed", drip)
            settings = FetchSettings(allow_private_hosts=frozenset({paper.host}), deadline_seconds=8.0)
            start = time.perf_counter()
            *_, report = acquire(
                [Source("slow", "feed", paper.base + "/feed")], memories.PlainMemory(), settings
            )
            print(f"drip in the {name}: closed after {time.perf_counter() - start:.1f} s ({report.reason})")


MEASURES = {
    "robots": measure_robots,
    "warc": measure_warc,
    "feed": measure_feed,
    "hosts": measure_hosts,
    "drip": measure_drip,
}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or MEASURES:
        MEASURES[wanted]()
