"""Reads a JSONL file line by line, in bounded memory."""

import json
from collections.abc import Callable, Iterator

from copydesk.flows.read.format_of import wide_charset
from copydesk.flows.read.open_file import Opener
from copydesk.flows.read.raw_document import Arrival
from copydesk.flows.read.read_lines import LINE_CAP_BYTES, charset_of_rows, decode_row, read_lines
from copydesk.flows.read.read_row import Carrier, read_row
from copydesk.schemas.reasons import Reason
from copydesk.transforms.extract.decode_payload import UNSURE


def read_jsonl(open_: Opener, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each line that is not blank; a damaged file ends with a refusal."""
    charset = charset_of_rows(open_, given=carrier.encoding)
    with open_() as stream:
        wide = wide_charset(stream.peek(4))  # the streams of open_file are buffered
        for line, raw in enumerate(read_lines(stream), 1):
            if raw is None:
                yield carrier.refuse(
                    line, Reason.TOO_LARGE, f"the line is longer than {LINE_CAP_BYTES} bytes"
                )
            elif raw.strip():
                yield _read_line(raw, line, carrier, charset, wide=wide)


def _read_line(
    raw: bytes, line: int, carrier: Carrier, charset: Callable[[], str | None], *, wide: str | None
) -> Arrival:
    try:
        decoded = decode_row(raw, line, charset)
        row = json.loads(decoded.text.rstrip().removesuffix(","))
    except UnicodeDecodeError as error:
        detail = f"not {error.encoding} at byte {error.start}; {UNSURE}"
        return carrier.refuse(line, Reason.INVALID_ENCODING, detail, raw)
    except (ValueError, RecursionError) as error:
        return carrier.refuse(line, Reason.INVALID_JSON, str(error), raw)
    if not isinstance(row, dict):
        return carrier.refuse(
            line, Reason.INVALID_ROW, f"expected a JSON object, found {type(row).__name__}", raw
        )
    return read_row(row, line, carrier, charset=wide or decoded.charset)
