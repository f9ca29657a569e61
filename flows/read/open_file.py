"""Opens a file for reading, unpacking .gz and .zst on the way."""

import gzip
import io
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from flows.read.zstd_stream import ZstdStream


def open_file(path: Path) -> BinaryIO:
    """Open a file as a buffered stream of its unpacked bytes. Errors of the packing show while reading."""
    match path.suffix.lower():
        case ".gz":
            return cast("BinaryIO", gzip.open(path, "rb"))
        case ".zst":
            return cast("BinaryIO", io.BufferedReader(ZstdStream(path.open("rb"))))
        case _:
            return path.open("rb")


READ_ERRORS = (OSError, EOFError, zstandard.ZstdError)
"""What reading a damaged, unreadable or cut file raises."""
