"""Words of many texts at once: a 64-bit hash and what is known of each, without a Python object a word.

Enters: a string column. Leaves: `Words`.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.transforms.copies import code_points as cp
from copydesk.transforms.text.hash_words import mix, sum_of_powers
from copydesk.transforms.text.neighbours import (
    CLOSES,
    OPENS,
    TURNS,
    after,
    before,
    follow_quotations,
    places_before,
)
from copydesk.transforms.text.segments import portions, spread

QUOTED = 1
BLOCK = 2
NUMBER = 4
NAME = 8
FIRST = 16
SOLO = 32

LETTER_BASE = 0x9E3779B97F4A7C15
PORTION_BYTES = 1 << 18
"""So much text is read at a time: its arrays stay in the processor's cache."""

_BREAKS = cp.QUOTES | cp.LINE_END

_POWERS = np.cumprod(np.full(16, 0x9E3779B97F4A7C15, np.uint64))
_IS_FREE = np.zeros(0x180, bool)
_IS_FREE[[ord(letter) for letter in "aeiouyhgøæœı"]] = True
"""Vowels differ from one transcription to the next, and so do g and h: Sergei, Serhii."""


@dataclass(frozen=True, slots=True)
class Words:
    """Hashes and flags of all words of all texts; those of text i are [starts[i], starts[i + 1]).

    `spellings`: of a name within a sentence a number that its other spellings have too, else 0.
    """

    hashes: NDArray[np.uint64]
    flags: NDArray[np.uint8]
    spellings: NDArray[np.uint64]
    starts: NDArray[np.int64]


def words(texts: pa.ChunkedArray | pa.Array) -> Words:
    """Return the words of each text: runs of letters and digits, folded as `code_points` says.

    A Han or kana character is a word, hashed with its neighbour; so is a Thai, Lao, Khmer or Burmese consonant with its
    vowels and marks. Flags: QUOTED inside quotation marks,
    NUMBER begins with a digit, NAME begins with a capital, FIRST begins a sentence or line, SOLO is of a script that
    parts no words. A point or comma
    between two digits belongs to the number.
    """
    sizes = pc.fill_null(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    parts = [
        _words([text or "" for text in texts[rows].to_pylist()]) for rows in portions(sizes, PORTION_BYTES)
    ]
    counts = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.starts) for part in parts)])
    return Words(
        np.concatenate([np.zeros(0, np.uint64), *(part.hashes for part in parts)]),
        np.concatenate([np.zeros(0, np.uint8), *(part.flags for part in parts)]),
        np.concatenate([np.zeros(0, np.uint64), *(part.spellings for part in parts)]),
        np.cumsum(counts),
    )


def _words(texts: list[str]) -> Words:
    """Return the words of a portion; the texts stand between line ends, which no word or quotation crosses."""
    entries = _entries(np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le"), np.uint32))
    is_skipped = (entries & cp.FOLDED) == cp.SKIPPED
    folded = entries[~is_skipped]
    letters = folded & cp.FOLDED
    is_solo = (folded & cp.SOLO) != 0
    is_plain = (letters != 0) & ~is_solo
    follows = is_solo & ((folded & cp.UPPER) != 0)
    starts = np.flatnonzero((is_solo & ~(follows & before(is_solo))) | (is_plain & ~before(is_plain)))
    ends = np.flatnonzero((is_solo & ~after(follows)) | (is_plain & ~after(is_plain)))
    lengths = ends + 1 - starts
    # A solo word is hashed with the next one, where that is solo too: pairs tell more than single ones.
    goes_on = np.flatnonzero((is_solo & after(is_solo))[ends])
    lengths[goes_on] += (ends + 1 - starts)[goes_on + 1]
    hashes = mix(sum_of_powers(letters, starts, lengths, LETTER_BASE))
    skipped = np.flatnonzero(is_skipped)
    places = starts + np.searchsorted(skipped - np.arange(len(skipped)), starts, side="right")
    text_starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    flags = _flags(entries, places)
    named = np.flatnonzero((flags & (NAME | FIRST)) == NAME)
    spelt = np.zeros(len(hashes), np.uint64)
    spelt[named] = spellings(letters, starts[named], lengths[named])
    return Words(hashes, flags, spelt, np.searchsorted(places, text_starts))


def _entries(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    entries = cp.code_points().take(codes, mode="clip")
    beyond = np.flatnonzero(codes >= cp.TABLE_SIZE)
    entries[beyond] = cp.beyond_the_table(codes[beyond])
    points = np.flatnonzero(entries >= cp.POINT)
    # The last character is a line end, so that each point has a neighbour on either side.
    inside = points[(entries[points - 1] & entries[points + 1] & cp.DIGIT) != 0]
    entries[inside] = cp.SKIPPED
    return entries


def _flags(entries: NDArray[np.uint32], starts: NDArray[np.int64]) -> NDArray[np.uint8]:
    first = entries[starts]
    sentence_ends = np.concatenate([[0], np.flatnonzero((entries & cp.SENTENCE_END) != 0)])
    opened, closed = _quotations(entries)
    marks = {
        NUMBER: (first & cp.DIGIT) != 0,
        NAME: (first & (cp.UPPER | cp.SOLO)) == cp.UPPER,
        SOLO: (first & cp.SOLO) != 0,
        FIRST: places_before(starts, sentence_ends) > 0,
        QUOTED: np.cumsum(places_before(starts, opened) - places_before(starts, closed)) > 0,
    }
    flags = np.zeros(len(starts), np.uint8)
    for flag, marked in marks.items():
        flags[marked] |= flag
    return flags


def _quotations(entries: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where quotations open and close; they close with their line (new paragraphs open anew).

    English opens and closes with different marks, German closes with what English opens with, French puts a
    space inside its marks and Danish turns them round: so what follows the mark decides.
    """
    places = np.flatnonzero((entries & _BREAKS) != 0)
    marks, following = entries[places], entries[np.minimum(places + 1, len(entries) - 1)]
    before_letter = (following & cp.FOLDED) > cp.SKIPPED
    before_space = (following & (cp.SPACE | cp.LINE_END)) > 0
    may_open = (marks & cp.QUOTE_OPENS) > 0
    is_french = may_open & ((marks & cp.QUOTE_EITHER) > 0) & ((following & cp.LINE_END) == 0)
    effects = np.where(before_letter | ((marks & cp.QUOTE_CLOSES) == 0), TURNS, CLOSES)
    effects = np.where(before_letter & may_open, OPENS, effects)
    effects = np.where(before_space, np.where(is_french, TURNS, CLOSES), effects)
    effects = np.where(marks & cp.LINE_END, CLOSES, effects)
    opened, closed = follow_quotations(effects.astype(np.uint8))
    return places[opened], places[closed]


def spellings(
    letters: NDArray[np.uint32], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return a number of each name's first letter and consonants, doubled ones once; 0 where these are under two.

    Consonants decide, not the number of edits: Iran and Iraq, Austria and Australia are an edit or two apart.
    """
    at, name = spread(starts, lengths)
    own = letters[at]
    is_first = np.diff(name, prepend=-1) > 0
    is_kept = is_first | (~_IS_FREE.take(own, mode="clip") & (np.diff(own, prepend=0) != 0))
    kept, begins = own[is_kept], np.flatnonzero(is_first[is_kept])
    counts = np.diff(begins, append=len(kept))
    place = np.arange(len(kept)) - np.repeat(begins, counts)
    weighed = kept * _POWERS[place % len(_POWERS)]
    hashes = mix(np.add.reduceat(weighed, begins)) if len(begins) else np.zeros(0, np.uint64)
    return np.where(counts > 1, hashes, 0).astype(np.uint64)
