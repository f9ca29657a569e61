"""Reads mail: a newsletter a message, from .eml files and .mbox folders; a page that a browser saved in this form."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

from copydesk.flows.read.open_file import Opener
from copydesk.flows.read.raw_document import Arrival, RawDocument
from copydesk.flows.read.read_lines import read_lines
from copydesk.flows.read.read_row import Carrier
from copydesk.schemas.reasons import Reason
from copydesk.transforms.charsets.decode import charset_of, decode, is_plainly_utf8
from copydesk.transforms.charsets.detect_charset import detect_charset

MAIL_CAP_BYTES = 40 * 2**20
"""Larger messages are refused; servers take 25 to 35 MB with all that is attached."""

_ADDRESS = re.compile(r"<?(https?://[^<>\s]+)>?")


def read_mail(open_: Opener, carrier: Carrier) -> Iterator[Arrival]:
    """Yield the document of a message, or a refusal."""
    with open_() as stream:
        message = stream.read(MAIL_CAP_BYTES + 1).removeprefix(BOM_UTF8)
    yield _read(message, 1, carrier)


def read_mbox(open_: Opener, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each message of a folder; a damaged file ends with a refusal."""
    number, size = 0, 0
    kept: list[bytes] = []
    was_blank = True
    with open_() as stream:
        for line in read_lines(stream):
            if was_blank and line is not None and line.startswith(b"From "):
                if number:
                    yield _read(b"".join(kept), number, carrier)
                number, size, kept = number + 1, 0, []
            elif size <= MAIL_CAP_BYTES:
                part = b"x" * MAIL_CAP_BYTES if line is None else re.sub(rb"^>(>*From )", rb"\1", line)
                kept.append(part)
                size += len(part)
            was_blank = line is not None and not line.strip()
    if kept:
        yield _read(b"".join(kept), max(number, 1), carrier)


def _read(message: bytes, number: int, carrier: Carrier) -> Arrival:
    if len(message) > MAIL_CAP_BYTES:
        return carrier.refuse(number, Reason.TOO_LARGE, f"the message is larger than {MAIL_CAP_BYTES} bytes")
    try:
        return _document(message_from_bytes(message, policy=policy.default), number, carrier)
    except Exception as error:  # noqa: BLE001 - Python's parser trips over many a malformed header in ways of its own
        return carrier.refuse(number, Reason.BROKEN_MAIL, f"{type(error).__name__}: {error}"[:300], message)


def _document(mail: EmailMessage, number: int, carrier: Carrier) -> Arrival:
    part = mail.get_body(("html", "plain"))
    content = part.get_payload(decode=True) if part else None
    if not isinstance(content, bytes) or not content.strip() or part is None:
        return carrier.refuse(number, Reason.NO_TEXT, "the message has no text of its own")
    charset = _charset(content, part.get_content_charset(), carrier.encoding)
    try:
        text = decode(content, charset or "utf-8")
    except (UnicodeDecodeError, LookupError) as error:
        return carrier.refuse(number, Reason.INVALID_ENCODING, str(error), content)
    saved_from = _ADDRESS.match(str(mail["snapshot-content-location"] or part["content-location"] or ""))
    if (
        saved_from and part.get_content_type() == "text/html"
    ):  # a page, its subject and date those of the saving
        return RawDocument(
            carrier.source_id, carrier.origin, text.encode("utf-8", "replace"), "text/html", carrier.fetched_at,
            charset=charset or "utf-8", url=saved_from[1],
        )  # fmt: skip
    name, address = next(iter(getaddresses([str(mail["from"] or "")])), ("", ""))
    found = _ADDRESS.match(str(mail["archived-at"] or ""))
    return RawDocument(
        source_id=carrier.source_id,
        origin=carrier.origin,
        line=number,
        payload=text.encode("utf-8", "replace"),
        media_type=part.get_content_type(),
        charset=charset or "utf-8",
        fetched_at=carrier.fetched_at,
        url=found[1] if found else None,
        external_id=_plain(mail["message-id"]),
        title=_plain(mail["subject"]),
        language=_plain(mail["content-language"]),
        publisher=name.strip() or address.rpartition("@")[2] or None,
        published_at=_plain(mail["date"]),
    )


def _charset(content: bytes, declared: str | None, given: str | None) -> str | None:
    """Return the encoding of a part: UTF-8 where it is that, else what is declared, said or heard."""
    if is_plainly_utf8(content):
        return "utf-8"
    return charset_of(declared or "") or given or detect_charset(content)


def _plain(header: object) -> str | None:
    return " ".join(str(header).encode("utf-8", "ignore").decode().split()) or None if header else None
