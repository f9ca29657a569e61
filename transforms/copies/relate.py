"""Compares candidate pairs word by word and decides which are copies.

Enters: pairs (article_id_a < article_id_b) and the wordings that they name. Leaves: kept edges with their
evidence, and the rejected with the reason. A pair's verdict depends on its two texts and titles alone.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.schemas.tables import TABLES
from copydesk.transforms.copies.blocks import mark_blocks
from copydesk.transforms.copies.judge import Verdicts, Weights, judge, weights
from copydesk.transforms.copies.measure import Measures, measure
from copydesk.transforms.copies.signs import Circumstances
from copydesk.transforms.copies.sketch import hex_of_words
from copydesk.transforms.copies.words import words

_LATER = ("parameters_version", "decided_at", "run_id")
KEPT, REJECTED = (TABLES[name].without(*_LATER) for name in ("duplicates", "look_alikes"))

_NUMBER = re.compile(r"\d+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
NUMBERS_LISTED = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """Parallel to the pairs; for copies, the numbers of the shorter text that the other has, and those it has not."""

    sentences: list[str]
    shared_numbers: list[list[str]]
    differing_numbers: list[list[str]]


@dataclass(frozen=True, slots=True)
class Related:
    """`kept`: edges between copies (KEPT). `rejected`: pairs that only look alike (REJECTED)."""

    kept: pa.Table
    rejected: pa.Table


def relate(pairs: pa.Table, wordings: pa.Table, weighed: Weights | None = None) -> Related:
    """Return the verdict on every pair, by the weights that come along unless others are given.

    `wordings`: article_id, revision_id, title, body, published_on, outlet (null where not known); one row an
    article, every article of the pairs.
    Memory grows with the wordings: give whole groups, some thousand articles at a time.
    """
    ends = _places(pairs, wordings["article_id"])
    measures, known = compare(wordings, ends)
    verdicts = judge(measures, known, weighed or weights())
    evidence = explain_pairs(measures, verdicts, ends, wordings["body"].to_pylist())
    return _tables(wordings, ends, measures, verdicts, evidence)


def _places(pairs: pa.Table, ids: pa.ChunkedArray) -> NDArray[np.int64]:
    sides = [pc.index_in(pairs[name], value_set=ids) for name in ("article_id_a", "article_id_b")]
    if any(side.null_count for side in sides):
        raise ValueError("relate: a pair names an article that is not among the wordings")
    return np.stack([side.to_numpy() for side in sides], axis=1).astype(np.int64).reshape(-1, 2)


def _tables(
    wordings: pa.Table, ends: NDArray[np.int64], measures: Measures, verdicts: Verdicts, evidence: Evidence
) -> Related:
    first, second = (pa.array(ends[:, side]) for side in (0, 1))
    columns = {
        name: pc.take(pc.cast(wordings[name[:-2]], pa.string()), rows)
        for rows, names in (
            (first, ("article_id_a", "revision_id_a")),
            (second, ("article_id_b", "revision_id_b")),
        )
        for name in names
    }
    longer = pc.if_else(
        pa.array(measures.shingles_a >= measures.shingles_b), columns["article_id_a"], columns["article_id_b"]
    )
    contains = pa.array(verdicts.relation_or_reason == "contains")
    columns |= {
        "relation": pa.array(verdicts.relation_or_reason.tolist(), pa.string()),
        "reason": pa.array(verdicts.relation_or_reason.tolist(), pa.string()),
        "container_article_id": pc.if_else(contains, longer, pa.scalar(None, pa.string())),
        "jaccard_ratio": pa.array(verdicts.jaccard),
        "containment_ratio": pa.array(verdicts.containment),
        "carried_ratio": pa.array(verdicts.carried),
        "shared_numbers": pa.array(evidence.shared_numbers, pa.list_(pa.string())),
        "differing_numbers": pa.array(evidence.differing_numbers, pa.list_(pa.string())),
        "evidence": pa.array(evidence.sentences, pa.string()),
    }
    kept = pa.array(verdicts.is_copy)
    return Related(
        pa.table([columns[name] for name in KEPT.names], schema=KEPT).filter(kept),
        pa.table([columns[name] for name in REJECTED.names], schema=REJECTED).filter(pc.invert(kept)),
    )


def compare(wordings: pa.Table, ends: NDArray[np.int64]) -> tuple[Measures, Circumstances]:
    """Return what the pairs share, and what is known of them besides.

    `wordings` has title, body, published_on and outlet, null where not known.
    """
    batch = mark_blocks(words(wordings["body"]))
    hashes = np.asarray(hex_of_words(batch).to_numpy(zero_copy_only=False))
    sizes = np.diff(batch.starts)
    is_exact = (hashes[ends[:, 0]] == hashes[ends[:, 1]]) & (sizes[ends[:, 0]] > 0)
    return measure(batch, ends), _circumstances(wordings, ends, is_exact)


def _circumstances(wordings: pa.Table, ends: NDArray[np.int64], is_exact: NDArray[np.bool_]) -> Circumstances:
    titles, outlets, days = (wordings[name].to_pylist() for name in ("title", "outlet", "published_on"))
    pairs = ends.tolist()
    return Circumstances(
        is_exact=is_exact,
        is_one_title=np.array([bool(titles[a]) and titles[a] == titles[b] for a, b in pairs], bool),
        is_series=np.array([_is_series(titles[a], titles[b]) for a, b in pairs], bool),
        is_one_outlet=np.array([bool(outlets[a]) and outlets[a] == outlets[b] for a, b in pairs], bool),
        days_apart=np.array(
            [abs((days[a] - days[b]).days) if days[a] and days[b] else -1 for a, b in pairs], np.int64
        ),
    )


def _is_series(title_a: str | None, title_b: str | None) -> bool:
    """Whether two titles differ in their numbers and in nothing else: "The year in pictures" of two years."""
    if not title_a or not title_b or title_a == title_b:
        return False
    bare_a, bare_b = (_NUMBER.sub("0", title).casefold().split() for title in (title_a, title_b))
    return bare_a == bare_b and _NUMBER.findall(title_a) != _NUMBER.findall(title_b)


def explain_pairs(
    m: Measures, verdicts: Verdicts, ends: NDArray[np.int64], bodies: list[str | None]
) -> Evidence:
    """Return the evidence of each pair, and for copies the numbers of the shorter text, sorted by place."""

    @cache
    def numbers(text: int) -> list[str]:
        return _FIGURE.findall(bodies[text] or "")

    ratios = np.stack([verdicts.jaccard, verdicts.containment, verdicts.carried, verdicts.balance], axis=1)
    counts = np.stack([m.words_short, m.longest_run, m.same_figures, m.other_figures], axis=1)
    words = verdicts.relation_or_reason.tolist()
    compared = [
        _compare(numbers(a), numbers(b), is_exact=word == "exact") if is_copy else ([], [])
        for is_copy, word, (a, b) in zip(verdicts.is_copy.tolist(), words, ends.tolist(), strict=True)
    ]
    return Evidence(
        [_sentence(*row) for row in zip(words, ratios.tolist(), counts.tolist(), strict=True)],
        *([list(dict.fromkeys(found[side]))[:NUMBERS_LISTED] for found in compared] for side in (0, 1)),
    )


def _compare(one: list[str], other: list[str], *, is_exact: bool) -> tuple[list[str], list[str]]:
    """Return the numbers of the shorter text that the other has too, and those it has not."""
    if is_exact:
        return one, []
    shorter, longer = sorted((one, other), key=lambda numbers: (len(numbers), numbers))
    left = Counter(longer)
    both: list[str] = []
    only: list[str] = []
    for number in shorter:
        (both if left[number] > 0 else only).append(number)
        left[number] -= 1
    return both, only


def _sentence(word: str, ratios: list[float], counts: list[int]) -> str:
    jaccard, containment, carried, balance = ratios
    size, run, same, other = counts
    if word == "exact":
        return f"the same {size} words"
    facts = (
        f"{containment:.0%} of the shorter text's {size} words shared in order, {carried:.0%} of its narration; "
        f"longest passage {run} words; of both texts {jaccard:.0%}"
    )
    if same + other:
        facts += f"; {other} of {same + other} figures differ in the same place"
    return f"{facts}; balance {balance:+.1f}"
