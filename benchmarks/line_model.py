"""Measure what a small line model would remove beyond the rules, and what it would cost the stories.

    python benchmarks/line_model.py [--source lines|pages|unruled] [--also removed resiliparse] [--shuffles 3]

`lines`: trafilatura's lines of news pages in the corpus, without those that the rules remove from the bare text.
`pages`: what the whole product (rules and the evidence of the page) leaves of the news pages of sh, fe and ft.
`unruled`: the control, all of trafilatura's lines of news pages in the corpus, as if there were no rules.
`--also` names what to learn from beside the judged lines (line_model_lines.from_corpus).
The model is a logistic regression over hashed character n-grams and the shape, place and neighbours of a line, by
Adagrad with L2, in numpy. Folds hold whole domains; `--shuffles` deals the domains anew. Two readings of a threshold:
`ceiling` sets it on the very scores that it is judged by, which nobody could do in the world; `nested` sets it inside
the training folds and tells what happens on the fold left out. Lines labelled uncertain stand as neighbours alone.
"""

import argparse
import time
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from line_model_features import BUCKETS, Floats, Matrix, featurise
from line_model_lines import Line, draw, from_corpus, from_pages, size
from numpy.typing import NDArray
from pages import PAGES

FOLDS, INNER_FOLDS = 5, 4
BUDGETS = (0.0, 0.0001, 0.0005, 0.001, 0.005)
AIM = 0.0001
RATE, START = 0.1, 1e-8


def spread(matrix: Matrix, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint32], Floats, NDArray[np.int64]]:
    parts = [matrix.hashed[row] for row in rows]
    sizes = np.array([len(part) for part in parts])
    return (
        np.concatenate(parts),
        np.repeat(1 / np.sqrt(sizes), sizes),
        np.concatenate([[0], np.cumsum(sizes)[:-1]]),
    )


Model = tuple[Floats, Floats, Floats, Floats]


def fit(matrix: Matrix, truth: Floats, rows: NDArray[np.int64], *, epochs: int, l2: float) -> Model:
    """Fit the weights on `rows` with Adagrad; the order of the lines is drawn from a fixed seed."""
    chance = np.random.default_rng(0)
    mean, scale = matrix.plain[rows].mean(0), matrix.plain[rows].std(0) + 1e-6
    width = matrix.plain.shape[1]
    weights, seen = np.zeros(BUCKETS + width + 1), np.full(BUCKETS + width + 1, START)
    for _ in range(epochs):
        order = chance.permutation(rows)
        for batch in np.array_split(order, max(1, len(order) // 256)):
            at, value, starts = spread(matrix, batch)
            plain = np.column_stack([(matrix.plain[batch] - mean) / scale / 6, np.ones(len(batch))])
            margin = np.add.reduceat(weights[at] * value, starts) + plain @ weights[BUCKETS:]
            error = (1 / (1 + np.exp(-margin)) - truth[batch]) / len(batch)
            sizes = np.diff([*starts, len(at)])
            slope = np.bincount(at, np.repeat(error, sizes) * value, BUCKETS)
            slope = np.concatenate([slope, error @ plain]) + l2 * weights
            seen += slope**2
            weights -= RATE * slope / np.sqrt(seen)
    return weights[:BUCKETS], weights[BUCKETS:], mean, scale


def predict(model: Model, matrix: Matrix, rows: NDArray[np.int64]) -> Floats:
    hashed, dense, mean, scale = model
    at, value, starts = spread(matrix, rows)
    plain = np.column_stack([(matrix.plain[rows] - mean) / scale / 6, np.ones(len(rows))])
    return np.add.reduceat(hashed[at] * value, starts) + plain @ dense


@dataclass(frozen=True, slots=True)
class Task:
    """Lines with labels, their characters, and which of them may be removed and judged."""

    matrix: Matrix
    junk: Floats
    chars: Floats
    target: NDArray[np.bool_]
    gate: NDArray[np.bool_]


def threshold(task: Task, scores: Floats, rows: NDArray[np.int64], budget: float) -> float:
    """Give the lowest score above which body characters of at most `budget` of all are lost."""
    body = rows[task.target[rows] & (task.junk[rows] == 0)]
    allowed = budget * task.chars[body].sum()
    body = body[task.gate[body]]
    order = body[np.argsort(-scores[body], kind="stable")]
    beyond = np.flatnonzero(np.cumsum(task.chars[order]) > allowed)
    return float(scores[order[beyond[0]]]) if len(beyond) else -np.inf


def out_of_fold(task: Task, folds: NDArray[np.int64], settings: dict) -> tuple[Floats, NDArray[np.bool_]]:
    """Score each line by a model that saw none of its domain, and remove by a threshold that didn't either."""
    scores, removed = np.full(len(folds), np.nan), np.zeros(len(folds), bool)
    for fold_ in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold_), np.flatnonzero(folds == fold_)
        inner, parts = np.full(len(folds), np.nan), (folds - fold_ - 1) % FOLDS
        for part in range(INNER_FOLDS):
            learn, judge = inside[parts[inside] != part], inside[parts[inside] == part]
            inner[judge] = predict(fit(task.matrix, task.junk, learn, **settings), task.matrix, judge)
        model = fit(task.matrix, task.junk, inside, **settings)
        scores[outside] = predict(model, task.matrix, outside)
        removed[outside] = scores[outside] > threshold(task, inner, inside, AIM)
    return scores, removed & task.gate


def outcome(task: Task, removed: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Give the shares of junk lines, junk characters and body characters removed."""
    junk, body = task.target & (task.junk == 1), task.target & (task.junk == 0)
    share = lambda which: task.chars[which & removed].sum() / task.chars[which].sum()  # noqa: E731
    return (junk & removed).sum() / max(1, junk.sum()), share(junk), share(body)


def area(task: Task, scores: Floats) -> float:
    """Give the chance that a junk line scores above a body line, among those that may be removed."""
    body = np.sort(scores[task.target & task.gate & (task.junk == 0)])
    junk = scores[task.target & task.gate & (task.junk == 1)]
    return float(np.searchsorted(body, junk).mean() / len(body))


def print_outcome(name: str, reading: str, results: list[tuple[float, float, float]]) -> None:
    cells = [
        " / ".join(f"{row[at]:{form}}" for row in results)
        for at, form in ((0, ".3f"), (1, ".3f"), (2, ".3%"))
    ]
    print(f"| {name} | {reading} |", " | ".join(cells), "|", flush=True)


def run(
    name: str, lines: list[Line], options: argparse.Namespace, *, with_evidence: bool, gated: bool
) -> None:
    domains = [line.domain for line in lines]
    task = Task(
        featurise(lines, with_evidence=with_evidence),
        np.array([float(line.label == "boilerplate") for line in lines]),
        np.array([float(size(line)) for line in lines]),
        np.array([line.is_target for line in lines]),
        np.array([line.is_absent or not gated for line in lines]),
    )
    settings = {"epochs": options.epochs, "l2": options.l2}
    results, by_fold, areas, shown_rows = defaultdict(list), [], [], []
    for seed in range(options.shuffles):
        ranks = {
            domain: rank % FOLDS
            for rank, domain in enumerate(sorted(set(domains), key=lambda d: draw(d, seed)))
        }
        folds = np.array([ranks[domain] for domain in domains])
        scores, removed = out_of_fold(task, folds, settings)
        for budget in BUDGETS:
            cut = threshold(task, scores, np.arange(len(lines)), budget)
            results[f"ceiling {budget:.2%}"].append(outcome(task, (scores > cut) & task.gate))
        results[f"nested {AIM:.2%}"].append(outcome(task, removed))
        for fold_ in range(FOLDS):
            part = np.flatnonzero(folds == fold_)
            here = Task(task.matrix, task.junk[part], task.chars[part], task.target[part], task.gate[part])
            by_fold.append(outcome(here, removed[part]))
        areas.append(area(task, scores))
        if seed == 0 and options.show:
            top = [i for i in np.argsort(-scores) if task.gate[i] and task.target[i]]
            for label in (0, 1):
                likeliest = [i for i in top if task.junk[i] == label]
                for i in (
                    *likeliest[: options.show],
                    *likeliest[-options.show * label :][: len(likeliest) * label],
                ):
                    shown_rows.append(f"  {label} {scores[i]:.2f} {lines[i].domain}: {lines[i].text[:100]}")
    for reading, rows in results.items():
        print_outcome(name, reading, rows)
    shares, losses = [row[0] for row in by_fold], [row[2] for row in by_fold]
    print(
        f"| {name} | nested, folds from - to | {min(shares):.3f} - {max(shares):.3f} | |"
        f" {min(losses):.3%} - {max(losses):.3%} ({sum(loss > AIM for loss in losses)} of {len(losses)} over) |"
    )
    print(f"| {name} | area under the curve | {' / '.join(f'{value:.3f}' for value in areas)} | | |")
    if options.show:
        print(
            "0 body lines likeliest junk; 1 junk lines likeliest and unlikeliest junk:", *shown_rows, sep="\n"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", choices=["lines", "pages", "unruled"], default="lines")
    parser.add_argument("--shuffles", type=int, default=3)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--l2", type=float, default=1e-6)
    parser.add_argument("--also", nargs="*", default=[], choices=["removed", "resiliparse"])
    options = parser.parse_args()
    if not PAGES.exists():
        raise SystemExit(f"no corpora in {PAGES.parent}: set COPYDESK_SHARED")
    started = time.process_time()
    take = "all" if options.source == "unruled" else "left"
    left = from_pages() if options.source == "pages" else from_corpus(options.also, take=take)
    lines = [line for line in left if line.label != "uncertain"]
    judged = [line for line in lines if line.is_target]
    junk = [line for line in judged if line.label == "boilerplate"]
    body_chars = sum(size(line) for line in judged if line.label == "body")
    print(
        f"{len({line.doc_id for line in judged})} documents of {len({line.domain for line in judged})} domains:"
        f" {len(judged) - len(junk)} body lines of {body_chars} characters, {len(junk)} junk lines of"
        f" {sum(size(line) for line in junk)};"
        f" {sum(line.is_absent for line in junk)} junk lines and"
        f" {sum(line.is_absent and line.label == 'body' for line in judged)} body lines absent from the second tool"
    )
    print(
        "| model | threshold | junk lines gone | junk characters gone | body characters lost |\n|---|---|---|---|---|"
    )
    run("text alone", lines, options, with_evidence=False, gated=False)
    run("with evidence", lines, options, with_evidence=True, gated=False)
    run("text alone, gated", lines, options, with_evidence=False, gated=True)
    run("with evidence, gated", lines, options, with_evidence=True, gated=True)
    print(f"{time.process_time() - started:.0f} s of the processor")


if __name__ == "__main__":
    main()
