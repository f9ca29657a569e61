"""Measures what two texts share, by array operations over the words of many pairs.

Enters: words with their flags, and pairs of texts. Leaves: `Measures`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.transforms.copies.align import (
    Alignment,
    BatchShingles,
    align,
    by_pair,
    read_leads,
    read_shingles,
)
from copydesk.transforms.copies.sketch import SHINGLE_WORDS, hex_of_words
from copydesk.transforms.copies.words import BLOCK, FIRST, NAME, NUMBER, QUOTED, SOLO, Words
from copydesk.transforms.text.neighbours import Marks, Places
from copydesk.transforms.text.segments import portions, spread

SMALL_GAP = 8
"""So many other words between two shared stretches, in both texts, are an edit within a carried sentence."""
FIGURE_GAP = 25
"""So many words may stand between two shared stretches of a form that is filled in anew."""
FIGURE_SHIFT = 3
"""By so many words at most the two gaps of such a form differ."""
PORTION_WORDS = 1 << 17
"""Pairs are measured together until their shorter texts have so many words: this bounds the memory."""
_NOT_NARRATION = QUOTED | BLOCK


@dataclass(frozen=True, slots=True)
class Measures:
    """What the two texts of each pair share, counts parallel to the pairs.

    `shingles_...` and `narrated_...`: distinct shingles of a text, of its narration; `..._shared`: those in both, by
    what they are. `followed`: words of the shorter text that the longer carries, small edits bridged;
    `longest_run`: words of the longest unbroken passage. `same_...`, `other_...`: figures and names of the shorter
    text that the longer has in the same place, and those that stand there for others; `respelled`: of these names
    those that the longer has there in another spelling. `figures`, `names`: all of the
    shorter text; `..._held`: those of them that the longer has anywhere, each as often. What begins a sentence is no
    name. `solo_words`: those of the shorter text that are syllables or signs of a script that parts no words.
    `lead_words`: with so many words of its own each text begins; `shared_names`: different names in what is shared, and
    `told_again` those of them that the rest of either text tells too.
    """

    shingles_a: Places
    shingles_b: Places
    shared: Places
    narrated_a: Places
    narrated_b: Places
    narrated_shared: Places
    block_shared: Places
    quoted_shared: Places
    words_short: Places
    words_long: Places
    solo_words: Places
    followed: Places
    narrated_words: Places
    narrated_followed: Places
    longest_run: Places
    same_figures: Places
    other_figures: Places
    same_names: Places
    other_names: Places
    respelled: Places
    figures: Places
    figures_held: Places
    names: Places
    names_held: Places
    lead_words: Places
    shared_names: Places
    told_again: Places


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Stretches of few words that are not shared: `begins` in the portion, `long_begins` in the batch.

    `is_between` says whether there are shared words on either side.
    """

    pair: Places
    begins: Places
    sizes: Places
    long_begins: Places
    long_sizes: Places
    is_between: Marks

    def only(self, marks: Marks) -> "_Gaps":
        """Return the marked gaps."""
        return _Gaps(*(getattr(self, name)[marks] for name in self.__slots__))


def measure(batch: Words, pairs: Places) -> Measures:
    """Return what each pair of texts of the batch shares, the texts given by their places in it."""
    texts = read_shingles(batch)
    # Of texts equally long their words decide, not their ids, which hang on where the texts were read.
    rank = np.argsort(np.lexsort((np.asarray(hex_of_words(batch).to_pylist(), np.str_), texts.counts)))
    is_left = rank[pairs[:, 0]] <= rank[pairs[:, 1]]
    short, long = np.where(is_left, pairs[:, 0], pairs[:, 1]), np.where(is_left, pairs[:, 1], pairs[:, 0])
    found = {name: np.zeros(len(pairs), np.int64) for name in Measures.__slots__}
    for name, counts in _whole_texts(texts).items():
        found[f"{name}_a"], found[f"{name}_b"] = counts[pairs[:, 0]], counts[pairs[:, 1]]
    for rows in portions(np.diff(batch.starts)[short], PORTION_WORDS):
        aligned = align(texts, short[rows], long[rows])
        for measures in (
            each(texts, aligned) for each in (_shared, _carried, _longest_run, _held, read_leads)
        ):
            for name, values in measures.items():
                found[name][rows] = values
    return Measures(**found)


def _whole_texts(texts: BatchShingles) -> dict[str, Places]:
    """Count the distinct shingles of each text, and those that are narration where they stand first."""
    begins = texts.words.starts[:-1]
    is_narrated = texts.is_new & ((texts.kinds & _NOT_NARRATION) == 0)
    counts = {}
    for name, marks in (("shingles", texts.is_new), ("narrated", is_narrated)):
        sums = np.concatenate([[0], np.cumsum(marks)])
        counts[name] = sums[begins + texts.counts] - sums[begins]
    return counts


def _shared(texts: BatchShingles, aligned: Alignment) -> dict[str, Places]:
    """Count the distinct shingles in both, by what they are: narration in both, else captions or quotations."""
    here = np.flatnonzero((aligned.place >= 0) & texts.is_new[aligned.at])
    own, other = texts.kinds[aligned.at[here]], texts.kinds[aligned.place[here]]
    is_outside = (own & _NOT_NARRATION) != 0
    is_narrated = ~is_outside & ((other & _NOT_NARRATION) == 0)
    is_block = (np.where(is_outside, texts.words.flags[aligned.at[here]], other) & BLOCK) != 0
    pair, size = aligned.pair[here], len(aligned.short)
    return {
        "shared": np.bincount(pair, minlength=size),
        "narrated_shared": np.bincount(pair[is_narrated], minlength=size),
        "block_shared": np.bincount(pair[is_block], minlength=size),
        "quoted_shared": np.bincount(pair[~is_narrated & ~is_block], minlength=size),
    }


def _carried(texts: BatchShingles, aligned: Alignment) -> dict[str, Places]:
    """Walk along the shorter texts: what is carried, what was edited, what was filled in anew."""
    flags = texts.words.flags[aligned.at]
    is_shared = aligned.place >= 0
    is_carried = is_shared.copy()
    for k in range(1, SHINGLE_WORDS):
        is_carried[k:] |= is_shared[:-k] & (aligned.pair[k:] == aligned.pair[:-k])
    gaps = _gaps(texts, aligned)
    filled = _filled(texts, aligned, gaps)
    filled["same_figures"] += aligned.count(is_carried & ((flags & NUMBER) != 0))
    filled["same_names"] += aligned.count(is_carried & ((flags & (NAME | FIRST)) == NAME))
    edits = gaps.is_between & (gaps.sizes <= SMALL_GAP) & (gaps.long_sizes <= SMALL_GAP)
    is_carried[spread(gaps.begins[edits], gaps.sizes[edits])[0]] = True
    is_narration = (flags & _NOT_NARRATION) == 0
    return filled | {
        "words_short": np.diff(aligned.starts),
        "words_long": texts.words.starts[aligned.long + 1] - texts.words.starts[aligned.long],
        "solo_words": aligned.count((flags & SOLO) != 0),
        "followed": aligned.count(is_carried),
        "narrated_words": aligned.count(is_narration),
        "narrated_followed": aligned.count(is_carried & is_narration),
    }


def _gaps(texts: BatchShingles, aligned: Alignment) -> _Gaps:
    """Return what is before, between and after the shared stretches of each pair, where it is few words."""
    starts, reach = aligned.starts, aligned.reach
    long_starts, long_ends = texts.words.starts[aligned.long], texts.words.starts[aligned.long + 1]
    shared = np.flatnonzero(aligned.place >= 0)
    pair = aligned.pair[shared]
    is_apart = (pair[1:] != pair[:-1]) | (shared[1:] - shared[:-1] > reach[pair[1:]])
    border = np.ones(min(1, len(shared)), bool)
    first, last = shared[np.concatenate([border, is_apart])], shared[np.concatenate([is_apart, border])]
    # Each stretch has a gap before it, and each pair one at its end.
    pair, ends = aligned.pair[first], last + reach[aligned.pair[last]]
    long_stops = aligned.place[last] + reach[aligned.pair[last]]
    is_between = np.concatenate([~border, pair[1:] == pair[:-1]])
    begins = np.where(is_between, np.roll(ends, 1), starts[pair])
    long_begins = np.where(is_between, np.roll(long_stops, 1), long_starts[pair])
    tails, long_tails = starts[:-1].copy(), long_starts.copy()
    tails[pair], long_tails[pair] = ends, long_stops
    gaps = _Gaps(
        pair=np.concatenate([pair, np.arange(len(reach))]),
        begins=np.concatenate([begins, tails]),
        sizes=np.concatenate([first - begins, starts[1:] - tails]),
        long_begins=np.concatenate([long_begins, long_tails]),
        long_sizes=np.concatenate([aligned.place[first] - long_begins, long_ends - long_tails]),
        is_between=np.concatenate([is_between, np.zeros(len(reach), bool)]),
    )
    is_short = (gaps.sizes > 0) & (gaps.sizes <= FIGURE_GAP)
    return gaps.only(is_short & (gaps.long_sizes >= 0) & (gaps.long_sizes <= FIGURE_GAP))


def _filled(texts: BatchShingles, aligned: Alignment, gaps: _Gaps) -> dict[str, Places]:
    """Count the figures and names of gaps that the other text's gap has too, and those it has not."""
    gaps = gaps.only(np.abs(gaps.sizes - gaps.long_sizes) <= FIGURE_SHIFT)
    here, gap = spread(gaps.begins, gaps.sizes)
    here = aligned.at[here]
    flags = texts.words.flags[here]
    is_told = ((flags & NUMBER) != 0) | ((flags & (NAME | FIRST)) == NAME)
    here, gap = here[is_told], gap[is_told]
    there, owner = spread(gaps.long_begins[gap], gaps.long_sizes[gap])
    is_equal = texts.words.hashes[there] == texts.words.hashes[here[owner]]
    spelt = texts.words.spellings
    is_alike = (spelt[there] == spelt[here[owner]]) & (spelt[there] > 0)
    is_same, is_respelled = (
        np.bincount(owner[is_in], minlength=len(here)) > 0 for is_in in (is_equal, is_alike)
    )
    is_figure = (texts.words.flags[here] & NUMBER) != 0
    return {
        name: np.bincount(gaps.pair[gap[marks]], minlength=len(aligned.short))
        for name, marks in (
            ("same_figures", is_figure & is_same),
            ("other_figures", is_figure & ~is_same),
            ("same_names", ~is_figure & is_same),
            ("other_names", ~is_figure & ~is_same),
            ("respelled", ~is_figure & ~is_same & is_respelled),
        )
    }


def _longest_run(texts: BatchShingles, aligned: Alignment) -> dict[str, Places]:
    """Find the words of the longest passage that goes on unbroken in both texts, captions and lists left out."""
    shared = np.flatnonzero(aligned.place >= 0)
    pair = aligned.pair[shared]
    is_in = (texts.words.flags[aligned.at[shared] + aligned.reach[pair] - 1] & BLOCK) == 0
    shared, pair = shared[is_in], pair[is_in]
    steps = aligned.place[shared]
    breaks = (pair[1:] != pair[:-1]) | (shared[1:] - shared[:-1] != 1) | (steps[1:] - steps[:-1] != 1)
    begins = np.concatenate([np.zeros(min(1, len(shared)), np.int64), np.flatnonzero(breaks) + 1])
    longest = np.zeros(len(aligned.short), np.int64)
    runs = np.diff(begins, append=len(shared)) + aligned.reach[pair[begins]] - 1
    np.maximum.at(longest, pair[begins], runs)
    return {"longest_run": longest}


def _held(texts: BatchShingles, aligned: Alignment) -> dict[str, Places]:
    """Count the figures and names of the shorter texts, and those that the longer ones have, each as often."""
    found = {}
    for name, flag, beside in (("figures", NUMBER, 0), ("names", NAME, FIRST)):
        own, pair = _flagged(texts.words, aligned.short, flag, beside)
        other, owner = _flagged(texts.words, aligned.long, flag, 0)
        keys, first, counts = np.unique(by_pair(own, pair), return_index=True, return_counts=True)
        others, other_counts = np.unique(by_pair(other, owner), return_counts=True)
        at = np.minimum(np.searchsorted(others, keys), max(len(others) - 1, 0))
        both = np.flatnonzero(others[at] == keys) if len(others) else np.zeros(0, np.int64)
        held = np.minimum(counts[both], other_counts[at[both]])
        size = len(aligned.short)
        found[name] = np.bincount(pair, minlength=size)
        found[f"{name}_held"] = np.bincount(pair[first[both]], held, minlength=size).astype(np.int64)
    return found


def _flagged(batch: Words, chosen: Places, flag: int, beside: int) -> tuple[NDArray[np.uint64], Places]:
    """Return the words with a flag, and not with the one beside, of the chosen texts, and whose they are."""
    places = np.flatnonzero((batch.flags & (flag | beside)) == flag)
    starts = np.searchsorted(places, batch.starts)
    at, owner = spread(starts[chosen], starts[chosen + 1] - starts[chosen])
    return batch.hashes[places[at]], owner
