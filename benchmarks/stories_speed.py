"""Measure the stories: speed beside a plain single pass, and what a real stream gives.

    python benchmarks/stories_speed.py [speed] [stream]

Both parts run by default.
"""

import itertools
import sys
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc
from plain_stories import plain_single_pass
from story_corpora import SEEN, articles, read_ecb, read_news, run_parts

from copydesk.transforms.identify import digest
from copydesk.transforms.stories.assign import assign
from copydesk.transforms.stories.read_features import read_features
from copydesk.transforms.stories.story_state import StoryState, StoryThresholds

WINDOW = timedelta(days=21)


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
        settled = assign(table, trimmed(state, table), StoryThresholds(), run_id=str(week))
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
    assign(table.slice(0, 50), StoryState(), StoryThresholds(), run_id="warm")
    texts = [f"{title}\n{body}" for _, _, title, body, _, _ in rows]
    days = [(row[4] - SEEN).days for row in rows]
    times = {}
    begun = time.process_time()
    features = read_features(table)
    times["read features"] = time.process_time() - begun
    begun = time.process_time()
    assign(features, StoryState(), StoryThresholds(), run_id="one")
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
    assign(ecb, StoryState(), StoryThresholds(), run_id="ecb")
    ours = ecb.num_rows / (time.process_time() - begun)
    texts = ecb["body"].to_pylist()
    begun = time.process_time()
    plain_single_pass(texts, 0.14)
    plain = len(texts) / (time.process_time() - begun)
    ratio = f"ratio {ours / plain:.1f}"
    print(
        f"  ECB+ (all undated, {ecb.num_rows} articles): {ours:,.0f} articles/s; plain: {plain:,.0f}; {ratio}"
    )


if __name__ == "__main__":
    run_parts({"speed": measure_speed, "stream": measure_stream}, sys.argv[1:])
