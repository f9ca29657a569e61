"""Fold the articles of a window into votes and lay them out for comparison.

Enters: rows of story_features. Leaves: `Votes` in canonical order, with which article belongs to which vote.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.stories.compare_votes import Floats, Ints, Votes
from transforms.stories.scan_texts import KIND_SHIFT
from transforms.stories.vocabulary import Vocabulary, term_weights

MICROS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class GatherParams:
    """How votes are weighed.

    `word_weight`, `name_weight` and `number_weight` are the shares of the three kinds of terms in the likeness;
    terms in more than `common_ratio` of all articles count nothing; a time of up to `narrow_days` is narrow.
    """

    word_weight: float = 2.0
    name_weight: float = 2.0
    number_weight: float = 1.0
    common_ratio: float = 0.10
    narrow_days: float = 7.0


@dataclass(frozen=True, slots=True)
class Gathered:
    """`votes`, the row of the table that speaks for each, and each row's vote number.

    `column_terms` and `column_weights` say of each column which term it is, and how rare.
    """

    votes: Votes
    speaker_rows: Ints
    vote_of_row: Ints
    column_terms: Ints
    column_weights: Floats


def gather_votes(features: pa.Table, vocabulary: Vocabulary, params: GatherParams) -> Gathered:
    """Return the votes of all rows; a vote speaks with its representative's words and has its earliest times."""
    speakers, vote_of_row, low, high = _fold(features, params)
    chosen = features.take(pa.array(speakers))
    values, starts, columns, column_terms, weights = _weigh(chosen, vocabulary, params)
    quotes, quote_starts = _flat(chosen["quotes"])
    contrast_years, contrast_starts = _flat(chosen["contrast_years"])
    postings = _invert(starts, columns)
    posting_starts = np.zeros(int(columns.max(initial=-1)) + 2, dtype=np.int64)
    np.cumsum(np.bincount(columns, minlength=len(posting_starts) - 1), out=posting_starts[1:])
    votes = Votes(
        starts=starts,
        columns=columns,
        values=values,
        quote_starts=quote_starts,
        quotes=_sorted_within(quotes, quote_starts),
        low=low,
        high=high,
        latest_year=pc.fill_null(chosen["latest_year"], 0).to_numpy().astype(np.int64),
        contrast_starts=contrast_starts,
        contrast_years=contrast_years,
        narrow_count=int(np.count_nonzero(high - low <= params.narrow_days)),
        posting_starts=posting_starts,
        postings=postings[0],
        posting_values=values[postings[1]],
    )
    return Gathered(votes, speakers, vote_of_row, column_terms, weights)


def days_of(column: pa.ChunkedArray, missing: float) -> Floats:
    """Return timestamps as days since 1970, `missing` where null."""
    days: Floats = pc.fill_null(column.cast(pa.int64()), 0).to_numpy().astype(np.float64) / MICROS_A_DAY
    days[pc.is_null(column).to_numpy(zero_copy_only=False)] = missing
    return days


def _fold(features: pa.Table, params: GatherParams) -> tuple[Ints, Ints, Floats, Floats]:
    """Return each vote's speaker, each row's vote, and the votes' times, votes in canonical order."""
    low, high = days_of(features["start_at"], -np.inf), days_of(features["end_at"], np.inf)
    articles = np.asarray(features["article_id"].to_pylist(), dtype="U20")
    _, vote = np.unique(np.asarray(features["vote_id"].to_pylist(), dtype="U20"), return_inverse=True)
    speaks = ~pc.fill_null(features["is_representative"], False).to_numpy(zero_copy_only=False)
    by_vote = np.lexsort((articles, low, speaks, vote))
    first = np.flatnonzero(np.diff(vote[by_vote], prepend=-1))
    speakers = by_vote[first]
    # Copies reprint: the vote stands at its earliest narrow time, else at its speaker's.
    narrow = high - low <= params.narrow_days
    earliest = np.lexsort((articles, low, ~narrow, vote))[first]
    vote_low, vote_high = low[earliest], high[earliest]
    wide = vote_high - vote_low > params.narrow_days
    order = np.lexsort((articles[speakers], np.where(wide, 0.0, vote_low), wide))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return speakers[order], number[vote], vote_low[order], vote_high[order]


def _flat(column: pa.ChunkedArray) -> tuple[Ints, Ints]:
    lists = column.combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = pa.concat_arrays(lists.chunks) if lists.num_chunks else pa.array([], column.type)
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return pc.list_flatten(lists).to_numpy(zero_copy_only=False).astype(np.int64), starts


def _sorted_within(values: Ints, starts: Ints) -> Ints:
    segment = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return values[np.lexsort((values, segment))]


def _weigh(
    chosen: pa.Table, vocabulary: Vocabulary, params: GatherParams
) -> tuple[npt.NDArray[np.float32], Ints, Ints, Ints, Floats]:
    """Return values, row starts and columns of the terms that are not common, and the columns' terms and weights."""
    terms, starts = _flat(chosen["terms"])
    row = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    weights, ratios = _by_language(terms, row, chosen["language"].to_pylist(), vocabulary)
    kind = terms >> KIND_SHIFT
    shares = np.array([params.word_weight, params.name_weight, params.number_weight])
    block = row * 3 + kind
    squares = np.bincount(block, weights=weights**2, minlength=3 * (len(starts) - 1))
    length = np.sqrt(squares)[block]
    values = np.sqrt(shares / shares.sum())[kind] * weights / np.where(length > 0, length, 1)
    kept = (ratios <= params.common_ratio) & (weights > 0)
    distinct, first, columns = np.unique(terms[kept], return_index=True, return_inverse=True)
    kept_starts = np.zeros(len(starts), dtype=np.int64)
    np.cumsum(np.bincount(row[kept], minlength=len(starts) - 1), out=kept_starts[1:])
    column_weights = weights[kept][first]
    return values[kept].astype(np.float32), kept_starts, columns.astype(np.int64), distinct, column_weights


def _by_language(
    terms: Ints, row: Ints, languages: list[str], vocabulary: Vocabulary
) -> tuple[Floats, Floats]:
    weights, ratios = np.zeros(len(terms)), np.zeros(len(terms))
    names, code = np.unique(np.asarray(languages, dtype="U12"), return_inverse=True)
    for number, language in enumerate(names):
        of_language = code[row] == number
        distinct, where = np.unique(terms[of_language], return_inverse=True)
        weight, ratio = term_weights(distinct, str(language), vocabulary)
        weights[of_language], ratios[of_language] = weight[where], ratio[where]
    return weights, ratios


def _invert(starts: Ints, columns: Ints) -> tuple[Ints, Ints]:
    """Return the rows of each column, columns in order, and where the values of those rows stand."""
    row = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.argsort(columns, kind="stable")
    return row[order], order
