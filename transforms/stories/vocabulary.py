"""How common each term is: a packaged count for English, function words for others, and what was counted here.

Enters: a counted vocabulary or none, as rows too. Leaves: the weight of terms, the rarer the heavier.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import pyarrow as pa

from copydesk.transforms.languages.load_language import function_words
from copydesk.transforms.stories.scan_texts import HASH_BITS, hash_word
from copydesk.transforms.stories.votes import Floats, Ints

_WITHOUT_NAMES = """
    am ar as bn bo ckb de dv dz fa gu he hi ja ka km kn ko lb lo ml mr my ne or pa ps sd si ta te th ti ug und ur yi yue
    zh
"""
WITHOUT_NAMES = frozenset(_WITHOUT_NAMES.split())
"""Languages whose capitals tell no names, having none or one for every noun; and the unknown language."""

STEM_LETTERS = 6
_WITH_ENDINGS = "be bg bs cs el et fi hr hu kk lt lv mk pl ru sk sl sr tr uk"
WITH_ENDINGS = frozenset(_WITH_ENDINGS.split())
"""Languages that end a word, or a name, by its place in the sentence: its first STEM_LETTERS letters stand for it."""

PACKAGED_LANGUAGES = frozenset({"en"})
UNCOUNTED_LANGUAGE_ARTICLES = 1_000
"""As how many articles the function words of a language count that has no packaged vocabulary."""
_FUNCTION_WORD_RATIO = 0.6
_MARKS = (1 << 22) - 1
UNSEEN_RATIO = 0.0016
"""A term that the packaged vocabulary leaves out stood in fewer than 30 of its 12,573 articles: take 20."""


@dataclass(frozen=True, slots=True)
class LanguageCounts:
    """In how many of `article_count` articles each term stood; `terms` is sorted."""

    article_count: int
    terms: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Counts by language; version 0 has none, and the packaged counts stand alone."""

    version: int = 0
    languages: Mapping[str, LanguageCounts] = field(default_factory=dict)


def read_vocabulary(languages: pa.Table, terms: pa.Table) -> Vocabulary:
    """Return the vocabulary of the rows of a version (see `vocabulary_rows`), of none the packaged counts alone."""
    if not languages.num_rows:
        return Vocabulary()
    of_term = np.asarray(terms["language"].to_pylist(), dtype=object)
    keys, counts = terms["term"].to_numpy(), terms["article_count"].to_numpy()
    counted = {
        row["language"]: LanguageCounts(
            row["article_count"], keys[of_term == row["language"]], counts[of_term == row["language"]]
        )
        for row in languages.to_pylist()
    }
    return Vocabulary(int(languages["vocabulary_version"][0].as_py()), counted)


def vocabulary_rows(vocabulary: Vocabulary) -> tuple[pa.Table, pa.Table]:
    """Return its languages (vocabulary_version, language, article_count) and terms (and each its article_count)."""
    counted = sorted(vocabulary.languages.items())
    version = pa.scalar(vocabulary.version, pa.int64())
    versions = {
        "vocabulary_version": pa.repeat(version, len(counted)),
        "language": pa.array([language for language, _ in counted], pa.string()),
        "article_count": pa.array([one.article_count for _, one in counted], pa.int64()),
    }
    terms = [
        {
            "vocabulary_version": pa.repeat(version, len(one.terms)),
            "language": pa.repeat(language, len(one.terms)),
            "term": pa.array(one.terms, pa.int64()),
            "article_count": pa.array(one.counts, pa.int64()),
        }
        for language, one in counted
    ]
    return pa.table(versions), pa.concat_tables(map(pa.table, terms))


def term_weights(terms: Ints, language: str, vocabulary: Vocabulary) -> tuple[Floats, Floats]:
    """Return each term's weight (the logarithm of how rare it is, at least 0) and the share of articles with it."""
    packaged, *others = vocabularies(language, vocabulary)
    total = packaged.article_count
    counts = np.maximum(_look_up(fold_terms(terms), packaged), UNSEEN_RATIO * total)
    for counted in others:
        total += counted.article_count
        counts = counts + _look_up(terms, counted)
    return np.log((total + 1) / (counts + 1)).clip(0), counts / total


def vocabularies(language: str, vocabulary: Vocabulary) -> list[LanguageCounts]:
    """Return the packaged counts of a language, which know a term by its fold, and those that were made here if any."""
    packaged = _english() if language in PACKAGED_LANGUAGES else _function_words(language)
    return [packaged, *([vocabulary.languages[language]] if language in vocabulary.languages else [])]


def fold_terms(terms: Ints) -> Ints:
    """Return the 32 bits by which packaged counts know a term."""
    return (terms ^ (terms >> 32)) & 0xFFFFFFFF


def _look_up(wanted: Ints, known: LanguageCounts) -> Floats:
    counts = np.zeros(len(wanted))
    if not len(known.terms):
        return counts
    # Most terms of a window are in no vocabulary: a look at a few of their bits tells.
    is_held = np.zeros(_MARKS + 1, np.bool_)
    is_held[known.terms & _MARKS] = True
    rows = np.flatnonzero(is_held[wanted & _MARKS])
    at = np.searchsorted(known.terms, wanted[rows]).clip(max=len(known.terms) - 1)
    counts[rows] = np.where(known.terms[at] == wanted[rows], known.counts[at], 0)
    return counts


@cache
def _english() -> LanguageCounts:
    """Return the packaged counts, a constant of this module that `benchmarks/make_vocabulary.py` makes."""
    packed = files("copydesk.transforms.stories").joinpath("english_vocabulary.npz").read_bytes()
    with np.load(BytesIO(packed)) as found:
        terms, counts = (found[name].astype(np.int64) for name in ("terms", "counts"))
        return LanguageCounts(int(found["article_count"]), terms, counts)


@cache
def _function_words(language: str) -> LanguageCounts:
    lists = function_words().get(language) or " ".join(function_words().values())
    letters = STEM_LETTERS if language in WITH_ENDINGS else None
    hashes = [hash_word(word[:letters]) & HASH_BITS for word in lists.split()]
    terms = np.unique(fold_terms(np.array(hashes, dtype=np.int64)))
    count = round(_FUNCTION_WORD_RATIO * UNCOUNTED_LANGUAGE_ARTICLES)
    return LanguageCounts(UNCOUNTED_LANGUAGE_ARTICLES, terms, np.full(len(terms), count, dtype=np.int64))
