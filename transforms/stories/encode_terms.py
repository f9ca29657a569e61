"""Dictionary-encode the terms of articles as they are read: they are most of a window's memory, and half of it so.

Enters: features of articles, batch after batch. Leaves: the same without terms, and these as codes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from copydesk.transforms.stories.scan_texts import HASH_BITS, TERM_BITS, hash_word
from copydesk.transforms.stories.votes import Bools, Ints, Ints32
from copydesk.transforms.text.segments import flat_lists, number_values

_BATCH_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class TermBatch:
    """Terms of some articles: row i has the `marked` terms at the `codes` in [starts[i], starts[i + 1]).

    Marked terms are told apart by their language too, and have the sign of the terms.
    """

    starts: Ints
    codes: Ints32
    marked: Ints

    def codes_of(self, is_chosen: Bools) -> Ints32:
        """Return the codes of the chosen rows, one row after another."""
        return self.codes[np.repeat(is_chosen, np.diff(self.starts))]

    def terms(self, mark: int) -> Ints:
        """Return the term of each code, without its sign, where all are of the language with the mark."""
        return (self.marked ^ mark) & TERM_BITS


@dataclass(frozen=True, slots=True)
class EncodedTerms:
    """The terms of the articles of a window, in batches."""

    batches: list[TermBatch] = field(default_factory=list)

    def of(self, rows: Ints) -> Iterator[tuple[TermBatch, Bools]]:
        """Yield each batch, and which of its rows are among some."""
        is_chosen = np.zeros(sum(len(batch.starts) - 1 for batch in self.batches), np.bool_)
        is_chosen[rows] = True
        end = 0
        for batch in self.batches:
            begin, end = end, end + len(batch.starts) - 1
            yield batch, is_chosen[begin:end]

    def views(self) -> list[Ints32]:
        """Return the codes of each row where they lie."""
        return [
            batch.codes[begin:end]
            for batch in self.batches
            for begin, end in zip(batch.starts[:-1].tolist(), batch.starts[1:].tolist(), strict=True)
        ]


def language_mark(language: str) -> int:
    """Return the bits that tell the terms of a language from those of others."""
    return hash_word(language) & HASH_BITS


def encode_terms(parts: Iterable[pa.Table]) -> tuple[pa.Table, EncodedTerms]:
    """Return the rows of all parts without their `terms`, and these; a part is let go before the next one is taken."""
    rows: list[pa.Table] = []
    encoded = EncodedTerms()
    for part in parts:
        for batch in part.select(["language", "terms"]).to_batches(max_chunksize=_BATCH_ROWS):
            encoded.batches.append(_encode(pa.Table.from_batches([batch])))
        rows.append(part.drop_columns(["terms"]))
    return pa.concat_tables(rows), encoded


def _encode(batch: pa.Table) -> TermBatch:
    terms, starts = flat_lists(batch["terms"])
    marked, codes = number_values(terms ^ np.repeat(_marks(batch["language"].to_pylist()), np.diff(starts)))
    return TermBatch(starts, codes.astype(np.int32), marked)


def _marks(languages: Sequence[str]) -> Ints:
    marks = {language: language_mark(language) for language in set(languages)}
    return np.array([marks[language] for language in languages], np.int64)
