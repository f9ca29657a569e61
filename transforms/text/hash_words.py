"""Hashes many words letter by letter: all first letters, then all second ones, the longest words first; and mixes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.text.neighbours import Places

_ROUNDS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
_BITS = (1 << 64) - 1


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every input bit of the values over all output bits (finaliser of SplitMix64, Vigna 2015)."""
    mixed = values.copy()
    mix_in_place(mixed, np.empty_like(mixed))
    return mixed


def mix_in_place(values: NDArray[np.uint64], scratch: NDArray[np.uint64]) -> None:
    """Mix the values where they stand; `scratch` is as long as they are."""
    for shift, factor in _ROUNDS:
        np.right_shift(values, np.uint64(shift), out=scratch)
        np.bitwise_xor(values, scratch, out=values)
        if factor != 1:
            np.multiply(values, np.uint64(factor), out=values)


def mix_one(value: int) -> int:
    """Return one number mixed."""
    for shift, factor in _ROUNDS:
        value = (value ^ (value >> shift)) * factor & _BITS
    return value


Hashes = NDArray[np.uint64]
Letters = NDArray[np.uint32] | NDArray[np.uint64]

FEW = 16
"""Fewer words than this are hashed one by one to their ends: an array operation costs as much as so many letters."""

CHAIN_FACTOR = 31
_MOST = 0x7FFF
"""Words are sorted by length up to this, since numpy sorts 16 bits by counting."""


def sum_of_powers(letters: Letters, starts: Places, lengths: Places, base: int) -> Hashes:
    """Return the sum of each word's letters times powers of an odd base, modulo 2**64, not mixed.

    A word is `lengths[i]` letters from `starts[i]`; words may overlap.
    """
    power = np.uint64(1)

    def add(values: Hashes, column: Hashes, _: Hashes) -> None:
        nonlocal power
        np.multiply(column, power, out=column)
        np.add(values, column, out=values)
        power = np.uint64(int(power) * base & _BITS)

    def finish(value: int, rest: Letters, done: int) -> int:
        factors = np.full(len(rest), base, np.uint64)
        factors[0] = pow(base, done, 1 << 64)
        weighed = rest * np.cumprod(factors, dtype=np.uint64)
        return value + int(weighed.sum(dtype=np.uint64)) & _BITS

    return _by_letter(letters, starts, lengths, add, finish)


def mixed_chain(letters: Letters, starts: Places, lengths: Places) -> Hashes:
    """Return each word's chain: what is so far times CHAIN_FACTOR plus the letter, mixed, letter after letter."""

    def add(values: Hashes, column: Hashes, scratch: Hashes) -> None:
        np.multiply(values, np.uint64(CHAIN_FACTOR), out=values)
        np.add(values, column, out=values)
        mix_in_place(values, scratch)

    def finish(value: int, rest: Letters, _: int) -> int:
        for letter in rest.tolist():
            value = mix_one(value * CHAIN_FACTOR + letter & _BITS)
        return value

    return _by_letter(letters, starts, lengths, add, finish)


def _by_letter(
    letters: Letters,
    starts: Places,
    lengths: Places,
    add: Callable[[Hashes, Hashes, Hashes], None],
    finish: Callable[[int, Letters, int], int],
) -> Hashes:
    """Fold the words: `add` takes one letter of each into the values, `finish` takes the rest of one word."""
    order = np.argsort(-np.minimum(lengths, _MOST).astype(np.int16), kind="stable")
    place, longest_first = starts[order], lengths[order]
    values = np.zeros(len(order), np.uint64)
    scratch = np.empty_like(values)
    having = len(order) - np.cumsum(np.bincount(np.minimum(lengths, _MOST)))
    done, left = 0, len(order)
    for left in having.tolist():
        if left < FEW:
            break
        add(values[:left], letters[place[:left]].astype(np.uint64), scratch[:left])
        place[:left] += 1
        done += 1
    for at in np.flatnonzero(longest_first[:left] > done).tolist():
        rest = letters[place[at] : place[at] + longest_first[at] - done]
        values[at] = finish(int(values[at]), rest, done)
    hashes = np.empty_like(values)
    hashes[order] = values
    return hashes
