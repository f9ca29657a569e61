"""How common each term is: a packaged count for English, function words for others, and what was counted here.

Enters: a counted vocabulary or none. Leaves: the weight of terms, the rarer the heavier.
"""

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from transforms.stories.function_words import FUNCTION_WORDS
from transforms.stories.packaged_vocabulary import PACKAGED_ARTICLE_COUNT, PACKAGED_TERMS
from transforms.stories.scan_texts import word_hash

PACKAGED_LANGUAGES = frozenset({"en"})
UNCOUNTED_LANGUAGE_ARTICLES = 1_000
"""As how many articles the function words of a language count that has no packaged vocabulary."""
_FUNCTION_WORD_RATIO = 0.6
_UNSEEN_RATIO = 0.0016
"""A term that the packaged vocabulary leaves out stood in fewer than 30 of its 12,573 articles: take 20."""

_KEY_BITS = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class LanguageCounts:
    """In how many of `article_count` articles each term stood; `terms` is sorted."""

    article_count: int
    terms: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Counts by language; version 0 has none, and the packaged counts stand alone."""

    version: int = 0
    languages: Mapping[str, LanguageCounts] = field(default_factory=dict)


def term_weights(
    terms: npt.NDArray[np.int64], language: str, vocabulary: Vocabulary
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return each term's weight (the logarithm of how rare it is, at least 0) and the share of articles with it."""
    total, counts = _packaged(terms, language)
    counted = vocabulary.languages.get(language)
    if counted is not None:
        total += counted.article_count
        counts = counts + _looked_up(terms, counted.terms, counted.counts)
    return np.log((total + 1) / (counts + 1)).clip(0), counts / total


def _packaged(terms: npt.NDArray[np.int64], language: str) -> tuple[int, npt.NDArray[np.float64]]:
    keys, counts = _english() if language in PACKAGED_LANGUAGES else _function_words(language)
    total = PACKAGED_ARTICLE_COUNT if language in PACKAGED_LANGUAGES else UNCOUNTED_LANGUAGE_ARTICLES
    found = _looked_up((terms ^ (terms >> 32)) & _KEY_BITS, keys, counts)
    return total, np.maximum(found, _UNSEEN_RATIO * total)


def _looked_up(
    wanted: npt.NDArray[np.int64], keys: npt.NDArray[np.int64], values: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    if not len(keys):
        return np.zeros(len(wanted))
    at = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0).astype(np.float64)


@cache
def _english() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    return unpack_counts("".join(PACKAGED_TERMS.split()))


def pack_counts(terms: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], *, minimum: int) -> str:
    """Return counts of at least `minimum` as the text that PACKAGED_TERMS holds."""
    terms, counts = terms[counts >= minimum], counts[counts >= minimum]
    keys, first = np.unique((terms ^ (terms >> 32)) & _KEY_BITS, return_index=True)
    steps = np.diff(keys, prepend=0).astype("<u4").view(np.uint8).reshape(-1, 4).T
    eighths = (np.log2(counts[first]) * 8).round().astype(np.uint8)
    return base64.b85encode(
        zlib.compress(np.ascontiguousarray(steps).tobytes() + eighths.tobytes(), 9)
    ).decode()


def unpack_counts(packed: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the sorted 32-bit keys and their counts, each to an eighth of a doubling, of a packed text."""
    data = zlib.decompress(base64.b85decode(packed))
    size = len(data) // 5
    planes = np.frombuffer(data[: 4 * size], dtype=np.uint8).reshape(4, size).T
    steps = np.ascontiguousarray(planes).view("<u4").ravel()
    eighths = np.frombuffer(data[4 * size :], dtype=np.uint8)
    return np.cumsum(steps, dtype=np.int64), np.exp2(eighths / 8).round().astype(np.int64)


@cache
def _function_words(language: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    words = FUNCTION_WORDS.get(language)
    hashes = [
        word_hash(w) & ((1 << 61) - 1)
        for text in ([words] if words else FUNCTION_WORDS.values())
        for w in text.split()
    ]
    terms = np.array(hashes, dtype=np.int64)
    keys = np.unique((terms ^ (terms >> 32)) & _KEY_BITS)
    count = round(_FUNCTION_WORD_RATIO * UNCOUNTED_LANGUAGE_ARTICLES)
    return keys, np.full(len(keys), count, dtype=np.int64)
