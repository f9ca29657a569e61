"""Marks the words that stand in captions, players, boxes and lists: text, but not the article's narration."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from copydesk.transforms.copies.words import BLOCK, FIRST, NAME, NUMBER, Words, words
from copydesk.transforms.text.neighbours import Marks, Places
from copydesk.transforms.text.words import list_of, phrases_of

GALLERY_WORDS = 130
"""Between two captions' marks so near stands the rest of a caption: galleries give each a paragraph."""
LIST_WORDS = 30
LIST_NAMES = 21
"""Of 30 words in a row 21 capitals or numbers: a list of names, countries, fixtures, not prose."""
CAPTION_PHRASES, BOX_PHRASES = (phrases_of("asides", name) for name in ("captions", "boxes"))


def mark_blocks(batch: Words) -> Words:
    """Return the words with BLOCK on those of captions, boxes and lists, and NUMBER on names of months.

    A sentence with one of the phrases is marked, and what stands between two captions near each other.
    A text that is nearly all list keeps its words: then the list is the article.
    """
    flags = batch.flags.copy()
    named = np.flatnonzero((flags & NAME) != 0)
    flags[named[np.isin(batch.hashes[named], _month_words())]] |= NUMBER
    flags[_in_spans(*_told_by_phrases(batch), len(flags))] |= BLOCK
    flags[_in_spans(*_listed(flags, batch.starts), len(flags))] |= BLOCK
    return replace(batch, flags=flags)


@cache
def _month_words() -> NDArray[np.uint64]:
    return words(pa.array(list_of("asides", "months"))).hashes


@cache
def _phrases() -> list[tuple[NDArray[np.uint64], bool]]:
    """Return the words of each phrase, and whether it tells a caption; these come first."""
    batch = words(pa.array([*CAPTION_PHRASES, *BOX_PHRASES]))
    return [
        (batch.hashes[begin:end], number < len(CAPTION_PHRASES))
        for number, (begin, end) in enumerate(pairwise(batch.starts.tolist()))
    ]


def _told_by_phrases(batch: Words) -> tuple[Places, Places]:
    """Return the spans of the sentences that hold a phrase, with what stands between two near captions."""
    places, is_caption = _found_phrases(batch)
    sentences = np.union1d(np.flatnonzero((batch.flags & FIRST) != 0), batch.starts)
    # A sentence's first phrase decides what it is.
    sentence, first = np.unique(np.searchsorted(sentences, places, side="right") - 1, return_index=True)
    begins, ends, is_caption = sentences[sentence], sentences[sentence + 1], is_caption[first]
    captions = np.flatnonzero(is_caption)
    text = np.searchsorted(batch.starts, begins[captions], side="right")
    is_near = (text[1:] == text[:-1]) & (begins[captions[1:]] - ends[captions[:-1]] <= GALLERY_WORDS)
    begins[captions[1:][is_near]] = ends[captions[:-1][is_near]]
    return begins, ends


def _found_phrases(batch: Words) -> tuple[Places, Marks]:
    """Return where phrases begin, in order, and whether the first of the phrases that begin there tells a caption."""
    phrases = _phrases()
    # Sixteen bits leave one word in a hundred to look at.
    is_first = np.zeros(1 << 16, bool)
    is_first[[int(hashes[0]) & 0xFFFF for hashes, _ in phrases]] = True
    places = np.flatnonzero(is_first[batch.hashes.astype(np.uint16)])
    ends = batch.starts[np.searchsorted(batch.starts, places, side="right")]
    told = np.zeros(len(places), np.uint8)
    for hashes, tells_caption in reversed(phrases):
        found = np.flatnonzero(places + len(hashes) <= ends)
        for number, value in enumerate(hashes):
            found = found[batch.hashes[places[found] + number] == value]
        told[found] = 2 if tells_caption else 1
    return places[told > 0], told[told > 0] == 2


def _listed(flags: NDArray[np.uint8], starts: Places) -> tuple[Places, Places]:
    """Return the spans of LIST_WORDS words that are lists, but of texts of which they are half."""
    known = np.cumsum(np.concatenate([[0], (flags & (NAME | NUMBER)) != 0]))
    begins = np.flatnonzero(known[LIST_WORDS:] - known[:-LIST_WORDS] >= LIST_NAMES)
    text = np.searchsorted(starts, begins, side="right") - 1
    is_inside = begins + LIST_WORDS <= starts[text + 1]
    begins, text = begins[is_inside], text[is_inside]
    is_prose = 2 * np.bincount(text, minlength=len(starts) - 1) < np.diff(starts)
    begins = begins[is_prose[text]]
    return begins, begins + LIST_WORDS


def _in_spans(begins: Places, ends: Places, size: int) -> Marks:
    change = np.bincount(begins, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    return np.cumsum(change)[:size] > 0
