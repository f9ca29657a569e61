"""Names the words of lines, and the pairs of them, by buckets: what a line says, without knowing its language."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.line_model.read_letters import DIGIT, LETTER, Ints, Letters

BUCKET_BITS = 18
_REACH = 16
"""Words from either end of a line that count."""
_LENGTHS = (6, 15, 35)
_BASE = 0x9E3779B97F4A7C15
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_FIRST, _LAST, _PAIR, _SIZED = (np.uint64(seed) for seed in (0x51ED27, 0x2545F4, 0x9E3779, 0xC2B2AE))

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Grams:
    """A gram a row: its bucket, its line, and where in the line it begins and ends."""

    buckets: Ints
    lines: Ints
    starts: Ints
    ends: Ints

    def of(self, line: int) -> "Grams":
        """Return the grams of one line."""
        mine = np.flatnonzero(self.lines == line)
        return Grams(self.buckets[mine], self.lines[mine], self.starts[mine], self.ends[mine])


def hash_grams(letters: Letters) -> Grams:
    """Return words, pairs of words, the words at both ends, and words with the length of their line, as buckets.

    Digits are one digit. `letters` are those of folded lines.
    """
    starts, ends = _words(letters)
    lines = np.searchsorted(letters.ends, starts, "right")
    first = np.searchsorted(starts, letters.starts)
    counts = np.diff(np.append(first, len(starts)))
    place = np.arange(len(starts)) - first[lines]
    near = (place < _REACH) | (counts[lines] - place <= _REACH)
    starts, ends, lines = starts[near], ends[near], lines[near]
    hashes = _hash(letters, starts, ends)
    size = np.searchsorted(_LENGTHS, counts, "left").astype(np.uint64)[lines]
    change = np.diff(lines) != 0
    is_first, is_last = np.append(True, change)[: len(lines)], np.append(change, True)[-len(lines) or 1 :]
    is_last = is_last[: len(lines)]
    pairs = np.flatnonzero(~is_last)
    paired = _mix(hashes[pairs] * np.uint64(3) + hashes[pairs + 1] + _PAIR)
    sized = hashes + _SIZED * (size + np.uint64(1))
    head, tail = np.flatnonzero(is_first), np.flatnonzero(is_last)
    opening, closing = np.flatnonzero(is_first[pairs]), np.flatnonzero(is_last[pairs + 1])
    parts = (
        (_mix(hashes), np.arange(len(hashes)), 0),
        (_mix(sized), np.arange(len(hashes)), 0),
        (paired, pairs, 1),
        (_mix(sized[head] ^ _FIRST), head, 0),
        (_mix(sized[tail] ^ _LAST), tail, 0),
        (_mix(paired[opening] ^ _FIRST), pairs[opening], 1),
        (_mix(paired[closing] ^ _LAST), pairs[closing], 1),
    )
    owners = np.concatenate([owner for _, owner, _ in parts])
    last = np.concatenate([owner + more for _, owner, more in parts])
    buckets = np.concatenate([found for found, _, _ in parts]) >> np.uint64(64 - BUCKET_BITS)
    line_starts = letters.starts[lines[owners]]
    return Grams(
        buckets.astype(np.int64), lines[owners], starts[owners] - line_starts, ends[last] - line_starts
    )


def _words(letters: Letters) -> tuple[Ints, Ints]:
    """Return where the runs of letters and digits begin and end."""
    edges = np.flatnonzero(np.diff((letters.kinds & (LETTER | DIGIT)) > 0, prepend=False))
    return edges[::2], edges[1::2]


def _hash(letters: Letters, starts: Ints, ends: Ints) -> Hashes:
    """Return the sum of each word's letters times powers of an odd base, whatever stands before it."""
    points = np.where((letters.kinds & DIGIT) > 0, np.uint64(48), letters.points.astype(np.uint64))
    powers, inverse = _powers(1 << (len(points)).bit_length())
    sums = np.add.reduceat(points * powers[: len(points)], np.column_stack([starts, ends]).ravel())
    return np.asarray(sums[::2] * inverse[starts], dtype=np.uint64)


def _mix(values: Hashes) -> Hashes:
    mixed = values ^ (values >> np.uint64(32))
    mixed *= _SPREAD
    mixed ^= mixed >> np.uint64(32)
    mixed *= _SPREAD
    return mixed


@cache
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Return the first powers of the base and of its inverse, modulo 2**64."""
    return tuple(  # type: ignore[return-value]
        np.cumprod(
            np.concatenate([np.ones(1, np.uint64), np.full(count - 1, base, np.uint64)]), dtype=np.uint64
        )
        for base in (_BASE, pow(_BASE, -1, 1 << 64))
    )
