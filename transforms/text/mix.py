"""Spread every input bit of 64-bit numbers over all output bits (finaliser of SplitMix64, Vigna 2015)."""

import numpy as np
from numpy.typing import NDArray

_ROUNDS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
_BITS = (1 << 64) - 1


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the values mixed."""
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
