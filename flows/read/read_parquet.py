"""Reads a Parquet file row by row, in bounded memory, only the columns that are recognised."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.flows.read.fields import ColumnMap
from copydesk.flows.read.open_file import Opener, plain_file
from copydesk.flows.read.raw_document import Arrival
from copydesk.flows.read.read_row import Carrier, read_row, row_of, without_text
from copydesk.schemas.reasons import Reason

SLICE_ROWS = 500
SLICE_BYTES = 8 * 2**20
DICTIONARY_ROWS = 32
"""Rows of a slice where values stand in a dictionary: their size in the file says nothing of their size unpacked."""


PAGE_CAP_BYTES = 256 * 2**20
"""A page of a column is unpacked whole, and twice at that; writers that mind make pages of a megabyte."""


def read_parquet(
    open_: Opener, carrier: Carrier, *, page_cap_bytes: int = PAGE_CAP_BYTES
) -> Iterator[Arrival]:
    """Yield a document or a refusal for each row; a damaged file ends with a refusal.

    A row group with a page over the cap costs one refusal, which names its rows.
    """
    line = 0
    with plain_file(open_) as file, pq.ParquetFile(file, pre_buffer=False, buffer_size=2**20) as parquet:
        names = parquet.schema_arrow.names
        column_map = carrier.map_columns(names)
        if not column_map.gives_documents(carrier.wishes):
            yield carrier.refuse(None, Reason.NO_TEXT, without_text(names, column_map))
            return
        columns = [name for name in names if name not in column_map.unused]
        for number in range(parquet.num_row_groups):
            rows = parquet.metadata.row_group(number).num_rows
            size = max(
                (first_page_bytes(file, chunk) for chunk in _wanted(parquet, number, columns)), default=0
            )
            if size > page_cap_bytes:
                told = f"rows {line + 1} to {line + rows}: a page of their row group unpacks to {size} bytes"
                yield carrier.refuse(line + 1, Reason.TOO_LARGE, f"{told}; write smaller row groups")
                line += rows
                continue
            for batch in _slices(parquet, number, columns):
                for row in range(batch.num_rows):
                    line += 1
                    yield _read(batch, row, line, carrier, column_map)


def _slices(parquet: Any, number: int, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """Yield slices of a row group, as many rows as are surely small together."""
    wanted = _wanted(parquet, number, columns)
    count = parquet.metadata.row_group(number).num_rows
    row_bytes = sum(chunk.total_uncompressed_size for chunk in wanted) // max(1, count)
    most = DICTIONARY_ROWS if any(chunk.has_dictionary_page for chunk in wanted) else SLICE_ROWS
    rows = max(1, min(most, SLICE_BYTES // max(1, row_bytes)))
    yield from parquet.iter_batches(batch_size=rows, row_groups=[number], columns=columns, use_threads=False)


def _wanted(parquet: Any, number: int, columns: list[str]) -> list[Any]:
    """Return what the file says of the recognised columns of a row group."""
    group = parquet.metadata.row_group(number)
    chunks = [group.column(at) for at in range(group.num_columns)]
    return [chunk for chunk in chunks if chunk.path_in_schema.split(".")[0] in columns]


def _read(batch: pa.RecordBatch, row: int, line: int, carrier: Carrier, column_map: ColumnMap) -> Arrival:
    try:
        values = (_value(column[row]) for column in batch.columns)
        cells = row_of(zip(batch.schema.names, values, strict=True))
        return read_row(cells, line, carrier, column_map=column_map)
    except UnicodeDecodeError as error:
        return carrier.refuse(line, Reason.INVALID_ENCODING, f"not UTF-8 at byte {error.start} of a field")
    except (ValueError, OverflowError, LookupError, pa.ArrowException) as error:
        return carrier.refuse(line, Reason.INVALID_ROW, f"a value that cannot be read: {error}")


def _value(scalar: Any) -> Any:
    """Return a value as Python has it; of a time that it cannot have, what the file says: no date costs a text."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError, LookupError):
        if not pa.types.is_timestamp(scalar.type):
            raise
        if scalar.type.unit == "ns" and scalar.type.tz is None:  # parts of a microsecond
            return scalar.cast(pa.timestamp("us"), safe=False).as_py()
        return f"{scalar.value} {scalar.type}"


_INTEGER = 0x15
"""How Thrift's compact protocol begins a field that is a whole number and follows the one before."""


def first_page_bytes(file: BinaryIO, chunk: Any) -> int:
    """Return the unpacked size of the larger of a column chunk's dictionary and its first page of values.

    A page begins with its kind and this size (parquet.thrift, PageHeader). 0 where it does not.
    """
    dictionary = [chunk.dictionary_page_offset] if chunk.has_dictionary_page else []
    return max(_page_bytes(file, at) for at in (*dictionary, chunk.data_page_offset))


def _page_bytes(file: BinaryIO, at: int) -> int:
    file.seek(at)
    header = file.read(16)
    size = 0
    for _ in range(2):
        if header[:1] != bytes([_INTEGER]):
            return 0
        size, header = _integer(header[1:])
    return size


def _integer(header: bytes) -> tuple[int, bytes]:
    """Return a number of seven bits a byte, folded so that its sign is the last bit, and what follows it."""
    value = 0
    for place, byte in enumerate(header):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), header[place + 1 :]
    return 0, b""
