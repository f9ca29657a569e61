"""Measure the stories: quality on look-alike events, order independence, speed, and what a real stream gives.

    python benchmarks/stories.py [ecb] [order] [seed] [stream] [speed]
    python benchmarks/stories.py --pack-vocabulary > transforms/stories/packaged_vocabulary.py

Reads the corpora below COPYDESK_SHARED (default ../shared); without them it says so. All parts run by default.
"""

import itertools
import json
import math
import os
import random
import re
import sys
import textwrap
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.digest import digest
from transforms.stories.assign import assign
from transforms.stories.cluster_votes import ClusterParams
from transforms.stories.read_features import read_features
from transforms.stories.scan_texts import scan_texts
from transforms.stories.story_state import StoryParams, StoryState
from transforms.stories.vocabulary import pack_counts
from transforms.text.number_values import number_values

SHARED = Path(os.environ.get("COPYDESK_SHARED", "../shared"))
SEEN = datetime(2024, 1, 1, tzinfo=UTC)
FOLDS = 5
WINDOW = timedelta(days=21)


# --- input ---------------------------------------------------------------------------------------------------------


def articles(rows):
    """Return the table that `read_features` wants from (id, outlet, title, body, start, end) tuples."""
    stamp = pa.timestamp("us", tz="UTC")
    ids, outlets, titles, bodies, starts, ends = zip(*rows, strict=True) if rows else ([],) * 6
    ids = [digest(str(one)) for one in ids]
    count = len(ids)
    return pa.table(
        {
            "article_id": ids,
            "revision_id": ids,
            "source_id": pa.array([outlet or "corpus" for outlet in outlets], pa.string()),
            "outlet": pa.array(outlets, pa.string()),
            "language": ["en"] * count,
            "vote_id": ids,
            "is_representative": [True] * count,
            "title": pa.array(titles, pa.string()),
            "body": pa.array(bodies, pa.string()),
            "seen_at": pa.array([SEEN] * count, stamp),
            "start_at": pa.array(starts, stamp),
            "end_at": pa.array(ends, stamp),
            "time_method": ["published" if end else "unknown" for end in ends],
        }
    )


def read_ecb():
    path = SHARED / "corpora" / "stories_dev.parquet"
    rows = duckdb.sql(f"select doc_id, topic, event, text from '{path}' order by doc_id").fetchall()
    table = articles([(doc, None, None, text, None, None) for doc, _, _, text in rows])
    return table, np.array([row[1] for row in rows]), [row[2] for row in rows]


def read_news():
    """Return rows in order of date, undated ones last; a day is known, not an instant."""
    path = SHARED / "corpora" / "news_dev.parquet"
    rows = []
    for doc, title, text, source, date in duckdb.sql(
        f"select doc_id, title, text, source, date from '{path}' order by doc_id"
    ).fetchall():
        day = parse_day(date)
        first, _, rest = text.partition("\n")
        body = rest if title and first.strip() == title.strip() else text
        rows.append((doc, source, title, body, day, day + timedelta(days=1) if day else None))
    return sorted(rows, key=lambda row: (row[4] is None, row[4] or SEEN, row[0]))


def parse_day(date):
    for pattern in ("%Y-%m-%d", "%m/%d/%y"):
        try:
            return datetime.strptime(date or "", pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


# --- measures ------------------------------------------------------------------------------------------------------


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


def labels_of(state, table):
    story = dict(
        zip(state.members["article_id"].to_pylist(), state.members["story_id"].to_pylist(), strict=True)
    )
    return [story[article] for article in table["article_id"].to_pylist()]


def settle(table, params, batches):
    """Return the state after the batches (lists of row numbers) came one after another."""
    state = StoryState()
    for number, batch in enumerate(batches):
        state = assign(table.take(pa.array(batch)), state, params, run_id=str(number)).state
    return state


def grid():
    """Return the parameter sets that are tuned over: how loose a merge may be."""
    for (base, ratio), pairs, likeness in itertools.product(
        ((0.0, 0.8), (0.02, 0.7), (0.04, 0.6)), (5.0, 10.0, 20.0), (0.08, 0.10)
    ):
        yield StoryParams(
            cluster=ClusterParams(base=base, ratio=ratio, prior_pairs=pairs, prior_likeness=likeness)
        )


# --- the plain reference -------------------------------------------------------------------------------------------

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[.!?\n]")


def plain_features(text):
    """Return counters of words, capitalised words inside sentences, and numbers."""
    words, names, numbers = Counter(), Counter(), Counter()
    opens = True
    for token in TOKEN.findall(text):
        if token[0].isdigit():
            numbers[token] += 1
        elif token[0].isalpha():
            words[token.lower()] += 1
            if token[0].isupper() and not opens:
                names[token.lower()] += 1
            opens = False
            continue
        opens = not token[0].isdigit()
    return words, names, numbers


def plain_single_pass(texts, threshold, window=None, days=None):
    """Cluster in one pass, in plain Python: join the story with the nearest centroid, or open one."""
    frequency = [Counter(), Counter(), Counter()]
    read = [plain_features(text) for text in texts]
    for features in read:
        for kind in range(3):
            frequency[kind].update(features[kind].keys())
    stories, labels = [], []
    for number, features in enumerate(read):
        vector = {}
        for kind in range(3):
            weighed = {
                (kind, term): (1 + math.log(count)) * math.log(len(texts) / frequency[kind][term])
                for term, count in features[kind].items()
            }
            length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
            vector |= {term: value / length / math.sqrt(3) for term, value in weighed.items()}
        best, story = threshold, None
        for label, (centroid, size, last) in enumerate(stories):
            if window and days[number] - last > window:
                continue
            dot = sum(value * centroid.get(term, 0.0) for term, value in vector.items())
            if dot / size > best:
                best, story = dot / size, label
        if story is None:
            stories.append([dict(vector), 1, days[number] if days else 0])
            labels.append(len(stories) - 1)
        else:
            centroid = stories[story][0]
            for term, value in vector.items():
                centroid[term] = centroid.get(term, 0.0) + value
            stories[story][1] += 1
            stories[story][2] = days[number] if days else 0
            labels.append(story)
    return labels


# --- the parts -----------------------------------------------------------------------------------------------------


def measure_ecb():
    table, topics, gold = read_ecb()
    print(f"ECB+: {table.num_rows} articles, {len(set(gold))} events, arrival shuffled")
    order = list(range(table.num_rows))
    random.Random(7).shuffle(order)
    features = read_features(table.take(pa.array(order)))
    gold = [gold[row] for row in order]
    topics = topics[order]
    found = {}
    for params in grid():
        state = settle(features, params, [range(len(order))])
        found[params] = labels_of(state, features)
    print(
        "  parameters as shipped: F1 {:.3f}, precision {:.3f}, recall {:.3f}".format(
            *bcubed(labels_of(settle(features, StoryParams(), [range(len(order))]), features), gold)
        )
    )
    held = []
    for fold in range(FOLDS):
        train, test = np.flatnonzero(topics % FOLDS != fold), np.flatnonzero(topics % FOLDS == fold)
        best = max(found, key=lambda params: bcubed(*pick(found[params], gold, train))[0])
        score = bcubed(*pick(found[best], gold, test))
        shipped = bcubed(
            *pick(labels_of(settle(features, StoryParams(), [range(len(order))]), features), gold, test)
        )
        print(
            "  fold {}: tuned on the other topics F1 {:.3f} (P {:.3f}, R {:.3f}); as shipped {:.3f}".format(
                fold, *score, shipped[0]
            )
        )
        held.append((score[0], len(test)))
    print(f"  tuned on other topics, mean F1 {sum(f * n for f, n in held) / len(order):.3f}; aim .93")
    texts = [table["body"][row].as_py() for row in order]
    best = max(
        (bcubed(plain_single_pass(texts, threshold), gold), threshold)
        for threshold in (0.1, 0.12, 0.14, 0.16, 0.18)
    )
    print(
        "  plain single pass at its best threshold: F1 {:.3f}, precision {:.3f}, recall {:.3f}".format(
            *best[0]
        )
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


def measure_stream():
    rows = [row for row in read_news() if row[4]]
    print(f"news_dev: {len(rows)} dated articles as a stream, a batch a week of publication")
    by_id = {digest(str(row[0])): row for row in rows}
    state, mates, headline, events = StoryState(), defaultdict(set), {}, Counter()
    story_of = {}
    started = time.perf_counter()
    weeks = itertools.groupby(rows, key=lambda row: (row[4] - SEEN).days // 7)
    slowest = 0.0
    for week, batch in weeks:
        begun = time.perf_counter()
        table = articles(list(batch))
        settled = assign(table, trimmed(state, table), StoryParams(), run_id=str(week))
        slowest = max(slowest, time.perf_counter() - begun)
        state = settled.state
        story_of.update(
            zip(
                settled.members["article_id"].to_pylist(),
                settled.members["story_id"].to_pylist(),
                strict=True,
            )
        )
        headline.update(
            zip(settled.stories["story_id"].to_pylist(), settled.stories["headline"].to_pylist(), strict=True)
        )
        events.update(settled.events["kind"].to_pylist())
    taken = time.perf_counter() - started
    for article, story in story_of.items():
        mates[story].add(article)
    sizes = Counter(len(members) for members in mates.values())
    print(f"  {len(rows) / taken:,.0f} articles/s; slowest batch {slowest:.2f} s; events {dict(events)}")
    print(f"  {len(mates)} stories; articles a story: {dict(sorted(sizes.items()))}")
    for story in sorted(mates, key=lambda one: (-len(mates[one]), one))[:20]:
        days = sorted(by_id[article][4] for article in mates[story])
        outlets = len({by_id[article][1] for article in mates[story]})
        span = f"{days[0]:%Y-%m-%d} to {days[-1]:%m-%d}"
        print(f"  {len(mates[story]):3} articles, {outlets:2} outlets, {span}: {headline[story]}")
        for article in sorted(mates[story], key=lambda one: by_id[one][4])[:: max(1, len(days) // 4)]:
            print(f"        {by_id[article][4]:%m-%d} {by_id[article][2]}")


def trimmed(state, table):
    """Return the state as the warehouse would fetch it: what lies within the window, stories whole."""
    first = pc.min(table["start_at"]).as_py() - WINDOW
    near = state.features.filter(
        pc.greater_equal(state.features["end_at"], pa.scalar(first, state.features["end_at"].type))
    )
    stories = state.members.filter(
        pc.is_in(state.members["article_id"], value_set=near["article_id"].combine_chunks())
    )["story_id"]
    members = state.members.filter(pc.is_in(state.members["story_id"], value_set=stories.combine_chunks()))
    features = state.features.filter(
        pc.is_in(state.features["article_id"], value_set=members["article_id"].combine_chunks())
    )
    kept = state.stories.filter(pc.is_in(state.stories["story_id"], value_set=stories.combine_chunks()))
    return replace(state, features=features, members=members, stories=kept)


def measure_speed():
    rows = [row for row in read_news() if row[4]]
    table = articles(rows)
    assign(table.slice(0, 50), StoryState(), StoryParams(), run_id="warm")
    texts = [f"{title}\n{body}" for _, _, title, body, _, _ in rows]
    days = [(row[4] - SEEN).days for row in rows]
    times = {}
    begun = time.process_time()
    features = read_features(table)
    times["read features"] = time.process_time() - begun
    begun = time.process_time()
    assign(features, StoryState(), StoryParams(), run_id="one")
    times["settle"] = time.process_time() - begun
    ours = len(rows) / sum(times.values())
    some = 3_000
    begun = time.process_time()
    plain_single_pass(texts[:some], 0.14, window=7, days=days[:some])
    plain = some / (time.process_time() - begun)
    mean = sum(map(len, texts)) / len(texts)
    print(f"Speed, one core, news_dev ({len(rows)} dated articles of {mean:,.0f} characters):")
    for name, seconds in times.items():
        print(f"  {name}: {seconds:.2f} s ({len(rows) / seconds:,.0f} articles/s)")
    print(
        f"  all: {ours:,.0f} articles/s; plain single pass ({some} articles): {plain:,.0f}; ratio {ours / plain:.1f}"
    )
    ecb, _, _ = read_ecb()
    begun = time.process_time()
    assign(ecb, StoryState(), StoryParams(), run_id="ecb")
    ours = ecb.num_rows / (time.process_time() - begun)
    texts = ecb["body"].to_pylist()
    begun = time.process_time()
    plain_single_pass(texts, 0.14)
    plain = len(texts) / (time.process_time() - begun)
    ratio = f"ratio {ours / plain:.1f}"
    print(
        f"  ECB+ (all undated, {ecb.num_rows} articles): {ours:,.0f} articles/s; plain: {plain:,.0f}; {ratio}"
    )


def pack_vocabulary(minimum=30):
    """Print the module of packaged counts, made from news_dev."""
    rows = read_news()
    found = []
    for at in range(0, len(rows), 500):
        batch = rows[at : at + 500]
        titles = [row[2] or "" for row in batch]
        texts = [f"{title}\n{row[3]}" for title, row in zip(titles, batch, strict=True)]
        found.append(scan_texts(texts, [len(title) for title in titles]).terms)
    terms, numbers = number_values(np.concatenate(found))
    packed = pack_counts(terms, np.bincount(numbers), minimum=minimum)
    print('"""How many of PACKAGED_ARTICLE_COUNT English news articles hold each common term.\n')
    print(
        "Made by `benchmarks/stories.py --pack-vocabulary`: hashes and counts only, no text. `vocabulary` unpacks it."
    )
    print(f'"""\n\nPACKAGED_ARTICLE_COUNT = {len(rows):_}\nPACKAGED_TERMS = """')
    print("\n".join(textwrap.wrap(packed, 100, break_on_hyphens=False)) + '\n"""')


PARTS = {
    "seed": measure_seed,
    "ecb": measure_ecb,
    "order": measure_order,
    "speed": measure_speed,
    "stream": measure_stream,
}


def main(arguments):
    if not SHARED.is_dir():
        print(f"no corpora in {SHARED}: set COPYDESK_SHARED")
        return
    if "--pack-vocabulary" in arguments:
        pack_vocabulary()
        return
    for name, part in PARTS.items():
        if name in (arguments or PARTS):
            part()
            print()


if __name__ == "__main__":
    main(sys.argv[1:])
