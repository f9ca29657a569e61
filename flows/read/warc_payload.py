"""Enters: a WARC record. Leaves: the page in it, checked against its digest, or why it is none."""

import base64
import binascii
import hashlib
import io
import re
from dataclasses import dataclass

from copydesk.flows.fetch.decode_body import decode_body
from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.read.warc_records import MAX_RECORD_BYTES, WarcBlock
from copydesk.schemas.reasons import Reason

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]{0,200})?[ \t]*\r?\n")
_ALGORITHMS = frozenset({"sha1", "sha256", "sha512", "md5", "sha384"})
_SIGNS = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}


@dataclass(frozen=True, slots=True)
class WarcPage:
    """What a server answered once: status, headers with lower-case names, decoded body."""

    status: int
    headers: dict[str, str]
    body: bytes


class WarcPageError(ValueError):
    """A record that gives no page; `reason` becomes that of its quarantine row."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def warc_payload(record: WarcBlock) -> WarcPage:
    """Take the page out of a response or resource record.

    Crawlers store bodies decoded while the headers still name an encoding, and chunked ones joined; so an
    encoding is undone only where the body bears its mark.
    """
    if record.headers.get("warc-truncated"):
        detail = f"the crawler cut it off: {record.headers['warc-truncated'][:60]}"
        raise WarcPageError(Reason.WARC_TRUNCATED, detail)
    is_proven = _check_digest(record.headers.get("warc-block-digest"), record.block)
    if record.record_type == "resource":
        headers = {"content-type": record.headers.get("content-type", "")}
        return WarcPage(200, headers, record.block)
    status, headers, body = _split(record.block)
    if not is_proven:
        _check_digest(record.headers.get("warc-payload-digest"), body, _unchunked(body))
    return WarcPage(status, headers, _decoded(headers, body))


def _split(block: bytes) -> tuple[int, dict[str, str], bytes]:
    end = block.find(b"\r\n\r\n")
    gap = 4
    if end < 0:
        end, gap = block.find(b"\n\n"), 2
    first, *lines = block[: max(end, 0)].decode("latin-1").splitlines() or [""]
    status = first.split(" ")[1:2]
    if (
        end < 0
        or not first.startswith("HTTP/")
        or not status
        or not re.match(r"[1-5]\d\d$", status[0], re.ASCII)
    ):
        raise WarcPageError(Reason.WARC_BROKEN_HTTP, f"no HTTP answer: {block[:60]!r}")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}
    return int(status[0]), headers, block[end + gap :]


def _decoded(headers: dict[str, str], body: bytes) -> bytes:
    encoding = headers.get("content-encoding", "").lower()
    is_chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    length = headers.get("content-length", "")
    if (
        not encoding
        and not is_chunked
        and length.isascii()
        and length.isdigit()
        and int(length[:18]) > len(body)
    ):
        raise WarcPageError(Reason.WARC_TRUNCATED, f"{len(body)} of {length} bytes of the page are there")
    if is_chunked:
        body = _unchunked(body) or body
    sign = _SIGNS.get(encoding)
    if not encoding or (sign is not None and not body.startswith(sign)):
        return body
    try:
        return b"".join(decode_body(io.BytesIO(body), encoding, max_bytes=MAX_RECORD_BYTES))
    except FetchError as error:
        if sign is None and body.lstrip()[:1] == b"<":  # brotli and deflate bear no mark; this is plain HTML
            return body
        raise WarcPageError(Reason(f"warc_{error.reason}"), error.detail) from None


def _unchunked(body: bytes) -> bytes | None:
    """Join the chunks of a body; null where it is not chunked."""
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match.group(1), 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return None


def _check_digest(given: str | None, *candidates: bytes | None) -> bool:
    """Tell whether a digest could be checked; raise where it fits none of the candidates."""
    algorithm, colon, text = (given or "").partition(":")
    name = algorithm.strip().lower().replace("-", "")
    if not colon or name not in _ALGORITHMS:
        return False
    wanted = _digest_bytes(text.strip(), hashlib.new(name, usedforsecurity=False).digest_size)
    if wanted is None:
        return False
    bodies = [body for body in candidates if body is not None]
    if any(hashlib.new(name, body, usedforsecurity=False).digest() == wanted for body in bodies):
        return True
    raise WarcPageError(Reason.WARC_DIGEST, f"the bytes do not fit their digest {given}"[:200])


def _digest_bytes(text: str, size: int) -> bytes | None:
    """Read a digest in base 16, 32 or 64, told apart by its length."""
    try:
        if len(text) == 2 * size:
            return bytes.fromhex(text)
        raw = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
        return raw if len(raw) == size else None
    except (ValueError, binascii.Error):
        pass
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw if len(raw) == size else None
