"""Other deduplicators behind one signature: texts in, pairs of places out. Settings as their manuals advise.

All work on 5-word shingles of lower-cased words with 128 hashes, so that only the method differs. Each is
imported where it is used: its memory is measured alone.
"""

import re
from collections.abc import Callable, Iterator

Pairs = set[tuple[int, int]]
_WORD = re.compile(r"\w+")
HASHES = 128


def shingled(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return [" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))]


def gaoya(texts: list[str], threshold: float) -> Pairs:
    from gaoya.minhash import MinHashStringIndex  # noqa: PLC0415

    index = MinHashStringIndex(32, threshold, None, None, HASHES, "word", True, (5, 5), "vec")
    for place, text in enumerate(texts):
        index.insert_document(place, text)
    return _pairs((place, index.query(text)) for place, text in enumerate(texts))


def datasketch(texts: list[str], threshold: float) -> Pairs:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    lsh = MinHashLSH(threshold=threshold, num_perm=HASHES)
    sketches = []
    for place, text in enumerate(texts):
        sketch = MinHash(num_perm=HASHES)
        sketch.update_batch([shingle.encode() for shingle in shingled(text)])
        lsh.insert(place, sketch)
        sketches.append(sketch)
    return _pairs(
        (place, [other for other in lsh.query(one) if sketches[other].jaccard(one) >= threshold])
        for place, one in enumerate(sketches)
    )


def rensa(texts: list[str], threshold: float) -> Pairs:
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    # Bands of about 1 / threshold steepness, dividing the 128 hashes.
    bands = 64 if threshold <= 0.3 else 32 if threshold <= 0.5 else 16
    lsh = RMinHashLSH(threshold=threshold, num_perm=HASHES, num_bands=bands)
    sketches = []
    for place, text in enumerate(texts):
        sketch = RMinHash(num_perm=HASHES, seed=42)
        sketch.update(shingled(text))
        lsh.insert(place, sketch)
        sketches.append(sketch)
    return _pairs(
        (place, [other for other in lsh.query(one) if sketches[other].jaccard(one) >= threshold])
        for place, one in enumerate(sketches)
    )


PEERS: dict[str, Callable[[list[str], float], Pairs]] = {
    "gaoya": gaoya,
    "datasketch": datasketch,
    "rensa": rensa,
}


def _pairs(found: Iterator[tuple[int, list[int]]]) -> Pairs:
    return {(min(one, other), max(one, other)) for one, others in found for other in others if one != other}
