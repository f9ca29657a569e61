"""Fold the articles of a window into votes and lay them out for comparison.

Enters: rows of story_features. Leaves: `Votes` in canonical order, with which article belongs to which vote.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.transforms.stories.encode_terms import EncodedTerms
from copydesk.transforms.stories.read_facts import KIND_SHIFT, VALUE_BITS, WEEKDAY
from copydesk.transforms.stories.vocabulary import Vocabulary
from copydesk.transforms.stories.votes import Bools, Floats, Ints, NumberLists, QuotedRuns, Votes
from copydesk.transforms.stories.weigh_terms import Weighed, weigh_terms
from copydesk.transforms.text.segments import (
    batches,
    flat_lists,
    rows_of,
)

MICROS_A_DAY = 86_400_000_000
_BATCH = 1 << 10
_TOLD = ["language", "latest_year", "contrast_years", "facts"]

_ANOTHER_DAY = 0.75
FORMS = pa.schema([("article_id_a", pa.string()), ("article_id_b", pa.string())])
_NO_FORMS = FORMS.empty_table()


@dataclass(frozen=True, slots=True)
class GatherThresholds:
    """How votes are weighed.

    `word_weight`, `name_weight` and `number_weight` are the shares of the three kinds of terms in the likeness, and
    `title_weight` what the words of titles count on top where both have one, in the same measure; terms in more than
    `common_ratio` of all articles count nothing, and only those in up to `rare_ratio` make two votes candidates; a time
    of up to `narrow_days` is narrow. `crowd_votes` of one language are a crowd, in which what all share tells nothing.
    Words stand for the names of a vote that tells up to `few_names` names and numbers.
    """

    word_weight: float = 2.0
    name_weight: float = 1.5
    number_weight: float = 1.0
    title_weight: float = 1.0
    common_ratio: float = 0.10
    rare_ratio: float = 0.02
    narrow_days: float = 7.0
    crowd_votes: int = 100
    few_names: int = 2


@dataclass(frozen=True, slots=True)
class Gathered:
    """`votes`, the row of the table that speaks for each, and each row's vote number."""

    votes: Votes
    speaker_rows: Ints
    vote_of_row: Ints


def gather_votes(
    features: pa.Table,
    terms: EncodedTerms,
    vocabulary: Vocabulary,
    thresholds: GatherThresholds,
    forms: pa.Table = _NO_FORMS,
) -> Gathered:
    """Return the votes of all rows; a vote speaks with its representative's words and has its earliest times.

    `terms` are those of the rows; their batches are taken away, since they are most of what a window holds. `forms` are
    pairs of articles that fill in one form anew.
    """
    speakers, vote_of_row, low, high = _fold(features, thresholds)
    quotes = _shared_quotes(*flat_lists(features["quotes"].take(pa.array(speakers))))
    chosen = features.select(_TOLD).take(pa.array(speakers))
    weighed = weigh_terms(terms, speakers, chosen["language"].to_pylist(), vocabulary, thresholds)
    facts = NumberLists(*flat_lists(chosen["facts"]))
    is_narrow = high - low <= thresholds.narrow_days
    votes = Votes(
        sizes=weighed.sizes,
        rare=weighed.rare,
        common=weighed.common,
        titles=weighed.titles,
        quotes=quotes,
        apart=_apart(features, forms, vote_of_row, low, is_narrow),
        background=_background(weighed, chosen["language"], thresholds.crowd_votes),
        low=low,
        high=high,
        latest_year=pc.fill_null(chosen["latest_year"], 0).to_numpy().astype(np.int64),
        contrast_years=NumberLists(*flat_lists(chosen["contrast_years"])),
        facts=facts,
        weekdays=_weekdays(facts),
        narrow_count=int(np.count_nonzero(is_narrow)),
    )
    return Gathered(votes, speakers, vote_of_row)


def days_of(column: pa.ChunkedArray, missing: float) -> Floats:
    """Return timestamps as days since 1970, `missing` where null."""
    days: Floats = pc.fill_null(column.cast(pa.int64()), 0).to_numpy().astype(np.float64) / MICROS_A_DAY
    days[pc.is_null(column).to_numpy(zero_copy_only=False)] = missing
    return days


def _fold(features: pa.Table, thresholds: GatherThresholds) -> tuple[Ints, Ints, Floats, Floats]:
    """Return each vote's speaker, each row's vote, and the votes' times, votes in canonical order."""
    low, high = days_of(features["start_at"], -np.inf), days_of(features["end_at"], np.inf)
    articles = np.asarray(features["article_id"].to_pylist(), dtype="U20")
    _, vote = np.unique(np.asarray(features["vote_id"].to_pylist(), dtype="U20"), return_inverse=True)
    speaks = ~pc.fill_null(features["is_representative"], False).to_numpy(zero_copy_only=False)
    by_vote = np.lexsort((articles, low, speaks, vote))
    first = np.flatnonzero(np.diff(vote[by_vote], prepend=-1))
    speakers = by_vote[first]
    # Copies reprint: the vote stands at its earliest narrow time, else at its speaker's.
    narrow = high - low <= thresholds.narrow_days
    earliest = np.lexsort((articles, low, ~narrow, vote))[first]
    vote_low, vote_high = low[earliest], high[earliest]
    wide = vote_high - vote_low > thresholds.narrow_days
    order = np.lexsort((articles[speakers], np.where(wide, 0.0, vote_low), wide))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return speakers[order], number[vote], vote_low[order], vote_high[order]


def _apart(features: pa.Table, forms: pa.Table, vote_of_row: Ints, low: Floats, is_narrow: Bools) -> Ints:
    """Return both votes of each pair of votes that fill one form on different days, as one sorted number."""
    sides = [
        pc.index_in(forms[name], value_set=features["article_id"].combine_chunks()) for name in FORMS.names
    ]
    is_here = pc.and_(*(pc.is_valid(side) for side in sides))
    one, other = (vote_of_row[side.filter(is_here).to_numpy()] for side in sides)
    known = is_narrow[one] & is_narrow[other]
    one, other = one[known], other[known]
    is_apart = np.abs(low[one] - low[other]) >= _ANOTHER_DAY
    one, other = one[is_apart], other[is_apart]
    return np.unique(np.concatenate([one * len(low) + other, other * len(low) + one]))


def _background(weighed: Weighed, languages: pa.ChunkedArray, crowd_votes: int) -> Floats:
    """Return the mean likeness of each vote to all others of its language, 0 where they are no crowd.

    It is what a vote shares with their sum, itself left out.
    """
    count = len(weighed.sizes)
    _, language, sizes = np.unique(
        np.asarray(languages.to_pylist(), dtype=str), return_inverse=True, return_counts=True
    )
    crowds = sizes[language]
    shared = np.zeros(count)
    for rows in (weighed.rare, weighed.common):
        sums = np.zeros(len(rows.weights))
        stretches = [rows.starts[begin : begin + _BATCH + 1] for begin in range(0, count, _BATCH)]
        for starts in stretches:
            terms = slice(starts[0], starts[-1])
            np.add.at(sums, rows.columns[terms].astype(np.int64), rows.values[terms].astype(np.float64))
        for begin, starts in zip(range(0, count, _BATCH), stretches, strict=True):
            terms = slice(starts[0], starts[-1])
            values = rows.values[terms].astype(np.float64)
            products = values * (sums[rows.columns[terms]] - values)
            vote = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
            shared[begin : begin + _BATCH] += np.bincount(vote, products, minlength=len(starts) - 1)
    return np.where(crowds >= crowd_votes, shared / np.maximum(crowds - 1, 1), 0.0)


def _weekdays(facts: NumberLists) -> Ints:
    """Return the weekdays that each vote names, a bit each."""
    is_day = facts.values >> KIND_SHIFT == WEEKDAY
    days = np.zeros(len(facts.starts) - 1, np.int64)
    np.bitwise_or.at(days, rows_of(facts.starts)[is_day], 1 << (facts.values[is_day] & VALUE_BITS))
    return days


def _shared_quotes(quotes: Ints, starts: Ints) -> QuotedRuns:
    """Return the runs of quoted words that more than one vote holds."""
    ordered = np.sort(quotes)
    heard = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    width = max(1, len(heard))
    sought = np.append(heard, 0)
    holders = np.zeros(width, np.int64)
    keys, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for votes in batches(len(starts) - 1, _BATCH):
        here = starts[votes.start : votes.stop + 1]
        own, row = quotes[here[0] : here[-1]], rows_of(here) + votes.start
        number = np.searchsorted(heard, own)
        is_heard = (sought[number] == own) & (number < len(heard))
        key, count = np.unique((row * width + number)[is_heard], return_counts=True)
        holders += np.bincount(key % width, minlength=width)
        keys.append(key)
        counts.append(count)
    key, count = np.concatenate(keys), np.concatenate(counts)
    shared = holders[key % width] > 1
    return QuotedRuns.of(key[shared], count[shared], rows=len(starts) - 1, width=width)
