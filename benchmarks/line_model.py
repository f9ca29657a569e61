"""Learn the line model and tell what it takes on hosts that it has not seen; write its weights.

    python -m benchmarks.line_model [--write [--half 0]] [--keep FILE]

What is learnt from: texts labelled line by line, unlabelled ones of the same kind (lines that a host repeats in three
articles and lines that rules take count as junk, the others a little as body), seed-like texts, and lines of pages in
30 languages. First the words: a logistic regression over hashed words and pairs of words. Then boosted trees over the
columns of evidence and what the words say, by words that did not see the host. Judged on one half of the hosts after
learning on the other, with thresholds set in folds of hosts inside the half learnt from; `--write` learns from both.
Needs lightgbm (extra "bench").
"""

import argparse
import hashlib
import pickle
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.corpora import ROOT
from benchmarks.line_model_texts import Text, load_texts
from copydesk.transforms.clean.lines import Line
from copydesk.transforms.line_model.hash_grams import BUCKET_BITS, hash_grams
from copydesk.transforms.line_model.measure_lines import measure_lines
from copydesk.transforms.line_model.read_letters import read_letters
from copydesk.transforms.line_model.score_lines import SAID, WORDS_LEAST, said_around

WRITTEN = ROOT / "transforms" / "line_model" / "weights.npz"
FOLDS = 5
L2 = 0.3
THIN = 15
"""Of body lines of unlabelled texts one in so many is learnt from, at six times the weight."""
DOUBTED = -2.0
"""A first score above which an unlabelled line is not taken for body."""
BUDGETS = (0.0001, 0.0002, 0.0003)
ROUNDS = 200
TREES = {
    "objective": "binary", "num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 20, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1, "seed": 1, "deterministic": True,
    "num_threads": 1, "force_row_wise": True,
}  # fmt: skip
KIND_BUCKETS = 1 << 13
KIND_DOUBT = 2.0
"""Lines of all kinds that each gram is taken to have stood in besides."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


Fit = tuple[Floats, Floats, lightgbm.Booster, tuple[Floats, float]]


@dataclass(slots=True)
class Data:
    """All lines with what is known of each, and two views of their evidence: among all lines, and among those left."""

    grams: csr_matrix
    truth: Floats
    weight: Floats
    labels: NDArray[np.object_]
    chars: Ints
    left: Flags
    source: NDArray[np.object_]
    half: Ints
    fold: Ints
    views: list[tuple[Floats, Ints]]
    names: list[str]
    owner: Ints
    """The text of each line, by number."""

    @property
    def known(self) -> Flags:
        """Which lines can be learnt from."""
        is_guess = (self.source == "news") & (self.truth == 0)
        thin = is_guess & (np.arange(len(self.truth)) % THIN != 0)
        return ~np.isnan(self.truth) & (self.weight > 0) & ~thin

    @property
    def weights(self) -> Floats:
        """How much each line counts."""
        return np.where((self.source == "news") & (self.truth == 0), 6 * self.weight, self.weight)


def columns_of(lines: list[Line]) -> Floats:
    measured = measure_lines([(lines, range(len(lines)))])
    return np.column_stack(list(measured.values())).astype(np.float32)


def measure(text: Text) -> tuple[Ints, Ints, Floats | None, Floats | None]:
    grams = hash_grams(read_letters([line.fold for line in text.lines]))
    whole = columns_of(text.lines) if text.source != "news" else None
    rest = [line for line, is_left in zip(text.lines, text.left, strict=True) if is_left]
    return grams.lines, grams.buckets, whole, columns_of(rest) if rest else None


def gather(texts: list[Text]) -> Data:
    with Pool(2) as pool:
        found = pool.map(measure, texts, chunksize=50)
    counts = np.array([len(text.lines) for text in texts])
    first = np.cumsum(counts) - counts
    owner = np.repeat(np.arange(len(texts)), counts)
    rows = np.concatenate([each[0] + at for each, at in zip(found, first, strict=True)])
    buckets = np.concatenate([each[1] for each in found])
    grams = csr_matrix(
        (np.ones(len(rows), np.float32), (rows, buckets)), shape=(counts.sum(), 1 << BUCKET_BITS)
    )
    np.minimum(grams.data, 2, out=grams.data)
    left = np.concatenate([text.left for text in texts])
    whole = [at for at, each in enumerate(found) if each[2] is not None]
    views = [
        (
            np.concatenate([found[at][2] for at in whole]),
            np.concatenate([np.arange(first[at], first[at] + counts[at]) for at in whole]),
        ),
        (np.concatenate([each[3] for each in found if each[3] is not None]), np.flatnonzero(left)),
    ]
    sample = next(text.lines for text in texts if text.lines)
    return Data(
        grams,
        np.concatenate([text.truth for text in texts]),
        np.concatenate([text.weight for text in texts]),
        np.array([label for text in texts for label in text.labels], object),
        np.array([sum(not c.isspace() for c in line.text) for text in texts for line in text.lines]),
        left,
        np.array([text.source for text in texts], object)[owner],
        np.array([text.half for text in texts])[owner],
        np.array([fold_of(text.host) for text in texts])[owner],
        views,
        [*measure_lines([(sample, range(len(sample)))]), *SAID],
        owner,
    )


def fold_of(host: str) -> int:
    return int(hashlib.md5(host.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def fit_words(data: Data, rows: Ints) -> tuple[Floats, float]:
    """Fit a logistic regression over the grams of some lines, by L-BFGS with L2."""
    grams = data.grams[rows]
    turned, sign, weight = grams.T.tocsr(), 2 * data.truth[rows] - 1, data.weights[rows]

    def loss(values: Floats) -> tuple[float, Floats]:
        margin = sign * (grams @ values[:-1] + values[-1])
        slope = -weight * sign / (1 + np.exp(np.clip(margin, -30, 30)))
        total = (weight * np.logaddexp(0, -margin)).sum() + L2 * (values[:-1] @ values[:-1]) / 2
        return total, np.append(turned @ slope + L2 * values[:-1], slope.sum())

    start = np.zeros(grams.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return found[:-1], float(found[-1])


def evidence(data: Data, view: tuple[Floats, Ints], words: Floats, chosen: Flags) -> Floats:
    """Return the columns of the chosen rows of a view: what was measured, and what words say here and around."""
    columns, owners = view
    ends = np.flatnonzero(np.diff(data.owner[owners])) + 1
    said = np.concatenate([said_around(part) for part in np.split(words[owners], ends)])
    return np.column_stack([columns[chosen], said[chosen]])


def fit_trees(data: Data, rows: Flags, words: Floats) -> lightgbm.Booster:
    """Boost trees over the evidence of some lines, in both views."""
    parts = []
    for view, share in zip(data.views, (0.5, 1.0), strict=True):
        chosen = rows[view[1]]
        lines = view[1][chosen]
        parts.append((evidence(data, view, words, chosen), data.truth[lines], share * data.weights[lines]))
    columns, truth, weight = (np.concatenate([part[at] for part in parts]) for at in range(3))
    return lightgbm.train(TREES, lightgbm.Dataset(columns, truth, weight=weight), ROUNDS)


def score(data: Data, chosen: Flags, words: Floats, trees: lightgbm.Booster, into: Floats) -> None:
    view = data.views[1]
    rows = chosen[view[1]]
    into[view[1][rows]] = trees.predict(evidence(data, view, words, rows), raw_score=True)


def cross_fit(data: Data, learn: Flags, judge: Flags) -> Fit:
    """Score the lines of `learn` by folds of their hosts, and those of `judge` by all of `learn`; twice.

    Lines that nobody labelled count as body; those that the first fit doubts count for nothing in the second.
    """
    is_guess = (data.source == "news") & (data.truth == 0)
    doubted = is_guess & (fit_once(data, learn, np.zeros_like(judge))[0] > DOUBTED)
    return fit_once(data, learn & ~doubted, judge)


def fit_once(data: Data, learn: Flags, judge: Flags) -> Fit:
    words, scores = np.zeros(len(data.truth)), np.full(len(data.truth), -99.0)
    for fold in (*range(FOLDS), -1):
        weights, base = fit_words(data, np.flatnonzero(learn & (data.fold != fold)))
        asked = np.flatnonzero(learn & (data.fold == fold) if fold >= 0 else judge)
        words[asked] = data.grams[asked] @ weights + base
    for fold in (*range(FOLDS), -1):
        trees = fit_trees(data, learn & (data.fold != fold), words)
        score(data, learn & (data.fold == fold) if fold >= 0 else judge, words, trees, scores)
    return np.where(words > WORDS_LEAST, scores, -99.0), words, trees, (weights, base)


@dataclass(slots=True)
class Shares:
    """What has left of the labelled real lines."""

    junk: float
    meta: float
    body: float

    def __str__(self) -> str:
        return f"{self.junk:.3f} / {self.meta:.3f} / {self.body:.3%}"


def shares(data: Data, chosen: Flags, taken: Flags) -> Shares:
    kinds = np.array([label.partition(":")[0] for label in data.labels])
    gone = ~data.left | taken
    real = chosen & (data.source == "real")

    def part(which: Flags, out: Flags) -> float:
        return float(data.chars[which & out].sum() / max(1, data.chars[which].sum()))

    body = real & np.isin(kinds, ["body", "part"])
    return Shares(
        part(real & (kinds == "drop"), gone),
        part(real & (kinds == "meta"), gone),
        part(body, taken & data.left),
    )


def limit_for(data: Data, chosen: Flags, scores: Floats, budget: float) -> float:
    """Return the score above which lines of at most `budget` of the body's characters lie."""
    body = np.flatnonzero(chosen & (data.source == "real") & (data.truth == 0))
    left = body[data.left[body]]
    order = left[np.argsort(-scores[left], kind="stable")]
    beyond = np.searchsorted(np.cumsum(data.chars[order]), budget * data.chars[body].sum(), "right")
    return float(scores[order[min(beyond, len(order) - 1)]])


def write(data: Data, path: Path, learn: Flags) -> None:
    """Learn from some lines and write the weights."""
    scores, _, trees, (grams, base) = cross_fit(data, learn, np.zeros_like(learn))
    for budget in BUDGETS:
        limit = limit_for(data, learn, scores, budget)
        print(f"by folds of hosts: {limit:.2f} at {budget:.2%}: {shares(data, learn, scores > limit)}")
    scale = np.percentile(np.abs(grams[grams != 0]), 99.9) / 127
    kinds, kind_grams, kind_base = fit_kinds(data)
    kind_scale = np.abs(kind_grams).max() / 127
    np.savez_compressed(
        path,
        grams=np.clip(np.round(grams / scale), -127, 127).astype(np.int8),
        grams_scale=np.float32(scale),
        grams_base=np.float64(base),
        column_names=np.array(data.names),
        kinds=np.array(kinds),
        kind_grams=np.round(kind_grams / kind_scale).astype(np.int8),
        kind_scale=np.float32(kind_scale),
        kind_base=kind_base.astype(np.float32),
        **flatten(trees),
    )
    print(f"wrote {path.stat().st_size / 1000:.0f} kB")


def flatten(trees: lightgbm.Booster) -> dict[str, NDArray]:
    """Lay the nodes of all trees out one after another; a leaf leads to itself."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots, deepest = [], 0

    def add(node: dict, depth: int) -> int:
        nonlocal deepest
        at = len(nodes)
        deepest = max(deepest, depth)
        if "split_feature" not in node:
            nodes.append((0, 0.0, at, at, node["leaf_value"]))
            return at
        nodes.append((node["split_feature"], node["threshold"], 0, 0, node["internal_value"]))
        low, high = add(node["left_child"], depth + 1), add(node["right_child"], depth + 1)
        nodes[at] = (*nodes[at][:2], low, high, nodes[at][4])
        return at

    for tree in trees.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    columns = list(zip(*nodes, strict=True))
    return {
        "roots": np.array(roots, np.int32),
        "columns": np.array(columns[0], np.int8),
        "limits": np.array(columns[1], np.float64),
        "below": np.array(columns[2], np.int32),
        "above": np.array(columns[3], np.int32),
        "values": np.array(columns[4], np.float32),
        "depth": np.int64(deepest),
    }


def fit_kinds(data: Data) -> tuple[list[str], Floats, Floats]:
    """Fit what kind of junk the grams of a line speak for: naive Bayes over labelled real and seed-like lines."""
    named = np.array([label.partition(":")[2] for label in data.labels])
    named[np.isin(named, ["metadata", "title_line", "duplicate_title", "print_stamp"])] = ""
    rows = np.flatnonzero((data.source != "page") & (named != ""))
    kinds = sorted(set(named[rows]))
    numbers = np.array([kinds.index(name) for name in named[rows]])
    counts = np.zeros((KIND_BUCKETS, len(kinds)))
    grams = data.grams[rows].tocoo()
    np.add.at(counts, (grams.col % KIND_BUCKETS, numbers[grams.row]), np.minimum(grams.data, 1))
    often = np.bincount(numbers, minlength=len(kinds)) / len(numbers)
    told = np.log((counts + KIND_DOUBT * often) / (counts.sum(axis=1, keepdims=True) + KIND_DOUBT) / often)
    return kinds, np.clip(told, -2, 3), np.log(often)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--write", action="store_true", help="write the weights, learnt from all that is known"
    )
    parser.add_argument(
        "--half", type=int, help="write what this half of the real texts' hosts teaches, for a trial"
    )
    parser.add_argument("--keep", type=Path, help="keep what was read and measured in this file")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        data = pickle.loads(options.keep.read_bytes())
    else:
        data = gather([text for text in load_texts() if text.lines])
        if options.keep:
            options.keep.write_bytes(pickle.dumps(data))
    if options.write:
        others = (data.half == options.half) | ~np.isin(data.source.astype(str), ["real", "news"])
        write(data, WRITTEN, data.known & (others | (options.half is None)))
        return
    print(
        "| learnt on | | threshold | junk / captions and the like / body lost, its own half | the other half |"
    )
    print("|---|---|---|---|---|")
    for half in (0, 1):
        aside = (data.source == "real") & (data.half != half)
        mine = (data.half == half) | np.isin(data.source.astype(str), ["seed", "page", "more"])
        scores, *_ = cross_fit(data, data.known & mine, aside)
        nothing = np.zeros_like(aside)
        print(
            f"| half {half} | rules alone | | {shares(data, ~aside, nothing)} | {shares(data, aside, nothing)} |"
        )
        for budget in BUDGETS:
            limit = limit_for(data, data.known & mine, scores, budget)
            told = shares(data, (data.half == half), scores > limit), shares(data, aside, scores > limit)
            print(f"| half {half} | budget {budget:.2%} | {limit:.2f} | {told[0]} | {told[1]} |", flush=True)


if __name__ == "__main__":
    main()
