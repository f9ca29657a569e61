"""Measure the stories: quality on look-alike events, order independence.

    python -m benchmarks.stories [ecb] [news] [order] [seed] [made] [bound]

`story_labels.jsonl` names articles of news_dev and the event of each, as they were read; `story_events.txt` has events
that were made up, half b of which was counted and never read. All parts run by default;
`stories_speed.py` measures speed and what a real stream gives.
"""

import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.corpora import shared
from benchmarks.plain_stories import plain_single_pass
from benchmarks.story_corpora import SEEN, articles, labels_of, read_ecb, read_news, settle
from copydesk.transforms.stories.cluster_votes import ClusterThresholds
from copydesk.transforms.stories.read_features import read_features
from copydesk.transforms.stories.story_state import StoryThresholds

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
from gold_articles import gold_documents  # noqa: E402

SPLITS = 10
CROWD = 5_046
PLAIN = (0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.26)
LABELS = Path(__file__).with_name("story_labels.jsonl")
EVENTS = Path(__file__).with_name("story_events.txt")


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
    for base, ratio, pairs in itertools.product((0.02, 0.03, 0.04), (0.6, 0.7, 0.8), (5.0, 10.0, 20.0)):
        yield StoryThresholds(cluster=ClusterThresholds(base=base, ratio=ratio, prior_pairs=pairs))


def measure_ecb():
    table, topics, gold = read_ecb()
    print(
        f"ECB+: {table.num_rows} articles, {len(set(gold))} events, no dates; halves of the topics, both ways"
    )
    everyone = list(range(table.num_rows))
    random.Random(7).shuffle(everyone)
    features = read_features(table.take(pa.array(everyone)))
    gold, topics = [gold[row] for row in everyone], topics[everyone]
    texts = [table["body"][row].as_py() for row in everyone]
    rows = [range(len(everyone))]
    tuned = [labels_of(settle(features, thresholds, rows), features) for thresholds in grid()]
    plain = [plain_single_pass(texts, threshold) for threshold in PLAIN]
    shipped = labels_of(settle(features, StoryThresholds(), rows), features)
    for name, labels in (("shipped", [shipped]), ("plain at its best", plain)):
        best = max(bcubed(each, gold) for each in labels)
        print("  all topics, {}: F1 {:.3f}, precision {:.3f}, recall {:.3f}".format(name, *best))
    held = []
    for split in range(SPLITS):
        dealt = random.Random(split).sample(sorted(set(topics.tolist())), len(set(topics.tolist())) // 2)
        for is_in in (np.isin(topics, dealt), ~np.isin(topics, dealt)):
            learn, other = np.flatnonzero(is_in), np.flatnonzero(~is_in)
            chosen = [
                max(each, key=lambda labels: bcubed(*pick(labels, gold, learn))) for each in (tuned, plain)
            ]
            held.append([bcubed(*pick(labels, gold, other))[0] for labels in (*chosen, shipped)])
            print(
                "  split {}: tuned on the other half {:.3f}, plain {:.3f}; shipped {:.3f}".format(
                    split, *held[-1]
                )
            )
    told = np.array(held)
    print("  mean: tuned {:.3f}, plain {:.3f}, shipped {:.3f}".format(*told.mean(axis=0)))
    leads = (told[:, [0, 2]] - told[:, [1]]).min(axis=0)
    print("  least lead over plain in a split: tuned {:+.3f}, shipped {:+.3f}".format(*leads))


def measure_news():
    """Score pools of articles that were read: each seed with its nearest by plain TF-IDF within five days."""
    labels = [json.loads(line) for line in LABELS.open()]
    news = [row for row in read_news() if row[4]]
    pools = {row["doc_id"] for row in labels}
    count = len({row["seed"] for row in labels})
    print(f"news_dev: {len(labels)} labels in {count} pools; a learned on, b looked at, c labelled last")
    timeless = [(*row[:1], None, *row[2:4], None, None) for row in news if row[0] in pools]
    for name, rows, window in (("with days, all of it", news, 7), ("pools alone, no days", timeless, None)):
        ids, features = [row[0] for row in rows], read_features(articles(rows))
        texts = [f"{row[2]}\n{row[3]}" for row in rows]
        days = [(row[4] - SEEN).days for row in rows] if window else None
        found = {"shipped": [labels_of(settle(features, StoryThresholds(), [range(len(ids))]), features)]}
        found["plain"] = [plain_single_pass(texts, threshold, window, days) for threshold in PLAIN]
        for method, tried in found.items():
            told = [dict(zip(ids, each, strict=True)) for each in tried]
            best = max(told, key=lambda story_of: bcubed_in_pools(labels, story_of, 0))
            parts = []
            for half in (0, 1, 2):
                scores = (*pairs_in_pools(labels, best, half), *bcubed_in_pools(labels, best, half))
                parts.append(
                    "pairs {1:.3f} / {2:.3f}, F1 {0:.3f}; BCubed {4:.3f} / {5:.3f}, F1 {3:.3f}".format(
                        *scores
                    )
                )
            print(f"  {name}, {method:7} a: {parts[0]}   b: {parts[1]}   c: {parts[2]}")


def pools_of(labels, half):
    """Yield each pool of a half: per article its weight, its event and its id."""
    for _, rows in itertools.groupby((row for row in labels if row["half"] == half), lambda row: row["seed"]):
        yield [(0.5 if row["borderline"] else 1.0, row["event"], row["doc_id"]) for row in rows]


def pairs_in_pools(labels, story_of, half):
    """Return F1, precision and recall of pairs; a pair with a borderline article weighs half."""
    hit = said = true = 0.0
    for pool in pools_of(labels, half):
        for (wa, a, one), (wb, b, other) in itertools.combinations(pool, 2):
            weight, together = min(wa, wb), story_of[one] == story_of[other]
            hit, said, true = (
                hit + weight * (together and a == b),
                said + weight * together,
                true + weight * (a == b),
            )
    return 2 * hit / (said + true), hit / max(said, 1.0), hit / true


def bcubed_in_pools(labels, story_of, half):
    """Return BCubed F1, precision and recall within pools; a borderline article weighs half."""
    precision = recall = total = 0.0
    for pool in pools_of(labels, half):
        for weight, event, doc in pool:
            mates = [other == event for _, other, one in pool if story_of[one] == story_of[doc]]
            own = sum(other == event for _, other, _ in pool)
            precision, recall = (
                precision + weight * sum(mates) / len(mates),
                recall + weight * sum(mates) / own,
            )
            total += weight
    return 2 * precision * recall / (precision + recall) / total, precision / total, recall / total


def pick(labels, gold, rows):
    return [labels[row] for row in rows], [gold[row] for row in rows]


def measure_order():
    table, _, gold = read_ecb()
    print("Shuffled arrival of ECB+ against all at once in order:")
    measure_shuffled(
        read_features(table), ((1, table.num_rows), (2, 200), (3, 50), (4, 50), (5, 7), (6, 1)), gold
    )
    news = [row for row in read_news() if row[4]][-4_000:]
    print(f"The last {len(news)} dated articles of news_dev, shuffled, against all at once in order:")
    measure_shuffled(read_features(articles(news)), ((1, 1_000), (2, 200)))


def measure_shuffled(features, trials, gold=None):
    rows = list(range(features.num_rows))
    at_once = labels_of(settle(features, StoryThresholds(), [rows]), features)
    for seed, size in trials:
        shuffled = rows.copy()
        random.Random(seed).shuffle(shuffled)
        batches = [shuffled[at : at + size] for at in range(0, len(rows), size)]
        labels = labels_of(settle(features, StoryThresholds(), batches), features)
        score = f"; F1 {bcubed(labels, gold)[0]:.3f}" if gold else ""
        print(f"  batches of {size:3}: {moved(at_once, labels):.2%} of the articles change story{score}")


def measure_bound():
    """Score what arrives a thousand at a time, by how many older votes a run settles again at most."""
    labels = [json.loads(line) for line in LABELS.open()]
    news = [row for row in read_news() if row[4]]
    pools = {row["doc_id"] for row in labels}
    others = random.Random(5).sample([row for row in news if row[0] not in pools], CROWD - len(pools))
    chosen = [row for row in news if row[0] in pools] + others
    crowd = [(*row[:1], None, *row[2:4], None, None) for row in chosen]
    print("Batches of 1,000 against all at once without a bound:")
    for name, rows, order, bounds in (
        ("with days, in their order", news, range(len(news)), (3_000, 0)),
        ("no days, shuffled", crowd, random.Random(1).sample(range(CROWD), CROWD), (CROWD, 3_000, 300)),
    ):
        features = read_features(articles(rows))
        whole = StoryThresholds(most_votes=len(rows))
        at_once = labels_of(settle(features, whole, [range(len(rows))]), features)
        batches = [order[at : at + 1_000] for at in range(0, len(order), 1_000)]
        for most_votes in bounds:
            found = labels_of(settle(features, StoryThresholds(most_votes=most_votes), batches), features)
            story_of = dict(zip([row[0] for row in rows], found, strict=True))
            scores = [bcubed_in_pools(labels, story_of, half)[0] for half in (0, 1, 2)]
            print(
                f"  {len(rows)} {name}, {most_votes} older votes: {moved(at_once, found):.2%} of the articles"
                " change story; BCubed F1 a {:.3f}, b {:.3f}, c {:.3f}".format(*scores)
            )


def measure_seed():
    documents = gold_documents(shared("articles"))
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
            told = document["doc"], None, document["title"], document["body_text"]
            rows.append((*told, day_of(start), day_of(end, 1)))
        table = read_features(articles(rows))
        wrong = 0
        for order in itertools.permutations(range(len(rows))):
            labels = labels_of(settle(table, StoryThresholds(), [[row] for row in order]), table)
            wrong += not (len({labels[row] for row in (0, 1, 2, 4)}) == 1 and labels[3] not in labels[:3])
        print(f"Five articles, {name}: {wrong} of 120 arrival orders wrong")


def measure_made():
    """Count the events that come out as one whole story, of kinds that labelled corpora lack."""
    print("Made events: whole stories of events, each pair in a window of its own; all of them in one")
    halves = [list(files) for _, files in itertools.groupby(read_made(), lambda one: one[0])]
    for half in halves:
        for dated in (True, False):
            counts = defaultdict(list)
            for _, language, kind, reports in half:
                counts[kind].append(whole_stories([(language, *report) for report in reports], dated))
            counts["all"].append(
                whole_stories([(row[1], *report) for row in half for report in row[3]], dated)
            )
            told = (
                f"{kind} {sum(n for n, _ in found)} of {sum(n for _, n in found)}"
                for kind, found in counts.items()
            )
            print(f"  {half[0][0]}, {'dated' if dated else 'undated'}: {', '.join(told)}")


def read_made():
    """Return (half, language, kind, reports) of each pair of events; a report is (event, day, title, body)."""
    found = []
    for line in EVENTS.read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "#":
            half, name, language, kind = rest.split()
            found.append((half, language, kind, []))
        elif mark == "##":
            event, day, place = f"{name} {rest}", int(rest.split()[1]), 0
        elif mark == "@":
            title = rest
        else:
            found[-1][3].append((event, 40 * len(found) + day + place // 2, title, line))
            place += 1
    return found


def whole_stories(reports, dated):
    """Return how many events are one story that holds nothing else, and how many there are."""
    times = [SEEN + timedelta(days=report[2]) if dated else None for report in reports]
    rows = [
        (number, f"outlet {number}", *report[3:], at, at and at + timedelta(days=1))
        for number, (report, at) in enumerate(zip(reports, times, strict=True))
    ]
    table = articles(rows)
    languages = pa.array([report[0] for report in reports])
    table = table.set_column(table.column_names.index("language"), "language", languages)
    features = read_features(table)
    labels = labels_of(settle(features, StoryThresholds(), [range(len(rows))]), features)
    both = {(label, report[1]) for label, report in zip(labels, reports, strict=True)}
    stories, events = Counter(label for label, _ in both), Counter(event for _, event in both)
    return sum(stories[label] == events[event] == 1 for label, event in both), len(events)


def day_of(date, plus=0):
    return datetime.fromisoformat(date).replace(tzinfo=UTC) + timedelta(days=plus) if date else None


PARTS = {
    "seed": measure_seed, "made": measure_made, "ecb": measure_ecb, "news": measure_news, "order": measure_order,
    "bound": measure_bound,
}  # fmt: skip

if __name__ == "__main__":
    for wanted in sys.argv[1:] or PARTS:
        PARTS[wanted]()
        print()
