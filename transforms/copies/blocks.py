"""Marks the words that stand in captions, players, boxes and lists: text, but not the article's narration."""

import sys
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.copies.phrases import BOX_PHRASES, CAPTION_PHRASES, MONTHS
from transforms.copies.words import BLOCK, COMPILED, FIRST, NAME, NUMBER, QUOTED, Words, words

GALLERY_WORDS = 130
"""Between two captions' marks so near stands the rest of a caption: galleries give each a paragraph."""
COMPILE_FROM_WORDS = 200_000
LIST_WORDS = 30
LIST_NAMES = 21
"""Of 30 words in a row 21 capitals or numbers: a list of names, countries, fixtures, not prose."""


def mark_blocks(batch: Words) -> Words:
    """Return the words with BLOCK on those of captions, boxes and lists, and NUMBER on names of months.

    A sentence with one of the phrases is marked, and what stands between two captions near each other.
    A text that is nearly all list keeps its words: then the list is the article.
    """
    flags = batch.flags.copy()
    named = np.flatnonzero(flags & NAME)
    flags[named[np.isin(batch.hashes[named], _month_words())]] |= NUMBER
    arrays = (batch.hashes, flags, batch.starts, *_phrase_words())
    if len(batch.hashes) >= COMPILE_FROM_WORDS or COMPILED in sys.modules:
        from transforms.copies.kernel import kernel  # noqa: PLC0415 numba takes 0.4 s to import

        kernel(_mark)(*arrays)
    else:
        plain = flags.tolist()
        _mark(batch.hashes.tolist(), plain, *(array.tolist() for array in arrays[2:]))  # type: ignore[no-untyped-call]
        flags = np.array(plain, np.uint8)
    return Words(batch.hashes, flags, batch.starts)


@cache
def _month_words() -> NDArray[np.uint64]:
    return words(pa.array(MONTHS)).hashes


@cache
def _phrase_words() -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint64]]:
    """Phrases as word hashes: sorted first words; begin, end and is_caption of each phrase; all words."""
    batch = words(pa.array([*CAPTION_PHRASES, *BOX_PHRASES]))
    order = np.argsort(batch.hashes[batch.starts[:-1]], kind="stable")
    first = batch.hashes[batch.starts[:-1]][order]
    is_caption = (np.arange(len(first)) < len(CAPTION_PHRASES))[order]
    spans = np.stack([batch.starts[:-1][order], batch.starts[1:][order], is_caption], axis=1)
    return first, spans, batch.hashes


def _mark(hashes, flags, starts, first, spans, phrases):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901, PLR0912, PLR0915 one loop over words
    known = len(first)
    for text in range(len(starts) - 1):
        begin = starts[text]
        end = starts[text + 1]
        sentence = begin
        marked_until = -1
        at = begin
        while at < end:
            if flags[at] & FIRST:
                sentence = at
            low = 0
            high = known
            value = hashes[at]
            while low < high:
                middle = (low + high) // 2
                if first[middle] < value:
                    low = middle + 1
                else:
                    high = middle
            hit = False
            caption = False
            while low < known and first[low] == value and not hit:
                hit = True
                caption = spans[low][2] == 1
                for k in range(spans[low][1] - spans[low][0]):
                    if at + k >= end or hashes[at + k] != phrases[spans[low][0] + k]:
                        hit = False
                        break
                low += 1
            if hit:
                begin_mark = sentence
                if caption and marked_until >= 0 and sentence - marked_until <= GALLERY_WORDS:
                    begin_mark = marked_until
                at += 1
                while at < end and not flags[at] & FIRST:
                    at += 1
                for k in range(begin_mark, at):
                    flags[k] |= BLOCK
                if caption:
                    marked_until = at
            else:
                at += 1
        names = 0
        listed = 0
        for k in range(begin, end):
            if flags[k] & (NAME | NUMBER):
                names += 1
            if k - begin >= LIST_WORDS and flags[k - LIST_WORDS] & (NAME | NUMBER):
                names -= 1
            if k - begin >= LIST_WORDS - 1 and names >= LIST_NAMES:
                listed += 1
        if 2 * listed < end - begin:
            names = 0
            for k in range(begin, end):
                if flags[k] & (NAME | NUMBER):
                    names += 1
                if k - begin >= LIST_WORDS and flags[k - LIST_WORDS] & (NAME | NUMBER):
                    names -= 1
                if k - begin >= LIST_WORDS - 1 and names >= LIST_NAMES:
                    for back in range(k - LIST_WORDS + 1, k + 1):
                        flags[back] |= BLOCK


NOT_NARRATION = QUOTED | BLOCK
