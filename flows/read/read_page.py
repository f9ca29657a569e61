"""Reads a text or HTML file as one document."""

from collections.abc import Iterator

from copydesk.flows.read.open_file import Opener
from copydesk.flows.read.raw_document import Arrival, RawDocument
from copydesk.flows.read.read_row import Carrier
from copydesk.transforms.charsets.decode import is_plainly_utf8

PAGE_CAP_BYTES = 16 * 2**20
"""A larger page is refused; the longest article pages seen are a tenth of this."""


def read_page(open_: Opener, carrier: Carrier, media_type: str) -> Iterator[Arrival]:
    """Yield the file's document, or a refusal where it cannot be read or is too large."""
    with open_() as stream:
        payload = stream.read(PAGE_CAP_BYTES + 1)
    if len(payload) > PAGE_CAP_BYTES:
        yield carrier.refuse(None, "too_large", f"the file is larger than {PAGE_CAP_BYTES} bytes")
        return
    yield RawDocument(
        source_id=carrier.source_id,
        origin=carrier.origin,
        payload=payload,
        media_type=media_type,
        fetched_at=carrier.fetched_at,
        encoding=None if carrier.encoding is None or is_plainly_utf8(payload) else carrier.encoding,
    )
