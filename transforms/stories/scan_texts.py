"""Read the words, names, numbers, quotations and years of many texts by array operations.

Enters: texts. Leaves: flat arrays with offsets, a segment a text.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from copydesk.transforms.stories.read_tokens import Tokens, read_tokens
from copydesk.transforms.text.hash_words import CHAIN_FACTOR, mix, mix_one, mixed_chain
from copydesk.transforms.text.segments import portions, sort_segments, starts_of

WORD, NAME, NUMBER, TITLE = 0, 1, 2, 3
KIND_SHIFT = 61
"""A term's kind stands in bits 61 and 62 of its hash."""
HASH_BITS = (1 << KIND_SHIFT) - 1
TERM_BITS = (1 << 63) - 1
"""Without the sign, which says that the term stands in no part of the opening."""

QUOTE_RUN_WORDS = 5
_LEAD_TOKENS = 100
_OPENING_RATIO = 0.5
_OPENING_TOKENS = 50
"""A text opens with so much of it, headline and all, and with so many tokens at least."""
_NOUN_CAPITALS_RATIO = 0.30
_BITS = (1 << 64) - 1
_LONG_ENOUGH_WORDS = 40
_PORTION_CHARS = 1 << 18
"""So many characters are read at a time: their arrays stay in the processor's cache."""

_CALENDAR = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scan:
    """Flat columns: the terms of text i are terms[term_starts[i]:term_starts[i + 1]], and so on.

    `terms` are distinct and sorted within a text, and negative after its opening (TERM_BITS are the term); `leads` are
    the names among them that stand in its first words;
    `quotes` stand in text order; `years` are the numbers that can be a year, with `year_at` their position. Quotations
    open at `opens` and close at `closes`, at their marks or a line's end.
    """

    terms: Ints
    term_starts: Ints
    leads: Ints
    lead_starts: Ints
    quotes: Ints
    quote_starts: Ints
    years: Ints
    year_at: Ints
    year_starts: Ints
    opens: Ints
    closes: Ints
    quotation_starts: Ints


def scan_texts(texts: list[str], title_chars: list[int], *, word_letters: list[int] | None = None) -> Scan:
    """Return the features of texts whose first `title_chars` characters are their titles.

    `word_letters`: how many letters stand for a word of each text; all of them unless given.
    """
    sizes = np.array([len(text) for text in texts], np.int64)
    titles, letters = np.array(title_chars, np.int64), np.array(word_letters or sizes, np.int64)
    scans = [
        _scan(read_tokens(texts[rows], letters[rows]), titles[rows])
        for rows in portions(sizes, _PORTION_CHARS)
    ]
    columns = [_joined([getattr(scan, name) for scan in scans], name) for name in Scan.__slots__]
    return Scan(*columns)


def _joined(parts: list[Ints], name: str) -> Ints:
    if not name.endswith("_starts"):
        return np.concatenate([np.zeros(0, np.int64), *parts])
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *(np.diff(part) for part in parts)]))


@cache
def _calendar() -> npt.NDArray[np.uint64]:
    return np.array([hash_word(name) for name in _CALENDAR.split()], dtype=np.uint64)


def hash_word(word: str) -> int:
    """Return the hash of a lower-case word as the scan makes it, without its kind."""
    value = 0
    for character in word:
        value = mix_one(value * CHAIN_FACTOR + ord(character) & _BITS)
    return value


def _scan(tokens: Tokens, title_chars: Ints) -> Scan:
    count = len(title_chars)
    terms = _terms(tokens, title_chars)
    place = terms.token - tokens.starts[terms.text]
    is_lead = (terms.values >> KIND_SHIFT == NAME) & (place < _LEAD_TOKENS)
    opening = np.maximum(np.diff(tokens.starts) * _OPENING_RATIO, _OPENING_TOKENS)
    # The place of a term is its last bit, and so sorts those of the opening before all other of their value.
    placed = terms.values.astype(np.uint64) << np.uint64(1) | (place >= opening[terms.text])
    quotes, quote_texts = _quote_runs(tokens)
    is_year = tokens.years > 0
    return Scan(
        *_distinct(placed, terms.text, count),
        *_distinct(placed[is_lead] & ~np.uint64(1), terms.text[is_lead], count),
        quotes,
        starts_of(quote_texts, count),
        tokens.years[is_year],
        tokens.at[is_year],
        starts_of(tokens.text[is_year], count),
        *tokens.quotations[1:],
        starts_of(tokens.quotations[0], count),
    )


@dataclass(frozen=True, slots=True)
class _Terms:
    """Terms with repetitions, the text of each and the token that it ends with."""

    values: Ints
    text: Ints
    token: Ints


def _terms(tokens: Tokens, title_chars: Ints) -> _Terms:
    """Return words, numbers and names; where capitals are cheap, only neighbouring capitalised words are names."""
    values = tokens.values
    is_word = ~tokens.is_number & ~tokens.is_single
    in_title = is_word & (tokens.at < title_chars[tokens.text])
    is_name = is_word & tokens.is_capital & ~in_title
    is_name[is_name] = ~np.isin(values[is_name], _calendar())
    is_cheap = _capitals_are_cheap(tokens, len(title_chars))[tokens.text]
    pairs = np.flatnonzero(is_name[1:] & is_name[:-1] & ~tokens.opens[1:]) + 1
    cheap = pairs[is_cheap[pairs]]
    before_cheap = cheap[~tokens.opens[cheap - 1]]
    emitted = [
        (WORD, np.flatnonzero(is_word), values[is_word]),
        (NUMBER, np.flatnonzero(tokens.is_number), values[tokens.is_number]),
        (TITLE, np.flatnonzero(in_title), values[in_title]),
    ]
    alone = np.flatnonzero(is_name & ~tokens.opens & ~is_cheap)
    emitted += [
        (NAME, alone, values[alone]),
        (NAME, pairs, mix(values[pairs - 1] * np.uint64(CHAIN_FACTOR) + values[pairs])),
        (NAME, cheap, values[cheap]),
        (NAME, before_cheap, values[before_cheap - 1]),
    ]
    token = np.concatenate([where for _, where, _ in emitted])
    hashes = [
        (found & np.uint64(HASH_BITS)).astype(np.int64) | kind << KIND_SHIFT for kind, _, found in emitted
    ]
    return _Terms(np.concatenate(hashes), tokens.text[token], token)


def _capitals_are_cheap(tokens: Tokens, count: int) -> npt.NDArray[np.bool_]:
    """Whether so many words inside sentences are capitalised that nouns must be (as in German), for each text."""
    is_inside = ~tokens.is_number & ~tokens.opens & ~tokens.is_single
    words = np.bincount(tokens.text[is_inside], minlength=count)
    capitals = np.bincount(tokens.text[is_inside & tokens.is_capital], minlength=count)
    return (words >= _LONG_ENOUGH_WORDS) & (capitals > _NOUN_CAPITALS_RATIO * words)


def _distinct(placed: npt.NDArray[np.uint64], text: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the distinct values of each text, sorted, negative where the last bit was set, and where each's begin."""
    order = np.argsort(text, kind="stable")
    text, ordered = text[order], sort_segments(placed[order], starts_of(text, count))
    values = (ordered >> np.uint64(1)).astype(np.int64)
    is_new = np.ones(len(text), bool)
    is_new[1:] = (text[1:] != text[:-1]) | (values[1:] != values[:-1])
    values[(ordered & np.uint64(1)) != 0] |= ~TERM_BITS
    return values[is_new], starts_of(text[is_new], count)


def _quote_runs(tokens: Tokens) -> tuple[Ints, Ints]:
    """Return the hash of each run of QUOTE_RUN_WORDS words inside one quotation, and its text."""
    quoted = np.flatnonzero(tokens.is_quoted)
    numbers = np.arange(len(quoted))
    begins = tokens.opens_quote[quoted] | (np.diff(quoted, prepend=-2) > 1)
    first = np.maximum.accumulate(np.where(begins, numbers, 0))
    last = quoted[numbers - first >= QUOTE_RUN_WORDS - 1]
    lengths = np.full(len(last), QUOTE_RUN_WORDS)
    chains = mixed_chain(tokens.values, last - QUOTE_RUN_WORDS + 1, lengths)
    return (chains & np.uint64(HASH_BITS)).astype(np.int64), tokens.text[last]
