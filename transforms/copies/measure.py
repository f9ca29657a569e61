"""Measures what two texts share, as array operations over the words of a pair.

Enters: words with their flags, and pairs of texts. Leaves: a row of MEASURES a pair.
"""

from collections.abc import Iterator
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
    """The words and shingles of a text, shingles by number.

    `kinds` are the flags of all words of a shingle. `is_new` marks the first of equal shingles, `is_repeated` those
    of them that stand again later.
    """

    hashes: NDArray[np.uint64]
    flags: Flags
    shingles: Places
    kinds: Flags
    is_new: Marks
    is_repeated: Marks
    distinct: int
    narrated: int


def measure(batch: Words, pairs: Places) -> NDArray[np.int32]:
    """Return a row of MEASURES for each pair of texts of the batch, given by their places in it."""
    values, counts = shingles(batch)
    _, numbers = np.unique(values, return_inverse=True)
    where = np.full(len(numbers), -1)

    @lru_cache(_TEXTS_KEPT)
    def read(text: int) -> _Text:
        begin, end = batch.starts[text], batch.starts[text + 1]
        own = numbers[begin : begin + counts[text]]
        return _read(batch.hashes[begin:end], batch.flags[begin:end], own, where)

    out = np.zeros((len(pairs), len(MEASURES)), np.int32)
    for row, (a, b) in enumerate(pairs.tolist()):
        measures = _measure(read(a), read(b), where)
        out[row] = [measures[name] for name in MEASURES]
    return out


def _read(hashes: NDArray[np.uint64], flags: Flags, own: Places, where: Places) -> _Text:
    kinds = flags[: len(own)].copy()
    for k in range(1, min(SHINGLE_WORDS, len(flags))):
        kinds |= flags[k : k + len(own)]
    first = _look_up(own, own, where)
    is_new = first == np.arange(len(own))
    is_repeated = np.zeros(len(own), bool)
    is_repeated[first[~is_new]] = True
    narrated = _count(is_new & ((kinds & _NOT_NARRATION) == 0))
    return _Text(hashes, flags, own, kinds, is_new, is_repeated, _count(is_new), narrated)


def _look_up(wanted: Places, known: Places, where: Places) -> Places:
    """Return the first place of each wanted number among the known ones, or -1; `where` is -1 before and after."""
    where[known[::-1]] = np.arange(len(known))[::-1]
    places = where[wanted]
    where[known] = -1
    return places


def _measure(a: _Text, b: _Text, where: Places) -> dict[str, int]:
    short, long = (a, b) if len(a.shingles) <= len(b.shingles) else (b, a)
    place = _places(short, long, where)
    return {
        "shingles_a": a.distinct,
        "shingles_b": b.distinct,
        "narrated_a": a.narrated,
        "narrated_b": b.narrated,
        **_shared(short, long, place),
        **_carried(short, long, place),
        "longest_run": _longest_run(short, place),
    }


def _places(short: _Text, long: _Text, where: Places) -> Places:
    """Return where in the longer text each shingle of the shorter one stands, -1 where it does not."""
    place = _look_up(short.shingles, long.shingles, where)
    # Of a shingle that stands at several places take the one that goes on.
    is_unsure = (place >= 0) & long.is_repeated[place] if long.is_repeated.any() else np.zeros(0, bool)
    for i in is_unsure.nonzero()[0].tolist():
        onward = place[i - 1] + 1
        if i and 0 < onward < len(long.shingles) and long.shingles[onward] == short.shingles[i]:
            place[i] = onward
    return place


def _shared(short: _Text, long: _Text, place: Places) -> dict[str, int]:
    """Count the distinct shingles in both, by what they are: narration in both, else captions or quotations."""
    here = (short.is_new & (place >= 0)).nonzero()[0]
    other = long.kinds[place[here]]
    is_outside = (short.kinds[here] & _NOT_NARRATION) != 0
    narrated = _count(~is_outside & ((other & _NOT_NARRATION) == 0))
    blocks = _count((np.where(is_outside, short.flags[here], other) & BLOCK) != 0)
    return {
        "shared": len(here),
        "narrated_shared": narrated,
        "block_shared": blocks,
        "quoted_shared": len(here) - narrated - blocks,
    }


def _carried(short: _Text, long: _Text, place: Places) -> dict[str, int]:
    """Walk along the shorter text: what is carried, what was edited, what was filled in anew."""
    is_carried = np.zeros(len(short.flags), bool)
    is_shared = place >= 0
    for k in range(min(SHINGLE_WORDS, len(short.flags))):
        is_carried[k : k + len(place)] |= is_shared
    carried = short.flags[is_carried]
    figures = [_count((carried & NUMBER) != 0), 0]
    names = [_count((carried & NAME) != 0), 0]
    for here, there, is_between in _gaps(short, long, place):
        sizes = here.stop - here.start, there.stop - there.start
        if abs(sizes[0] - sizes[1]) <= FIGURE_SHIFT:
            _count_filled(short.hashes[here], short.flags[here], long.hashes[there], figures, names)
        if is_between and max(sizes) <= SMALL_GAP:
            is_carried[here] = True
    is_narration = (short.flags & _NOT_NARRATION) == 0
    return {
        "words_short": len(short.flags),
        "words_long": len(long.flags),
        "followed": _count(is_carried),
        "narrated_words": _count(is_narration),
        "narrated_followed": _count(is_carried & is_narration),
        "same_figures": figures[0],
        "other_figures": figures[1],
        "same_names": names[0],
        "other_names": names[1],
    }


def _gaps(short: _Text, long: _Text, place: Places) -> Iterator[tuple[slice, slice, bool]]:
    """Yield the words before, between and after shared stretches, in either text, where they are few.

    The last says whether there is a shared stretch on either side.
    """
    reach = min(SHINGLE_WORDS, len(short.flags))
    shared = (place >= 0).nonzero()[0]
    begins, ends = [(0, 0)], [(len(short.flags), len(long.flags))]
    if len(shared):
        last = (shared[1:] - shared[:-1] > reach).nonzero()[0]
        before, after = np.append(shared[last], shared[-1]), np.append(shared[0], shared[last + 1])
        begins += zip((before + reach).tolist(), (place[before] + reach).tolist(), strict=True)
        ends = [*zip(after.tolist(), place[after].tolist(), strict=True), *ends]
    for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        if 0 < end[0] - begin[0] <= FIGURE_GAP and 0 <= end[1] - begin[1] <= FIGURE_GAP:
            yield slice(begin[0], end[0]), slice(begin[1], end[1]), 0 < number < len(ends) - 1


def _count_filled(
    hashes: NDArray[np.uint64],
    flags: Flags,
    others: NDArray[np.uint64],
    figures: list[int],
    names: list[int],
) -> None:
    """Add the figures and names of a gap: first those that the other text's gap has too, then those it has not."""
    there = None
    for place, kind in enumerate(flags.tolist()):
        if kind & (NUMBER | NAME):
            there = set(others.tolist()) if there is None else there
            (figures if kind & NUMBER else names)[int(hashes[place]) not in there] += 1


def _longest_run(short: _Text, place: Places) -> int:
    """Return the words of the longest passage that goes on unbroken in both texts, captions and lists left out."""
    reach = min(SHINGLE_WORDS, len(short.flags))
    is_in = (place >= 0) & ((short.flags[reach - 1 : reach - 1 + len(place)] & BLOCK) == 0)
    if not is_in.any():
        return 0
    goes_on = is_in[1:] & is_in[:-1] & (place[1:] == place[:-1] + 1)
    breaks = np.concatenate(([-1], (~goes_on).nonzero()[0], [len(goes_on)]))
    return reach - 1 + int((breaks[1:] - breaks[:-1]).max())


def _count(marks: Marks) -> int:
    return int(np.count_nonzero(marks))
