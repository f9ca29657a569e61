"""Measure the stories: quality on look-alike events, order independence.

    python benchmarks/stories.py [ecb] [order] [seed]

All parts run by default; `stories_speed.py` measures speed and what a real stream gives.
"""

import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
from plain_stories import plain_single_pass
from story_corpora import SHARED, articles, labels_of, read_ecb, read_news, run_parts, settle

from transforms.stories.cluster_votes import ClusterParams
from transforms.stories.read_features import read_features
from transforms.stories.story_state import StoryParams

FOLDS = 5


def bcubed(labels, gold):
    """Return BCubed F1, precision and recall (Bagga and Baldwin, 1998)."""
    clusters, classes, both = Counter(labels), Counter(gold), Counter(zip(labels, gold, strict=True))
    total = len(gold)
    precision = sum(n * n / clusters[label] for (label, _), n in both.items()) / total
    recall = sum(n * n / classes[truth] for (_, truth), n in both.items()) / total
    return 2 * precision * recall / (precision + recall), precision, recall


def moved(before, after):
    """Return the share of articles that left the story that most of their story went to, in the worse direction."""
    return max(_left(before, after), _left(after, before))


def _left(before, after):
    went = defaultdict(Counter)
    for old, new in zip(before, after, strict=True):
        went[old][new] += 1
    home = {old: counts.most_common(1)[0][0] for old, counts in went.items()}
    return sum(home[old] != new for old, new in zip(before, after, strict=True)) / len(before)


def grid():
    """Return the parameter sets that are tuned over: how loose a merge may be."""
    for (base, ratio), pairs, likeness in itertools.product(
        ((0.0, 0.8), (0.02, 0.7), (0.04, 0.6)), (5.0, 10.0, 20.0), (0.08, 0.10)
    ):
        yield StoryParams(
            cluster=ClusterParams(base=base, ratio=ratio, prior_pairs=pairs, prior_likeness=likeness)
        )


def measure_ecb():
    table, topics, gold = read_ecb()
    print(f"ECB+: {table.num_rows} articles, {len(set(gold))} events, arrival shuffled")
    order = list(range(table.num_rows))
    random.Random(7).shuffle(order)
    features = read_features(table.take(pa.array(order)))
    gold = [gold[row] for row in order]
    topics = topics[order]
    found = {params: labels_of(settle(features, params, [range(len(order))]), features) for params in grid()}
    shipped = labels_of(settle(features, StoryParams(), [range(len(order))]), features)
    print(
        "  parameters as shipped: F1 {:.3f}, precision {:.3f}, recall {:.3f}".format(*bcubed(shipped, gold))
    )
    held = []
    for fold in range(FOLDS):
        train, test = np.flatnonzero(topics % FOLDS != fold), np.flatnonzero(topics % FOLDS == fold)
        best = max(found, key=lambda params: bcubed(*pick(found[params], gold, train))[0])
        score = bcubed(*pick(found[best], gold, test))
        as_shipped = bcubed(*pick(shipped, gold, test))[0]
        told = "tuned on the other topics F1 {:.3f} (P {:.3f}, R {:.3f})".format(*score)
        print(f"  fold {fold}: {told}; as shipped {as_shipped:.3f}")
        held.append((score[0], len(test)))
    print(f"  tuned on other topics, mean F1 {sum(f * n for f, n in held) / len(order):.3f}; aim .93")
    texts = [table["body"][row].as_py() for row in order]
    best = max(
        bcubed(plain_single_pass(texts, threshold), gold) for threshold in (0.1, 0.12, 0.14, 0.16, 0.18)
    )
    print(
        "  plain single pass at its best threshold: F1 {:.3f}, precision {:.3f}, recall {:.3f}".format(*best)
    )


def pick(labels, gold, rows):
    return [labels[row] for row in rows], [gold[row] for row in rows]


def measure_order():
    table, _, gold = read_ecb()
    features = read_features(table)
    rows = list(range(table.num_rows))
    at_once = labels_of(settle(features, StoryParams(), [rows]), features)
    print("Shuffled arrival of ECB+ against all at once in order:")
    for seed, size in ((1, len(rows)), (2, 200), (3, 50), (4, 50), (5, 7), (6, 1)):
        shuffled = rows.copy()
        random.Random(seed).shuffle(shuffled)
        batches = [shuffled[at : at + size] for at in range(0, len(rows), size)]
        labels = labels_of(settle(features, StoryParams(), batches), features)
        share = moved(at_once, labels)
        print(
            f"  batches of {size:3}: {share:.2%} of the articles change story; F1 {bcubed(labels, gold)[0]:.3f}"
        )
    news = [row for row in read_news() if row[4]][-4_000:]
    features = read_features(articles(news))
    rows = list(range(len(news)))
    at_once = labels_of(settle(features, StoryParams(), [rows]), features)
    print(f"The last {len(news)} dated articles of news_dev, shuffled, against all at once in order:")
    for seed, size in ((1, 1_000), (2, 200)):
        shuffled = rows.copy()
        random.Random(seed).shuffle(shuffled)
        batches = [shuffled[at : at + size] for at in range(0, len(rows), size)]
        labels = labels_of(settle(features, StoryParams(), batches), features)
        print(f"  batches of {size}: {moved(at_once, labels):.2%} of the articles change story")


def measure_seed():
    folder = SHARED / "articles"
    documents = json.loads((folder / "gold.json").read_text("utf-8"))["docs"]
    for name in (
        "text alone, no time known",
        "text alone, with the bounds that the text states",
        "dates supplied",
    ):
        rows = []
        for document in documents:
            start = end = None
            if "bounds" in name:
                start, end = document["text_only_bounds"]
            elif "dates" in name:
                start, end = document["published_inferred"]["range"]
            rows.append(
                (
                    document["doc"],
                    None,
                    document["title"],
                    body_of(folder, document),
                    day_of(start),
                    day_of(end, 1),
                )
            )
        table = articles(rows)
        wrong = 0
        for order in itertools.permutations(range(len(rows))):
            labels = labels_of(settle(table, StoryParams(), [[row] for row in order]), table)
            wrong += not (len({labels[row] for row in (0, 1, 2, 4)}) == 1 and labels[3] not in labels[:3])
        print(f"Five articles, {name}: {wrong} of 120 arrival orders wrong")


def body_of(folder, document):
    text = (folder / document["file"]).read_text("utf-8")
    kept, at = [], 0
    for span in sorted(document["spans"], key=lambda span: span["start"]):
        if span["cls"] != "dateline":
            kept.append(text[at : span["start"]])
            at = max(at, span["end"])
    return "".join([*kept, text[at:]])


def day_of(date, plus=0):
    return datetime.fromisoformat(date).replace(tzinfo=UTC) + timedelta(days=plus) if date else None


if __name__ == "__main__":
    run_parts({"seed": measure_seed, "ecb": measure_ecb, "order": measure_order}, sys.argv[1:])
