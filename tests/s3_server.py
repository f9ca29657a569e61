"""An S3-compatible store on 127.0.0.1: what DuckDB asks of one, with the faults that a store on the net has.

Tried beside moto's server, which answers the same; that one brings 300 MB of packages.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Lock, Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY = "desk-key"


@dataclass(slots=True)
class Store:
    """Objects by bucket and key. `faults` are spent by the next requests of a method: 503, or `reset` to hang up."""

    objects: dict[str, dict[str, bytes]] = field(default_factory=lambda: {"news": {}})
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    faults: list[tuple[str, int | str]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    names: Iterator[int] = field(default_factory=count)
    lock: Lock = field(default_factory=Lock)
    address: str = ""

    def fault_of(self, method: str) -> int | str | None:
        """Take the next fault of a method."""
        with self.lock:
            for at, (wanted, fault) in enumerate(self.faults):
                if wanted == method:
                    del self.faults[at]
                    return fault
        return None


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: "_Server"

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        store, parts = self.server.store, urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        store.requests.append(f"{self.command} {self.path}")
        fault = store.fault_of(self.command)
        if fault == "reset":
            self.connection.close()
            self.close_connection = True
        elif fault:
            self._send(int(fault), _error("SlowDown"))
        elif f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            self._send(403, _error("InvalidAccessKeyId"))
        elif bucket not in store.objects:
            self._send(404, _error("NoSuchBucket"))
        else:
            with store.lock:
                getattr(self, f"_{self.command.lower()}")(store.objects[bucket], key, asked, body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _handle  # noqa: N815 - by these names it is called

    def _get(self, objects: dict[str, bytes], key: str, asked: dict[str, str], _body: bytes) -> None:
        if not key:
            found = sorted(name for name in objects if name.startswith(asked.get("prefix", "")))
            rows = "".join(
                f"<Contents><Key>{escape(name)}</Key><Size>{len(objects[name])}</Size>"
                "<LastModified>2026-03-01T00:00:00.000Z</LastModified><ETag>&quot;1&quot;</ETag></Contents>"
                for name in found
            )
            self._send(
                200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()
            )
        elif key not in objects:
            self._send(404, _error("NoSuchKey"))
        elif asked_range := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
            start, end = int(asked_range[1]), int(asked_range[2] or len(objects[key]) - 1)
            whole = len(objects[key])
            piece = objects[key][start : end + 1]
            self._send(206, piece, {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{whole}"})
        else:
            self._send(200, objects[key])

    _head = _get

    def _put(self, objects: dict[str, bytes], key: str, asked: dict[str, str], body: bytes) -> None:
        if "uploadId" in asked:
            self.server.store.uploads[asked["uploadId"]][int(asked["partNumber"])] = body
        else:
            objects[key] = body
        self._send(200, b"")

    def _post(self, objects: dict[str, bytes], key: str, asked: dict[str, str], body: bytes) -> None:
        uploads = self.server.store.uploads
        if "uploads" in asked:
            name = f"upload{next(self.server.store.names)}"
            uploads[name] = {}
            self._send(
                200,
                f"<InitiateMultipartUploadResult><UploadId>{name}</UploadId></InitiateMultipartUploadResult>".encode(),
            )
        elif "uploadId" in asked:
            objects[key] = b"".join(part for _, part in sorted(uploads.pop(asked["uploadId"]).items()))
            self._send(200, b"<CompleteMultipartUploadResult><ETag>1</ETag></CompleteMultipartUploadResult>")
        else:
            for name in re.findall(r"<Key>(.*?)</Key>", body.decode()):
                objects.pop(name, None)
            self._send(200, b"<DeleteResult></DeleteResult>")

    def _delete(self, objects: dict[str, bytes], key: str, _asked: dict[str, str], _body: bytes) -> None:
        objects.pop(key, None)
        self._send(204, b"")

    def _send(self, status: int, body: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"ETag": '"1"', "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, store: Store) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.store = store

    def handle_error(self, *_: object) -> None:
        """Say nothing of those who have hung up."""


@contextmanager
def s3_server() -> Iterator[Store]:
    """Start a store with an empty bucket `news`."""
    store = Store()
    with _Server(store) as server:
        store.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield store
        finally:
            server.shutdown()
            thread.join()


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()
