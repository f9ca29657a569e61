"""Hashes whole texts by their words, so that equal wordings are found without comparing."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from copydesk.transforms.copies.words import Words, words
from copydesk.transforms.text.hash_words import mix

_BASES = (0xA0761D6478BD642F, 0xE7037ED1A0B428DB)
_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), np.uint16)


def word_hashes(bodies: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return the hash of the words of each text in order: 32 hex characters, the same for all texts without words.

    Case, accents, punctuation and white space don't count; numbers and the order of words do.
    """
    parts = [hex_of_words(words(bodies[at : at + 4096])) for at in range(0, len(bodies), 4096)]
    return pa.concat_arrays([pa.array([], pa.string()), *parts])


def hex_of_words(batch: Words) -> pa.Array:
    """Return the hash of each text of a batch."""
    halves = [_sums(batch, base) for base in _BASES]
    digits = np.stack(halves, axis=1).astype(">u8").view(np.uint8).reshape(len(batch.starts) - 1, 16)
    text = np.ascontiguousarray(_HEX[digits]).view("S32").ravel()
    return pa.array(text.astype("U32"), pa.string())


def _sums(batch: Words, base: int) -> NDArray[np.uint64]:
    """Sum each text's word hashes, each times an odd number of its place, modulo 2**64."""
    lengths = np.diff(batch.starts)
    places = np.arange(len(batch.hashes), dtype=np.uint64) - np.repeat(
        batch.starts[:-1].astype(np.uint64), lengths
    )
    factors = mix(places * np.uint64(base)) | np.uint64(1)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(batch.hashes * factors, dtype=np.uint64)])
    return mix((sums[batch.starts[1:]] - sums[batch.starts[:-1]]) ^ lengths.astype(np.uint64))
