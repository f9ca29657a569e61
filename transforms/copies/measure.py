"""Measures what two texts share, as array operations over the words of a pair.

Enters: words with their flags, and pairs of texts. Leaves: a row of MEASURES a pair.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from transforms.copies.shingles import SHINGLE_WORDS, shingles
from transforms.copies.words import BLOCK, NAME, NUMBER, QUOTED, Words

MEASURES = (
    "shingles_a",
    "shingles_b",
    "shared",
    "narrated_a",
    "narrated_b",
    "narrated_shared",
    "words_short",
    "words_long",
    "followed",
    "narrated_words",
    "narrated_followed",
    "longest_run",
    "same_figures",
    "other_figures",
    "same_names",
    "other_names",
    "block_shared",
    "quoted_shared",
)
SMALL_GAP = 8
"""So many other words between two shared stretches, in both texts, are an edit within a carried sentence."""
FIGURE_GAP = 25
"""So many words may stand between two shared stretches of a form that is filled in anew."""
FIGURE_SHIFT = 3
"""By so many words at most the two gaps of such a form differ."""
_NOT_NARRATION = QUOTED | BLOCK

_TEXTS_KEPT = 1024
"""So many texts are kept as read: pairs that hang together come together."""

Places = NDArray[np.int64]
Marks = NDArray[np.bool_]
Flags = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Text:
    """The words and shingles of a text; `distinct` shingles are sorted, each with its first place.

    `kinds` are the flags of all words of a shingle, `repeated` tells which distinct ones stand more than once.
    """

    hashes: NDArray[np.uint64]
    flags: Flags
    shingles: NDArray[np.uint64]
    kinds: Flags
    distinct: NDArray[np.uint64]
    first: Places
    repeated: Marks

    def narrated(self) -> int:
        """Return how many distinct shingles are narration where they stand first."""
        return _count((self.kinds[self.first] & _NOT_NARRATION) == 0)


def measure(batch: Words, pairs: Places) -> NDArray[np.int32]:
    """Return a row of MEASURES for each pair of texts of the batch, given by their places in it."""
    values, counts = shingles(batch)

    @lru_cache(_TEXTS_KEPT)
    def read(text: int) -> _Text:
        words = slice(batch.starts[text], batch.starts[text + 1])
        begin, count = batch.starts[text], counts[text]
        return _read(batch.hashes[words], batch.flags[words], values[begin : begin + count])

    out = np.zeros((len(pairs), len(MEASURES)), np.int32)
    for row, (a, b) in enumerate(pairs.tolist()):
        measures = _measure(read(a), read(b))
        out[row] = [measures[name] for name in MEASURES]
    return out


def _read(hashes: NDArray[np.uint64], flags: Flags, values: NDArray[np.uint64]) -> _Text:
    kinds = flags[: len(values)].copy()
    for k in range(1, min(SHINGLE_WORDS, len(flags))):
        kinds |= flags[k : k + len(values)]
    distinct, first, counts = np.unique(values, return_index=True, return_counts=True)
    return _Text(hashes, flags, values, kinds, distinct, first, counts > 1)


def _measure(a: _Text, b: _Text) -> dict[str, int]:
    short, long = (a, b) if len(a.shingles) <= len(b.shingles) else (b, a)
    place = _places(short, long)
    return {
        "shingles_a": len(a.distinct),
        "shingles_b": len(b.distinct),
        "narrated_a": a.narrated(),
        "narrated_b": b.narrated(),
        **_shared(short, long, place),
        **_carried(short, long, place),
        "longest_run": _longest_run(short, place),
    }


def _places(short: _Text, long: _Text) -> Places:
    """Return where in the longer text each shingle of the shorter one stands, -1 where it does not."""
    if not len(long.distinct):
        return np.full(len(short.shingles), -1)
    at = np.searchsorted(long.distinct, short.shingles).clip(max=len(long.distinct) - 1)
    is_found = long.distinct[at] == short.shingles
    place: Places = np.where(is_found, long.first[at], -1)
    # Of a shingle that stands at several places take the one that goes on.
    for i in np.flatnonzero(is_found & long.repeated[at]).tolist():
        onward = place[i - 1] + 1
        if i and 0 < onward < len(long.shingles) and long.shingles[onward] == short.shingles[i]:
            place[i] = onward
    return place


def _shared(short: _Text, long: _Text, place: Places) -> dict[str, int]:
    """Count the distinct shingles in both, by what they are: narration in both, else captions or quotations."""
    here = short.first[place[short.first] >= 0]
    own, other = short.kinds[here], long.kinds[place[here]]
    outside = (own & _NOT_NARRATION) > 0
    narrated = _count(~outside & ((other & _NOT_NARRATION) == 0))
    blocks = _count((np.where(outside, short.flags[here], other) & BLOCK) > 0)
    return {
        "shared": len(here),
        "narrated_shared": narrated,
        "block_shared": blocks,
        "quoted_shared": len(here) - narrated - blocks,
    }


def _carried(short: _Text, long: _Text, place: Places) -> dict[str, int]:
    """Walk along the shorter text: what is carried, what was edited, what was filled in anew."""
    is_narration = (short.flags & _NOT_NARRATION) == 0
    reach = min(SHINGLE_WORDS, len(short.flags))
    is_carried = np.zeros(len(short.flags), bool)
    for k in range(reach):
        is_carried[k : k + len(place)] |= place >= 0
    figures = _count((short.flags[is_carried] & NUMBER) > 0)
    names = _count((short.flags[is_carried] & NAME) > 0)
    filled = np.array([figures, 0, names, 0])
    shared = np.flatnonzero(place >= 0)
    # What is before, between and after the shared stretches, in either text.
    begins = np.concatenate([[0], shared + reach]), np.concatenate([[0], place[shared] + reach])
    ends = np.append(shared, len(short.flags)), np.append(place[shared], len(long.flags))
    gap_short, gap_long = ends[0] - begins[0], ends[1] - begins[1]
    is_gap = (gap_short > 0) & (gap_short <= FIGURE_GAP) & (gap_long >= 0) & (gap_long <= FIGURE_GAP)
    for at in np.flatnonzero(is_gap).tolist():
        here, there = slice(begins[0][at], ends[0][at]), slice(begins[1][at], ends[1][at])
        if abs(gap_short[at] - gap_long[at]) <= FIGURE_SHIFT:
            filled += _filled(short.hashes[here], short.flags[here], long.hashes[there])
        if gap_short[at] <= SMALL_GAP and gap_long[at] <= SMALL_GAP and 0 < at < len(shared):
            is_carried[here] = True
    return {
        "words_short": len(short.flags),
        "words_long": len(long.flags),
        "followed": _count(is_carried),
        "narrated_words": _count(is_narration),
        "narrated_followed": _count(is_carried & is_narration),
        **dict(zip(("same_figures", "other_figures", "same_names", "other_names"), filled, strict=True)),
    }


def _filled(hashes: NDArray[np.uint64], flags: Flags, others: NDArray[np.uint64]) -> tuple[int, int, int, int]:
    """Count the figures of a gap that the other text's gap has too, and those it has not; then names likewise."""
    counts = [0, 0, 0, 0]
    there = set(others.tolist())
    for value, kind in zip(hashes.tolist(), flags.tolist(), strict=True):
        if kind & (NUMBER | NAME):
            counts[(0 if kind & NUMBER else 2) + (value not in there)] += 1
    return counts[0], counts[1], counts[2], counts[3]


def _longest_run(short: _Text, place: Places) -> int:
    """Return the words of the longest passage that goes on unbroken in both texts, captions and lists left out."""
    reach = min(SHINGLE_WORDS, len(short.flags))
    is_in = (place >= 0) & ((short.flags[reach - 1 : reach - 1 + len(place)] & BLOCK) == 0)
    if not is_in.any():
        return 0
    goes_on = is_in[1:] & is_in[:-1] & (place[1:] == place[:-1] + 1)
    breaks = np.flatnonzero(np.concatenate([[True], ~goes_on, [True]]))
    return reach - 1 + int(np.diff(breaks).max())


def _count(marks: Marks) -> int:
    return int(np.count_nonzero(marks))
