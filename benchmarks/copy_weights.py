"""Learns what the signs of a copy weigh, and prints what that is worth on pairs that were not learned from.

    python -m benchmarks.copy_weights validate      halves of the labelled pairs, learned and validated side by side
    python -m benchmarks.copy_weights learn         writes transforms/copies/weights.toml from all of them

Pairs: pairs_dev.jsonl; `copy_labels.jsonl` beside this file, which names documents of the shared corpora (their texts
are not ours); and 300 planted copies with their bases, cut, led in anew or embedded: long passages in other texts are
rare among the pairs that were read. A half holds whole components: pairs that share a document or an event are never on
both sides. The model is a logistic regression with weights of 0 or more; what a copy needs is chosen inside the half
learned from. `validate FILE` puts other verdicts on the pairs beside it (a saved array, in their order).
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.corpora import ROOT, as_date, shared
from copydesk.transforms.copies.judge import judge, weights
from copydesk.transforms.copies.relate import compare
from copydesk.transforms.copies.signs import SIGNS, is_filled_form, is_foot, read_signs
from copydesk.transforms.text.forest import Forest

LABELS = Path(__file__).with_name("copy_labels.jsonl")
TARGET = ROOT / "transforms/copies/weights.toml"
NAMES = ("abp", "reuters", "ecb", "planted")
SPLITS = 20
RIDGE = 0.03
PLANTED_PAIRS = 300
PLANTED_WEIGHT = 0.4
WRONG_COST = 1.5
BORDERLINE_WEIGHT = 0.5
STEPS = 400
FOLDS = 5

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pairs with their signs. `is_told`: of pairs_dev.jsonl; `component`: what may not be torn apart."""

    signs: Floats
    is_copy: Marks
    is_exact: Marks
    is_filled_form: Marks
    weight: Floats
    corpus: NDArray[np.str_]
    component: NDArray[np.int64]
    is_told: Marks
    jaccard: Floats

    def of(self, marks: Marks) -> "Labelled":
        return Labelled(*(getattr(self, name)[marks] for name in self.__slots__))


def read_pairs() -> list[dict[str, Any]]:
    """The labelled pairs with both texts; those labelled here lack `reason`."""
    rows = [json.loads(line) for line in shared("corpora/pairs_dev.jsonl").open()]
    texts = {(row["corpus"], row[side]["doc_id"]): row[side] for row in rows for side in "ab"}
    news = pq.read_table(shared("corpora/news_dev.parquet")).to_pylist()
    texts |= {("abp", row["doc_id"]): row for row in news if ("abp", row["doc_id"]) not in texts}
    stories = pq.read_table(shared("corpora/stories_dev.parquet")).to_pylist()
    texts |= {("ecb", row["doc_id"]): {"title": None, "date": None, "source": None} | row for row in stories}
    told = [json.loads(line) for line in LABELS.open()]
    read = [row | {side: texts[row["corpus"], row[side]] for side in "ab"} for row in told]
    return rows + read + planted_pairs()


def planted_pairs() -> list[dict[str, Any]]:
    rows = pq.read_table(shared("corpora/near_duplicates_dev.parquet")).to_pylist()
    texts = [
        {"doc_id": str(place), "title": None, "date": None, "source": row["source"], "text": row["text"]}
        for place, row in enumerate(rows)
    ]
    bases = {row["cluster"]: place for place, row in enumerate(rows) if row["kind"] == "base"}
    made = [place for place, row in enumerate(rows) if row["kind"] in {"embed", "lead", "trunc"}]
    return [
        {"corpus": "planted", "merge": True, "borderline": False}
        | {"a": texts[bases[rows[place]["cluster"]]], "b": texts[place]}
        for place in np.random.default_rng(0).permutation(made)[:PLANTED_PAIRS].tolist()
    ]


def read_labelled(rows: list[dict[str, Any]]) -> Labelled:
    sides = [row[side] for row in rows for side in "ab"]
    wordings = pa.table(
        {
            "title": pa.array([side["title"] for side in sides], pa.string()),
            "body": [side["text"] for side in sides],
            "outlet": pa.array([side["source"] for side in sides], pa.string()),
            "published_on": pa.array([as_date(side["date"]) for side in sides], pa.date32()),
        }
    )
    measures, known = compare(wordings, np.arange(len(sides)).reshape(-1, 2))
    return Labelled(
        read_signs(measures, known),
        np.array([row["merge"] for row in rows]),
        known.is_exact,
        is_filled_form(measures, known) | is_foot(measures),
        np.array([weight_of(row) for row in rows]),
        np.array([row["corpus"] for row in rows]),
        components(rows),
        np.array(["reason" in row for row in rows]),
        judge(measures, known, weights()).jaccard,
    )


def weight_of(row: dict[str, Any]) -> float:
    if row["corpus"] == "planted":
        return PLANTED_WEIGHT
    return BORDERLINE_WEIGHT if row["borderline"] else 1.0


def components(rows: list[dict[str, Any]]) -> NDArray[np.int64]:
    """Number what hangs together by a document, or by an event of ECB+ with its look-alike."""
    forest = Forest[str]()
    for place, row in enumerate(rows):
        for side in "ab":
            forest.join(f"pair {place}", f"{row['corpus']} {row[side]['doc_id']}")
            if "event" in row[side]:
                forest.join(f"pair {place}", "topic " + re.sub(r"\D", "", str(row[side]["event"])))
    roots = [forest.root(f"pair {place}") for place in range(len(rows))]
    return np.unique(roots, return_inverse=True)[1]


def fit(pairs: Labelled) -> Floats:
    """Return a weight a sign and the constant, by accelerated gradient steps that keep the weights at 0 or more."""
    matrix = np.column_stack([pairs.signs, np.ones(len(pairs.signs))])
    rate = 1 / (0.25 * np.linalg.norm(matrix * np.sqrt(pairs.weight)[:, None], 2) ** 2 + RIDGE)
    ridge = np.append(np.full(len(SIGNS), RIDGE), 0)
    now, ahead, pace = np.zeros(matrix.shape[1]), np.zeros(matrix.shape[1]), 1.0
    for _ in range(STEPS):
        error = pairs.weight * (1 / (1 + np.exp(-matrix @ ahead)) - pairs.is_copy)
        after = ahead - rate * (matrix.T @ error + ridge * ahead)
        after[:-1] = np.maximum(after[:-1], 0)
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        now, ahead, pace = after, after + (pace - 1) / faster * (after - now), faster
    return now


def learn(pairs: Labelled) -> tuple[Floats, float]:
    """Return the weights, and what a copy needs: where folds within make the cheapest errors, wrong merges dearer."""
    values = np.zeros(len(pairs.signs))
    order = np.random.default_rng(0).permutation(pairs.component.max() + 1) % FOLDS
    for fold in range(FOLDS):
        is_out = order[pairs.component] == fold
        found = fit(pairs.of(~is_out))
        values[is_out] = pairs.signs[is_out] @ found[:-1] + found[-1]
    steps = np.linspace(-1, 1, 21)
    cost = pairs.weight * np.where(pairs.is_exact, 0, np.where(pairs.is_copy, 1, WRONG_COST))
    errors = [np.sum(cost[(values > step) != pairs.is_copy]) for step in steps]
    best = min(zip(errors, np.abs(steps), steps, strict=True))[2]
    found = fit(pairs)
    return found[:-1], float(best - found[-1])


def halves(pairs: Labelled) -> Iterator[Marks]:
    """Deal the components into halves, kinds of pairs evenly; each half is learned from in turn."""
    for seed in range(SPLITS):
        chance = np.random.default_rng(seed)
        is_in = np.zeros(len(pairs.signs), bool)
        dealt: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0])
        for one in chance.permutation(np.unique(pairs.component)):
            rows = np.flatnonzero(pairs.component == one)
            counts = dealt[str(pairs.corpus[rows[0]]), bool(pairs.is_copy[rows].mean() > 0.5)]
            side = int(counts[0] > counts[1]) if counts[0] != counts[1] else int(chance.integers(2))
            counts[side] += len(rows)
            is_in[rows] = side == 1
        yield from (is_in, ~is_in)


def validate(pairs: Labelled, ladder: Marks | None) -> None:
    counts: dict[tuple[str, str, str], Floats] = defaultdict(lambda: np.zeros(3))
    for is_in in halves(pairs):
        found, needed = learn(pairs.of(is_in))
        rules = {
            "signs": pairs.is_exact | (~pairs.is_filled_form & (pairs.signs @ found > needed)),
            "J >= .5": pairs.jaccard >= 0.5,
        }
        if ladder is not None:
            rules["ladder"] = np.append(ladder, np.ones(len(pairs.is_copy) - len(ladder), bool))
        rules["signs, what is borderline weighing half"] = rules["signs"]
        for rule, said in rules.items():
            weight = pairs.weight if "half" in rule else np.ones(len(said))
            for corpus in NAMES:
                for half, side in (("learned", is_in), ("validated", ~is_in)):
                    rows = side & (pairs.corpus == corpus) & (pairs.is_told | (corpus in {"ecb", "planted"}))
                    told = (said & pairs.is_copy & rows, said & rows, pairs.is_copy & rows)
                    counts[rule, corpus, half] += [np.sum(weight[marks]) for marks in told]
    print(f"{SPLITS} splits, both ways: precision / recall on the half learned from | on the other")
    for rule in dict.fromkeys(rule for rule, _, _ in counts):
        parts = []
        for corpus in NAMES:
            told = [counts[rule, corpus, half] for half in ("learned", "validated")]
            parts.append(f"{corpus} " + " | ".join(f"{c[0] / c[1]:.3f} / {c[0] / c[2]:.3f}" for c in told))
        print(f"{rule}: " + "   ".join(parts))


def write(pairs: Labelled) -> None:
    found, needed = learn(pairs)
    lines = [
        f"{name} = {value:.2f}" for name, value in zip((*SIGNS, "needed"), (*found, needed), strict=True)
    ]
    head = "# Weights of the signs of transforms/copies/signs.py, by `python -m benchmarks.copy_weights learn`.\n"
    TARGET.write_text(head + "\n".join(lines) + "\n", "utf-8")
    print(TARGET.read_text("utf-8"), end="")


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command not in {"validate", "learn"}:
        sys.exit(__doc__)
    pairs = read_labelled(read_pairs())
    if command == "learn":
        write(pairs)
    else:
        ladder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
        validate(pairs, np.load(ladder) if ladder else None)


if __name__ == "__main__":
    main()
