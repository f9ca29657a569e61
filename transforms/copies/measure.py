"""Measures what two texts share, by array operations over the words of many pairs.

Enters: words with their flags, and pairs of texts. Leaves: a row of MEASURES a pair.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.copies.shingles import SHINGLE_WORDS, shingles
from transforms.copies.words import BLOCK, NAME, NUMBER, QUOTED, Words
from transforms.text.number_values import number_values
from transforms.text.portions import portions
from transforms.text.spread import spread

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
PORTION_WORDS = 1 << 17
"""Pairs are measured together until their shorter texts have so many words: this bounds the memory."""
_NOT_NARRATION = QUOTED | BLOCK

Places = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Texts:
    """All words of a batch, and the shingle that begins at each, by number.

    `kinds` are the flags of all words of a shingle. `is_new` marks the first of equal shingles of a text,
    `is_repeated` those of them that stand again later. `counts` are the shingles of each text.
    """

    words: Words
    shingles: Places
    counts: Places
    kinds: NDArray[np.uint8]
    is_new: Marks
    is_repeated: Marks
    where: Places


@dataclass(frozen=True, slots=True)
class _Portion:
    """The words of the shorter texts of some pairs, one pair after another, and of each word what it belongs to.

    `at` is its place in the batch, `pair` its pair, `place` where in the batch its shingle stands in the longer text,
    or -1. `starts` says where each pair begins here, `reach` how many words a shingle of the pair has.
    """

    short: Places
    long: Places
    starts: Places
    reach: Places
    at: Places
    pair: Places
    place: Places

    def count(self, marks: Marks) -> Places:
        """Count the marked words of each pair."""
        return np.bincount(self.pair[marks], minlength=len(self.short))


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
        return _Gaps(
            self.pair[marks],
            self.begins[marks],
            self.sizes[marks],
            self.long_begins[marks],
            self.long_sizes[marks],
            self.is_between[marks],
        )


def measure(batch: Words, pairs: Places) -> NDArray[np.int32]:
    """Return a row of MEASURES for each pair of texts of the batch, given by their places in it."""
    texts = _texts(batch)
    is_left = texts.counts[pairs[:, 0]] <= texts.counts[pairs[:, 1]]
    short, long = np.where(is_left, pairs[:, 0], pairs[:, 1]), np.where(is_left, pairs[:, 1], pairs[:, 0])
    whole = _whole_texts(texts)
    found = {name: np.zeros(len(pairs), np.int64) for name in MEASURES}
    for side in (0, 1):
        for name, counts in whole.items():
            found[f"{name}_{'ab'[side]}"] = counts[pairs[:, side]]
    for rows in portions(np.diff(batch.starts)[short], PORTION_WORDS):
        portion = _lay_out(texts, short[rows], long[rows])
        for measures in (_shared(texts, portion), _carried(texts, portion), _longest_run(texts, portion)):
            for name, values in measures.items():
                found[name][rows] = values
    return np.stack([found[name] for name in MEASURES], axis=1).astype(np.int32)


def _texts(batch: Words) -> _Texts:
    values, counts = shingles(batch)
    _, numbers = number_values(values)
    kinds = batch.flags.copy()
    for k in range(1, SHINGLE_WORDS):
        kinds[:-k] |= batch.flags[k:]
    for text in np.flatnonzero(counts == 1).tolist():
        begin = batch.starts[text]
        kinds[begin] = np.bitwise_or.reduce(
            batch.flags[begin : min(batch.starts[text + 1], begin + SHINGLE_WORDS)]
        )
    texts = _Texts(
        batch,
        numbers,
        counts,
        kinds,
        np.zeros(len(numbers), bool),
        np.zeros(len(numbers), bool),
        np.full(len(numbers), -1),
    )
    for text in range(len(counts)):
        begin, end = batch.starts[text], batch.starts[text] + counts[text]
        first = _look_up(texts, text, numbers[begin:end])
        texts.is_new[begin:end] = first == np.arange(begin, end)
        texts.is_repeated[first[~texts.is_new[begin:end]]] = True
    return texts


def _look_up(texts: _Texts, text: int, wanted: Places) -> Places:
    """Return the first place in the text of each wanted shingle, or -1; `where` is all -1 before and after."""
    begin, end = texts.words.starts[text], texts.words.starts[text] + texts.counts[text]
    known = texts.shingles[begin:end]
    texts.where[known[::-1]] = np.arange(begin, end)[::-1]
    places = texts.where[wanted]
    texts.where[known] = -1
    return places


def _whole_texts(texts: _Texts) -> dict[str, Places]:
    """Count the distinct shingles of each text, and those that are narration where they stand first."""
    begins = texts.words.starts[:-1]
    counts = {}
    for name, marks in (
        ("shingles", texts.is_new),
        ("narrated", texts.is_new & ((texts.kinds & _NOT_NARRATION) == 0)),
    ):
        sums = np.concatenate([[0], np.cumsum(marks)])
        counts[name] = sums[begins + texts.counts] - sums[begins]
    return counts


def _lay_out(texts: _Texts, short: Places, long: Places) -> _Portion:
    begins, counts = texts.words.starts[short], texts.counts[short]
    sizes = texts.words.starts[short + 1] - begins
    at, pair = spread(begins, sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    place = np.full(len(at), -1)
    for start, begin, count, other in zip(
        starts[:-1].tolist(), begins.tolist(), counts.tolist(), long.tolist(), strict=True
    ):
        place[start : start + count] = _look_up(texts, other, texts.shingles[begin : begin + count])
    portion = _Portion(short, long, starts, np.minimum(SHINGLE_WORDS, sizes), at, pair, place)
    _prefer_onward(texts, portion)
    return portion


def _prefer_onward(texts: _Texts, portion: _Portion) -> None:
    """Of a shingle that stands at several places take the one that goes on from the shingle before."""
    place, ends = portion.place, texts.words.starts[portion.long] + texts.counts[portion.long]
    is_first = np.zeros(len(place) + 1, bool)
    is_first[portion.starts] = True
    for i in np.flatnonzero((place >= 0) & texts.is_repeated[place] & ~is_first[:-1]).tolist():
        onward = place[i - 1] + 1
        if 0 < onward < ends[portion.pair[i]] and texts.shingles[onward] == texts.shingles[portion.at[i]]:
            place[i] = onward


def _shared(texts: _Texts, portion: _Portion) -> dict[str, Places]:
    """Count the distinct shingles in both, by what they are: narration in both, else captions or quotations."""
    here = np.flatnonzero((portion.place >= 0) & texts.is_new[portion.at])
    own, other = texts.kinds[portion.at[here]], texts.kinds[portion.place[here]]
    is_outside = (own & _NOT_NARRATION) != 0
    is_narrated = ~is_outside & ((other & _NOT_NARRATION) == 0)
    is_block = (np.where(is_outside, texts.words.flags[portion.at[here]], other) & BLOCK) != 0
    pair, size = portion.pair[here], len(portion.short)
    return {
        "shared": np.bincount(pair, minlength=size),
        "narrated_shared": np.bincount(pair[is_narrated], minlength=size),
        "block_shared": np.bincount(pair[is_block], minlength=size),
        "quoted_shared": np.bincount(pair[~is_narrated & ~is_block], minlength=size),
    }


def _carried(texts: _Texts, portion: _Portion) -> dict[str, Places]:
    """Walk along the shorter texts: what is carried, what was edited, what was filled in anew."""
    flags = texts.words.flags[portion.at]
    is_shared = portion.place >= 0
    is_carried = is_shared.copy()
    for k in range(1, SHINGLE_WORDS):
        is_carried[k:] |= is_shared[:-k] & (portion.pair[k:] == portion.pair[:-k])
    gaps = _gaps(texts, portion)
    filled = _filled(texts, portion, gaps)
    filled["same_figures"] += portion.count(is_carried & ((flags & NUMBER) != 0))
    filled["same_names"] += portion.count(is_carried & ((flags & NAME) != 0))
    edits = gaps.is_between & (gaps.sizes <= SMALL_GAP) & (gaps.long_sizes <= SMALL_GAP)
    is_carried[spread(gaps.begins[edits], gaps.sizes[edits])[0]] = True
    is_narration = (flags & _NOT_NARRATION) == 0
    return filled | {
        "words_short": np.diff(portion.starts),
        "words_long": texts.words.starts[portion.long + 1] - texts.words.starts[portion.long],
        "followed": portion.count(is_carried),
        "narrated_words": portion.count(is_narration),
        "narrated_followed": portion.count(is_carried & is_narration),
    }


def _gaps(texts: _Texts, portion: _Portion) -> _Gaps:
    """Return what is before, between and after the shared stretches of each pair, where it is few words."""
    starts, reach = portion.starts, portion.reach
    long_starts, long_ends = texts.words.starts[portion.long], texts.words.starts[portion.long + 1]
    shared = np.flatnonzero(portion.place >= 0)
    pair = portion.pair[shared]
    is_apart = (pair[1:] != pair[:-1]) | (shared[1:] - shared[:-1] > reach[pair[1:]])
    border = np.ones(min(1, len(shared)), bool)
    first, last = shared[np.concatenate([border, is_apart])], shared[np.concatenate([is_apart, border])]
    # Each stretch has a gap before it, and each pair one at its end.
    pair, ends = portion.pair[first], last + reach[portion.pair[last]]
    long_stops = portion.place[last] + reach[portion.pair[last]]
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
        long_sizes=np.concatenate([portion.place[first] - long_begins, long_ends - long_tails]),
        is_between=np.concatenate([is_between, np.zeros(len(reach), bool)]),
    )
    is_short = (gaps.sizes > 0) & (gaps.sizes <= FIGURE_GAP)
    return gaps.only(is_short & (gaps.long_sizes >= 0) & (gaps.long_sizes <= FIGURE_GAP))


def _filled(texts: _Texts, portion: _Portion, gaps: _Gaps) -> dict[str, Places]:
    """Count the figures and names of gaps that the other text's gap has too, and those it has not."""
    gaps = gaps.only(np.abs(gaps.sizes - gaps.long_sizes) <= FIGURE_SHIFT)
    here, gap = spread(gaps.begins, gaps.sizes)
    here = portion.at[here]
    is_told = (texts.words.flags[here] & (NUMBER | NAME)) != 0
    here, gap = here[is_told], gap[is_told]
    there, owner = spread(gaps.long_begins[gap], gaps.long_sizes[gap])
    is_equal = texts.words.hashes[there] == texts.words.hashes[here[owner]]
    is_same = np.bincount(owner[is_equal], minlength=len(here)) > 0
    is_figure = (texts.words.flags[here] & NUMBER) != 0
    return {
        name: np.bincount(gaps.pair[gap[marks]], minlength=len(portion.short))
        for name, marks in (
            ("same_figures", is_figure & is_same),
            ("other_figures", is_figure & ~is_same),
            ("same_names", ~is_figure & is_same),
            ("other_names", ~is_figure & ~is_same),
        )
    }


def _longest_run(texts: _Texts, portion: _Portion) -> dict[str, Places]:
    """Find the words of the longest passage that goes on unbroken in both texts, captions and lists left out."""
    shared = np.flatnonzero(portion.place >= 0)
    pair = portion.pair[shared]
    is_in = (texts.words.flags[portion.at[shared] + portion.reach[pair] - 1] & BLOCK) == 0
    shared, pair = shared[is_in], pair[is_in]
    steps = portion.place[shared]
    breaks = (pair[1:] != pair[:-1]) | (shared[1:] - shared[:-1] != 1) | (steps[1:] - steps[:-1] != 1)
    begins = np.concatenate([np.zeros(min(1, len(shared)), np.int64), np.flatnonzero(breaks) + 1])
    longest = np.zeros(len(portion.short), np.int64)
    runs = np.diff(begins, append=len(shared)) + portion.reach[pair[begins]] - 1
    np.maximum.at(longest, pair[begins], runs)
    return {"longest_run": longest}
