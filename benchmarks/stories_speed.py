"""Measure how fast stories are settled, beside a plain single pass: `python -m benchmarks.stories_speed`."""

import time

from benchmarks.plain_stories import plain_single_pass
from benchmarks.story_corpora import SEEN, articles, read_ecb, read_news
from copydesk.transforms.stories.assign import assign
from copydesk.transforms.stories.read_features import read_features
from copydesk.transforms.stories.story_state import StoryState, StoryThresholds


def main():
    rows = [row for row in read_news() if row[4]]
    table = articles(rows)
    assign(read_features(table.slice(0, 50)), StoryState(), StoryThresholds(), run_id="warm")
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
    assign(read_features(ecb), StoryState(), StoryThresholds(), run_id="ecb")
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
    main()
