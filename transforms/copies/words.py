"""Words of many texts at once: a 64-bit hash and what is known of each, without a Python object a word.

Enters: a string column. Leaves: `Words`. Two ways to the same numbers, as a test holds: numpy for small
batches, since compiling takes seconds; a compiled loop for large ones, and for all once it is loaded.
"""

import sys
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from transforms.copies import code_points as cp

QUOTED = 1
BLOCK = 2
NUMBER = 4
NAME = 8
FIRST = 16

LETTER_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(LETTER_BASE, -1, 1 << 64)
COMPILED = "transforms.copies.compiled"
COMPILE_FROM_BYTES = 3_000_000
"""Below this numpy is done before the compiled loop would be ready (docs/benchmarks/duplicates.md)."""


@dataclass(frozen=True, slots=True)
class Words:
    """Hashes and flags of all words of all texts; those of text i are [starts[i], starts[i + 1])."""

    hashes: NDArray[np.uint64]
    flags: NDArray[np.uint8]
    starts: NDArray[np.int64]


def words(texts: pa.ChunkedArray | pa.Array) -> Words:
    """Return the words of each text: runs of letters and digits, folded as `code_points` says.

    A Han or kana character is a word, hashed with its neighbour. Flags: QUOTED inside quotation marks,
    NUMBER begins with a digit, NAME begins with a capital, FIRST begins a sentence or line. A point or comma
    between two digits belongs to the number.
    """
    column = pc.cast(pc.fill_null(texts, ""), pa.large_string())
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    _, offset_buffer, data = column.buffers()
    offsets = np.frombuffer(offset_buffer, np.int64)[column.offset : column.offset + len(column) + 1]
    utf8 = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    if int(offsets[-1] - offsets[0]) >= COMPILE_FROM_BYTES or COMPILED in sys.modules:
        from transforms.copies.compiled import compiled_words  # noqa: PLC0415 numba takes 0.4 s to import

        return Words(*compiled_words(utf8, offsets))
    return vector_words(utf8, offsets)


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the values with every input bit spread over all output bits (finaliser of SplitMix64, Vigna 2015)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(values ^ (values >> np.uint64(31)))


def powers(base: int, count: int) -> NDArray[np.uint64]:
    """Return base**0, base**1, ... modulo 2**64."""
    factors = np.full(count, base, np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)


def vector_words(utf8: NDArray[np.uint8], offsets: NDArray[np.int64]) -> Words:
    """Return the words by whole-batch array operations; the reference for the compiled loop.

    A word's hash is the sum of its letters times powers of an odd base, so that prefix sums and the inverse
    of the base give every word at once; the texts stand between line ends, which no word crosses.
    """
    parts = [utf8[start:end].tobytes() for start, end in pairwise(offsets.tolist())]
    codes = np.frombuffer(b"\n".join([*parts, b""]).decode().encode("utf-32-le"), np.uint32)
    lengths = np.array([len(part.decode()) for part in parts], np.int64)
    entries = _entries(codes)
    text_starts = np.concatenate([[0], np.cumsum(lengths + 1)]).astype(np.int64)
    quoted = _quoted(entries)
    kept = np.flatnonzero((entries & cp.FOLDED) != cp.SKIPPED)
    return _split(entries[kept], quoted[kept], np.searchsorted(kept, text_starts))


def _entries(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    table = cp.code_points()
    entries = table[np.minimum(codes, cp.TABLE_SIZE - 1)]
    for place in np.flatnonzero(codes >= cp.TABLE_SIZE):
        entries[place] = cp.beyond_the_table(int(codes[place]))
    digit = np.concatenate([[False], (entries & cp.DIGIT) > 0, [False]])
    entries[((entries & cp.POINT) > 0) & digit[:-2] & digit[2:]] = cp.SKIPPED
    return entries


def _split(entries: NDArray[np.uint32], quoted: NDArray[np.uint8], text_starts: NDArray[np.int64]) -> Words:
    letters = (entries & cp.FOLDED).astype(np.uint64)
    is_letter = letters > 0
    solo = (entries & cp.SOLO) > 0
    before = np.concatenate([[False], is_letter[:-1] & ~solo[:-1]])
    starts = np.flatnonzero(is_letter & (solo | ~before))
    after = np.concatenate([is_letter[1:] & ~solo[1:], [False]])
    ends = np.flatnonzero(is_letter & (solo | ~after)) + 1
    forward = powers(LETTER_BASE, len(letters))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * forward, dtype=np.uint64)])
    # A solo character is hashed with the next one, where that is solo too: pairs tell more than single ones.
    pair = solo[starts] & np.concatenate([solo, [False]])[starts + 1]
    sums_end = sums[ends + pair.astype(np.int64)]
    hashes = mix((sums_end - sums[starts]) * powers(_INVERSE, len(letters))[starts])
    first = entries[starts]
    flags = np.where(quoted[starts] > 0, QUOTED, 0)
    flags |= np.where(first & cp.DIGIT, NUMBER, 0) | np.where(first & cp.UPPER, NAME, 0)
    ends_before = np.cumsum(np.concatenate([[1], (entries & cp.SENTENCE_END) > 0]))[starts]
    flags |= np.where(np.diff(ends_before, prepend=0) > 0, FIRST, 0)
    return Words(hashes, flags.astype(np.uint8), np.searchsorted(starts, text_starts).astype(np.int64))


def _quoted(entries: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Mark what stands inside quotation marks; a quotation ends with its line (new paragraphs open anew)."""
    change = np.zeros(len(entries) + 1, np.int8)
    opened = -1
    for place in np.flatnonzero(entries & (cp.QUOTES | cp.LINE_END)).tolist():
        entry = int(entries[place])
        following = int(entries[place + 1]) if place + 1 < len(entries) else cp.SPACE
        opens = quote_opens(entry, following, opened >= 0)
        if opens and opened < 0:
            opened = place
        elif not opens and opened >= 0:
            change[opened] += 1
            change[place] -= 1
            opened = -1
    return np.cumsum(change[:-1]).astype(np.uint8)


def quote_opens(entry: int, following: int, is_open: bool) -> bool:  # noqa: FBT001 compiled too, by position
    """Return whether after this mark one is inside a quotation.

    English opens and closes with different marks, German closes with what English opens with, French puts a
    space inside its marks and Danish turns them round: so what follows the mark decides.
    """
    if entry & cp.LINE_END:
        return False
    if following & (cp.SPACE | cp.LINE_END):
        is_french = entry & cp.QUOTE_OPENS != 0 and entry & cp.QUOTE_EITHER != 0
        return is_french and following & cp.LINE_END == 0 and not is_open
    if following & cp.FOLDED > cp.SKIPPED and entry & cp.QUOTE_OPENS:
        return True
    return not is_open and (following & cp.FOLDED > cp.SKIPPED or entry & cp.QUOTE_CLOSES == 0)
