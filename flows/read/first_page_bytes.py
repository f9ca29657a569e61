"""Says how large a page of a Parquet file is once it is unpacked, before it is."""

from typing import Any, BinaryIO

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
