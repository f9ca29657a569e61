"""Makes any number of articles with planted copies: the same ones everywhere, a batch in memory at a time.

Article i is a function of i alone. One in eight is a copy of an earlier one, four in five of those of one
among the 20,000 before it: exact, edited, cut, with a footer, or inside a longer piece. Stock phrases make
some shingles common, and every site closes with its own lines.

    python -m benchmarks.million 1000 | head
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa

SEED = 20_26
VOCABULARY = 60_000
STOCK_PHRASES = 3_000
SITES = 400
NEAR_PAST = 20_000
COPIES_ONE_IN = 8
DAY = 5_000  # articles a day
FIRST_DAY = date(2025, 1, 1)
KINDS = ("exact", "edited", "cut", "footer", "embedded")
_CONSONANTS = [*"bcdfghklmnprstv", "st", "tr", "pl"]
_VOWELS = [*"aeiou", "ea", "io"]


def _vocabulary() -> list[str]:
    random = np.random.Generator(np.random.Philox(key=SEED))
    syllables = [c + v for c in _CONSONANTS for v in _VOWELS]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        count = 1 + int(random.integers(4))
        words["".join(syllables[k] for k in random.integers(len(syllables), size=count))] = None
    return list(words)


WORDS = np.array(_vocabulary(), dtype=object)
_CUMULATIVE = np.cumsum(1 / (np.arange(VOCABULARY) + 3.0))
_CUMULATIVE /= _CUMULATIVE[-1]


def _draw(random: np.random.Generator, count: int) -> list[str]:
    return list(WORDS[np.searchsorted(_CUMULATIVE, random.random(count))])


_STOCK = [_draw(np.random.Generator(np.random.Philox(key=[SEED, 7 + k])), 7) for k in range(STOCK_PHRASES)]


def original(number: int) -> list[str]:
    """Return the sentences of an article that is nobody's copy."""
    random = np.random.Generator(np.random.Philox(key=[SEED, 1_000_000 + number]))
    sentences = []
    for _ in range(int(random.integers(12, 36))):
        words = _draw(random, int(random.integers(9, 26)))
        if random.random() < 0.25:
            words[3:3] = _STOCK[int(STOCK_PHRASES * random.random() ** 3)]
        if random.random() < 0.3:
            words.insert(2, str(int(random.integers(2, 5000))))
        sentences.append(" ".join(words).capitalize() + ".")
    return sentences


def ancestry(number: int) -> tuple[int, str]:
    """Return of which article one is a copy, and how; an original is its own base."""
    random = np.random.Generator(np.random.Philox(key=[SEED, 500_000_000 + number]))
    if number < 10 or random.integers(COPIES_ONE_IN):
        return number, "original"
    reach = min(number, NEAR_PAST) if random.random() < 0.8 else number
    base, _ = ancestry(number - 1 - int(random.integers(reach)))
    return base, KINDS[int(random.integers(len(KINDS)))]


def body(number: int) -> str:
    """Return the text of an article."""
    base, kind = ancestry(number)
    sentences = original(base)
    random = np.random.Generator(np.random.Philox(key=[SEED, 900_000_000 + number]))
    if kind == "edited":
        sentences = [_edited(sentence, random) for sentence in sentences]
    elif kind == "cut":
        sentences = sentences[: max(6, int(len(sentences) * random.uniform(0.5, 0.9)))]
    elif kind == "embedded":
        around = original(number)
        sentences = [*around[:4], *sentences, *around[4:10]]
    site = number % SITES
    if kind == "footer" or site % 4 == 0:
        sentences = [*sentences, *(" ".join(_STOCK[(site * 5 + k) % STOCK_PHRASES]) + "." for k in range(2))]
    return "\n\n".join(" ".join(sentences[k : k + 3]) for k in range(0, len(sentences), 3))


def _edited(sentence: str, random: np.random.Generator) -> str:
    words = sentence.split()
    for place in np.flatnonzero(random.random(len(words)) < 0.04).tolist():
        words[place] = _draw(random, 1)[0]
    return " ".join(words)


def batches(start: int, stop: int, size: int = 5_000) -> Iterator[pa.Table]:
    """Yield articles start to stop (article_id, title, body, body_words, site, published_on, first_seen_at)."""
    for begin in range(start, stop, size):
        numbers = range(begin, min(begin + size, stop))
        bodies = [body(number) for number in numbers]
        days = [FIRST_DAY + timedelta(days=number // DAY) for number in numbers]
        yield pa.table(
            {
                "article_id": [article_id(number) for number in numbers],
                "title": [text[:60] for text in bodies],
                "body": bodies,
                "body_words": pa.array([text.count(" ") + 1 for text in bodies], pa.int32()),
                "site": [f"site{number % SITES}.example" for number in numbers],
                "published_on": days,
                "first_seen_at": pa.array(
                    [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days],
                    pa.timestamp("us", tz="UTC"),
                ),
            }
        )


def article_id(number: int) -> str:
    """Return an id without order, as hashes are."""
    return f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}{number:04x}"[-20:].rjust(20, "0")


if __name__ == "__main__":
    for table in batches(0, int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        for row in table.to_pylist():
            print(row["article_id"], row["site"], row["published_on"], row["body"][:80].replace("\n", " "))
