"""Reads a Parquet file row by row, in bounded memory, only the columns that are recognised."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from flows.read.format_of import COMPRESSIONS
from flows.read.open_file import READ_ERRORS, open_file, why_unreadable
from flows.read.raw_document import Arrival
from flows.read.read_row import Carrier, read_row
from flows.read.row_fields import FIELDS

SLICE_ROWS = 500
SLICE_BYTES = 8 * 2**20
DICTIONARY_ROWS = 32
"""Rows of a slice where values stand in a dictionary: their size in the file says nothing of their size unpacked."""


def read_parquet(path: Path, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each row; a damaged file ends with a refusal."""
    line = 0
    try:
        with _unpacked(path) as file, pq.ParquetFile(file, pre_buffer=False, buffer_size=2**20) as parquet:
            for batch in _slices(parquet):
                for row in range(batch.num_rows):
                    line += 1
                    yield _read(batch, row, line, carrier)
    except (*READ_ERRORS, pa.ArrowException) as error:
        yield carrier.refuse(
            line + 1, why_unreadable(error), f"reading stopped: {error or type(error).__name__}"
        )


def _slices(parquet: Any) -> Iterator[pa.RecordBatch]:
    """Yield slices of each row group, as many rows as are surely small together."""
    columns = [name for name in parquet.schema_arrow.names if name in FIELDS]
    for number in range(parquet.num_row_groups):
        group = parquet.metadata.row_group(number)
        chunks = [group.column(at) for at in range(group.num_columns)]
        wanted = [chunk for chunk in chunks if chunk.path_in_schema.split(".")[0] in columns]
        row_bytes = sum(chunk.total_uncompressed_size for chunk in wanted) // max(1, group.num_rows)
        most = DICTIONARY_ROWS if any(chunk.has_dictionary_page for chunk in wanted) else SLICE_ROWS
        rows = max(1, min(most, SLICE_BYTES // max(1, row_bytes)))
        yield from parquet.iter_batches(
            batch_size=rows, row_groups=[number], columns=columns, use_threads=False
        )


def _read(batch: pa.RecordBatch, row: int, line: int, carrier: Carrier) -> Arrival:
    try:
        return read_row(_values(batch, row), line, carrier)
    except UnicodeDecodeError as error:
        return carrier.refuse(line, "invalid_encoding", f"not UTF-8 at byte {error.start} of a field")
    except (ValueError, OverflowError, pa.ArrowException) as error:
        return carrier.refuse(line, "invalid_row", f"a value that cannot be read: {error}")


def _values(batch: pa.RecordBatch, row: int) -> Mapping[str, Any]:
    return {name: batch.column(at)[row].as_py() for at, name in enumerate(batch.schema.names)}


@contextmanager
def _unpacked(path: Path) -> Iterator[BinaryIO]:
    """Give a plain file: Parquet is read from its end, which a packed stream does not have."""
    with open_file(path) as stream:
        if path.suffix.lower() not in COMPRESSIONS:
            yield stream
            return
        with tempfile.TemporaryFile(suffix=".parquet") as plain:
            shutil.copyfileobj(stream, plain)
            plain.seek(0)
            yield plain
