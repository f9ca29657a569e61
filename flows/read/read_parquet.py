"""Reads a Parquet file row by row, in bounded memory, only the columns that are recognised."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.read.format_of import COMPRESSIONS
from flows.read.open_file import READ_ERRORS, open_file
from flows.read.raw_document import Arrival
from flows.read.read_row import Carrier, read_row
from flows.read.row_fields import FIELDS

BATCH_ROWS = 500


def read_parquet(path: Path, carrier: Carrier) -> Iterator[Arrival]:
    """Yield a document or a refusal for each row; a damaged file ends with a refusal."""
    line = 0
    try:
        with _unpacked(path) as file, pq.ParquetFile(file) as parquet:
            columns = [name for name in parquet.schema_arrow.names if name in FIELDS]
            for batch in parquet.iter_batches(batch_size=BATCH_ROWS, columns=columns):
                for row in batch.to_pylist():
                    line += 1
                    yield read_row(row, line, carrier)
    except (*READ_ERRORS, pa.ArrowException, UnicodeDecodeError) as error:
        yield carrier.refuse(line + 1, "unreadable_file", f"reading stopped: {error or type(error).__name__}")


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """Give a plain file: Parquet is read from its end, which a packed stream does not have."""
    if path.suffix.lower() not in COMPRESSIONS:
        yield path
        return
    with tempfile.NamedTemporaryFile(suffix=".parquet") as plain:
        with open_file(path) as stream:
            shutil.copyfileobj(stream, plain)
        plain.flush()
        yield Path(plain.name)
