"""How much terms weigh."""

from importlib.resources import files
from io import BytesIO

import numpy as np
import pytest
from story_newsroom import features_of, told

from copydesk.transforms.stories.count_vocabulary import CountThresholds, count_vocabulary
from copydesk.transforms.stories.encode_terms import encode_terms
from copydesk.transforms.stories.scan_texts import HASH_BITS, KIND_SHIFT, WORD, hash_word
from copydesk.transforms.stories.vocabulary import LanguageCounts, Vocabulary, term_weights


def term(word: str) -> int:
    return (WORD << KIND_SHIFT) | (hash_word(word) & HASH_BITS)


@pytest.mark.parametrize(
    ("language", "common", "rare"),
    [("en", "the", "sluice"), ("de", "und", "schleuse"), ("eo", "the", "kluzo")],
)
def test_rare_words_weigh_more(language: str, common: str, rare: str) -> None:
    """Before anything was counted, grammar weighs next to nothing, in any language."""
    (light, heavy), ratios = term_weights(np.array([term(common), term(rare)]), language, Vocabulary())
    assert light < 0.6
    assert heavy > 3
    assert ratios[0] > 0.5
    assert ratios[1] < 0.01


def test_counting_makes_a_word_lighter() -> None:
    """What the window tells all day stops telling stories apart."""
    word = np.array([term("sluice")])
    counted = Vocabulary(1, {"en": LanguageCounts(5_000, word, np.array([4_000]))})
    assert term_weights(word, "en", counted)[0] < term_weights(word, "en", Vocabulary())[0] - 2


def test_packaged_counts_can_be_looked_up() -> None:
    """Its terms are distinct and sorted, and none stands in more articles than there are, but for rounding."""
    (_, heaviest), ratios = term_weights(np.array([term("the"), 0]), "en", Vocabulary())
    assert ratios[0] <= 1.005
    assert heaviest > 6
    packed = np.load(
        BytesIO(files("copydesk.transforms.stories").joinpath("english_vocabulary.npz").read_bytes())
    )
    assert (np.diff(packed["terms"].astype(np.int64)) > 0).all()
    assert packed["counts"].max() <= 1.045 * packed["article_count"]


def test_a_language_is_counted_when_it_is_due() -> None:
    """One vote a group of copies; the version counts up; a language that is not due keeps its counts."""
    thresholds = CountThresholds(first_votes=3, first_packaged_votes=3, minimum_votes=1)
    articles = [told("ferry", number) for number in range(4)] + [told("dam", 0, language="nl")]
    few = encode_terms([features_of(articles[:2])])
    assert count_vocabulary(*few, Vocabulary(), thresholds).version == 0
    copies = encode_terms([features_of([article | {"vote_id": "one"} for article in articles[:4]])])
    assert count_vocabulary(*copies, Vocabulary(), thresholds).version == 0
    many = encode_terms([features_of(articles)])
    counted = count_vocabulary(*many, Vocabulary(), thresholds)
    assert counted.version == 1
    assert set(counted.languages) == {"en"}
    assert counted.languages["en"].article_count == 4
    assert count_vocabulary(*many, counted, thresholds) is counted


@pytest.mark.parametrize("first_votes", [0, 1])
def test_a_language_of_one_vote_can_be_counted(first_votes: int) -> None:
    """Whatever number is set: what nobody else says is counted as nothing."""
    counted = count_vocabulary(
        *encode_terms([features_of([told("dam", 0, language="nl")])]),
        Vocabulary(),
        CountThresholds(first_votes=first_votes),
    )
    assert [(name, len(each.terms)) for name, each in counted.languages.items()] == [("nl", 0)]
    assert term_weights(np.array([term("dam")]), "nl", counted)[0] > 0
