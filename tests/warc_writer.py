"""Write WARC records, sound unless told otherwise."""

import base64
import gzip
import hashlib

PAGE = b"<html><head><title>Berth</title></head><body><p>The harbour board met on the pier.</p></body></html>"


def http(body: bytes = PAGE, *, headers: str = "", status: int = 200) -> bytes:
    """Write the answer of a server."""
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n"
    return head.encode() + body


def record(
    number: int,
    block: bytes | None = None,
    *,
    headers: str = "",
    length: int | None = None,
    kind: str = "response",
) -> bytes:
    """Write one record; its digest fits, its length too unless one is given."""
    block = http() if block is None else block
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
        f"WARC-Date: 2026-05-04T12:30:00Z\r\nWARC-Target-URI: https://gazette.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nWARC-Block-Digest: sha1:{digest}\r\n{headers}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def zipped(*records: bytes) -> bytes:
    """Write each record as a gzip member."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)
