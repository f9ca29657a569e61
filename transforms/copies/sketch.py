"""Samples the shingles of each text, so that copies can be found among millions by a join; hashes whole texts by words.

Enters: articles (article_id, revision_id, body). Leaves: a row per sampled hash.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.schemas.tables import TABLES
from copydesk.transforms.copies.words import Words, words
from copydesk.transforms.text.hash_words import mix

SHINGLE_WORDS = 5
"""A shingle is the hash of so many consecutive words, numbers kept."""
_BASE = 0xD6E8FEB86659FD93
_HALVES = (0xA0761D6478BD642F, 0xE7037ED1A0B428DB)
_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), np.uint16)


def shingles(batch: Words) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the shingle that begins at each word, and how many shingles each text has.

    Those of text i are the first `counts[i]` from `starts[i]`; what begins at its last four words crosses
    its end and means nothing. A text of one to four words has one shingle, of all its words.
    """
    padded = np.concatenate([batch.hashes, np.zeros(SHINGLE_WORDS - 1, np.uint64)])
    size = len(batch.hashes)
    lengths = np.diff(batch.starts)
    values = padded[:size].copy()
    factor = 1
    for k in range(1, SHINGLE_WORDS):
        factor = factor * _BASE % (1 << 64)
        values += padded[k : k + size] * np.uint64(factor)
    for text in np.flatnonzero((lengths > 0) & (lengths < SHINGLE_WORDS)).tolist():
        values[batch.starts[text]] = _short(batch.hashes[batch.starts[text] : batch.starts[text + 1]])
    counts = np.where(lengths > 0, np.maximum(lengths - SHINGLE_WORDS + 1, 1), 0)
    return mix(values), counts


def _short(hashes: NDArray[np.uint64]) -> int:
    total = sum(int(value) * pow(_BASE, k, 1 << 64) for k, value in enumerate(hashes))
    return total % (1 << 64)


SKETCH = TABLES["sketches"].without("run_id")

_LARGEST = float(2**64 - 2**11)
"""The largest hash that a float can hold and a uint64 too."""


@dataclass(frozen=True, slots=True)
class Density:
    """One shingle in `one_in` is kept, and of a text too short for that more: all up to `whole` of them.

    Between the two the share falls with the square of the length, so that a flash still meets the report of 200
    words that took it up, and an article of 384 words costs a sixteenth (docs/benchmarks/duplicates.md).
    """

    one_in: int = 16
    whole: int = 96


def sketch(articles: pa.Table, *, batch: Words | None = None) -> pa.Table:
    """Return the sampled shingle hashes of each body: those below a share of the hash space (FracMinHash).

    `batch` are the words of the bodies, where they have been read.
    All texts keep the same hashes of the same shingles (below the lower of two thresholds), so shared ones
    estimate containment without bias. Sources: Broder, "On the resemblance and containment of documents"
    (1997); Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash" (2022).
    Rows are in the order of the articles, hashes ascending; a text without words has none.
    """
    batch = batch or words(articles["body"])
    values, counts = shingles(batch)
    limits = thresholds(counts, Density())
    places = np.flatnonzero(values < np.repeat(limits, np.diff(batch.starts)))
    texts = np.searchsorted(batch.starts, places, side="right") - 1
    inside = places < batch.starts[texts] + counts[texts]
    texts, hashes = texts[inside], values[places[inside]]
    order = np.lexsort((hashes, texts))
    texts, hashes = texts[order], hashes[order]
    fresh = np.ones(len(texts), bool)
    fresh[1:] = (texts[1:] != texts[:-1]) | (hashes[1:] != hashes[:-1])
    texts, hashes = texts[fresh], hashes[fresh]
    rows = pa.array(texts)
    ids = [pc.take(pc.cast(articles[name], pa.string()), rows) for name in ("article_id", "revision_id")]
    return pa.table([*ids, pa.array(hashes), pa.array(counts[texts].astype(np.int32))], schema=SKETCH)


def thresholds(counts: NDArray[np.int64], density: Density) -> NDArray[np.uint64]:
    """Return the hash below which the shingles of a text with so many shingles are kept."""
    share = (density.whole / np.maximum(counts, density.whole)) ** 2
    return np.asarray(np.maximum(share, 1 / density.one_in) * _LARGEST, np.uint64)


def word_hashes(bodies: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return the hash of the words of each text in order: 32 hex characters, the same for all texts without words.

    Case, accents, punctuation and white space don't count; numbers and the order of words do.
    """
    parts = [hex_of_words(words(bodies[at : at + 4096])) for at in range(0, len(bodies), 4096)]
    return pa.concat_arrays([pa.array([], pa.string()), *parts])


def hex_of_words(batch: Words) -> pa.Array:
    """Return the hash of each text of a batch."""
    halves = [_sums(batch, base) for base in _HALVES]
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
