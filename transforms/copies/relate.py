"""Compares candidate pairs word by word and decides which are copies.

Enters: pairs (article_id_a < article_id_b) and the wordings that they name. Leaves: kept edges with their
evidence, and the rejected with the reason. A pair's verdict depends on its two texts and titles alone.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.transforms.copies.compare import compare
from copydesk.transforms.copies.explain_pairs import Evidence, explain_pairs
from copydesk.transforms.copies.judge import Verdicts, judge
from copydesk.transforms.copies.measure import Measures
from copydesk.transforms.copies.weights import Weights, weights

_PAIR = [
    pa.field("article_id_a", pa.string(), nullable=False),
    pa.field("article_id_b", pa.string(), nullable=False),
    pa.field("revision_id_a", pa.string(), nullable=False),
    pa.field("revision_id_b", pa.string(), nullable=False),
]
_RATIOS = [
    pa.field("jaccard_ratio", pa.float64(), nullable=False),
    pa.field("containment_ratio", pa.float64(), nullable=False),
    pa.field("carried_ratio", pa.float64(), nullable=False),
]
_EVIDENCE = pa.field("evidence", pa.string(), nullable=False)
KEPT = pa.schema(
    [
        *_PAIR,
        pa.field("relation", pa.string(), nullable=False),
        pa.field("container_article_id", pa.string()),
        *_RATIOS,
        pa.field("shared_numbers", pa.list_(pa.string()), nullable=False),
        pa.field("differing_numbers", pa.list_(pa.string()), nullable=False),
        _EVIDENCE,
    ]
)
REJECTED = pa.schema([*_PAIR, pa.field("reason", pa.string(), nullable=False), *_RATIOS, _EVIDENCE])


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
    compared = compare(wordings, ends)
    measures = compared.measures
    verdicts = judge(measures, compared.known, weighed or weights())
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
        f"{name}_id_{side}": pc.take(pc.cast(wordings[f"{name}_id"], pa.string()), rows)
        for name in ("article", "revision")
        for side, rows in (("a", first), ("b", second))
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
