"""Measure the inferred intervals: hide the dates of a fifth of real articles and let their stories date them.

    python -m benchmarks.intervals [--fold N] [--every N] [--wrong]

Reads news_dev.parquet. `holds`: the outlet's day lies in the interval.
"""

import argparse
import hashlib
import time
from collections import Counter, defaultdict

from benchmarks.story_corpora import SEEN, articles, labels_of, read_news, settle
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.infer_interval import Interval
from copydesk.transforms.dates.infer_story import StoryMember, infer_story
from copydesk.transforms.identify import digest
from copydesk.transforms.stories.read_features import read_features
from copydesk.transforms.stories.story_state import StoryThresholds

BATCH = 2_000


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--every", type=int, default=1, help="take every n-th hidden article")
    options.add_argument("--fold", type=int, default=0, choices=range(5), help="which fifth to hide")
    options.add_argument("--wrong", action="store_true", help="list intervals that do not hold")
    chosen = options.parse_args()
    rows = [row for row in read_news() if row[4]]
    is_hidden = [int(hashlib.md5(row[0].encode()).hexdigest(), 16) % 5 == chosen.fold for row in rows]
    found = [find_dates(DateInput(text=row[3], title=row[2], language="en")) for row in rows]
    table = articles(
        [
            (*row[:4], dated.between_start_at, dated.between_end_at or SEEN) if hidden else row
            for row, hidden, dated in zip(rows, is_hidden, found, strict=True)
        ]
    )
    batches = [range(at, min(at + BATCH, len(rows))) for at in range(0, len(rows), BATCH)]
    state = settle(read_features(table), StoryThresholds(), batches)
    labels = labels_of(state, table)
    ids, quotes, scores = (
        table["article_id"].to_pylist(),
        columns(state.features, "quotes"),
        columns(state.members, "score"),
    )
    stories = defaultdict(list)
    for at, label in enumerate(labels):
        stories[label].append(at)
    begin = time.perf_counter()
    inferred = {}
    for members in stories.values():
        told = [
            member(
                rows[at], found[at], is_hidden=is_hidden[at], quotes=quotes[ids[at]], score=scores[ids[at]]
            )
            for at in members
        ]
        inferred |= infer_story(told)
    seconds = time.perf_counter() - begin
    mates = [at for members in stories.values() if not all(is_hidden[at] for at in members) for at in members]
    report(rows, found, is_hidden, inferred, set(mates), chosen)
    print(f"{len(rows)} articles, {seconds * 1e6 / len(rows):.0f} us each to infer")


def columns(table, name):
    return dict(zip(table["article_id"].to_pylist(), table[name].to_pylist(), strict=True))


def member(row, dated, *, is_hidden, quotes, score):
    own = None
    if dated.between_start_at or dated.between_end_at:
        days = [at.date() if at else None for at in (dated.between_start_at, dated.between_end_at)]
        own = Interval(*days, dated.between_confidence, dated.between_method)
    day = None if is_hidden else row[4].date()
    return StoryMember(digest(row[0]), digest(row[0]), day, own, dated.candidates, quotes, score)


def report(rows, found, is_hidden, inferred, mates, chosen):
    counts, days = defaultdict(Counter), defaultdict(list)
    hidden = [at for at in range(len(rows)) if is_hidden[at]][:: chosen.every]
    for at in hidden:
        interval = inferred[digest(rows[at][0])]
        truth = rows[at][4].date()
        if interval is None or interval.first_on is None or interval.last_on is None:
            continue
        by_story = interval.method != found[at].between_method
        key = f"{'story' if by_story else 'own text'}, {interval.confidence}"
        distance = max((interval.first_on - truth).days, (truth - interval.last_on).days, 0)
        counts[key][distance] += 1
        days[key].append((interval.last_on - interval.first_on).days + 1)
        if chosen.wrong and distance:
            print(
                f"{truth} {interval.first_on}..{interval.last_on} {interval.method} | {rows[at][1]}: {rows[at][2]}"
            )
    print(
        f"{len(hidden)} hidden, {sum(at in mates for at in hidden)} of them in a story with a dated article"
    )
    for key, count in sorted(counts.items()):
        total, width = sum(count.values()), sorted(days[key])[len(days[key]) // 2]
        near = count[0] + count[1]
        print(
            f"{key:18} {total:5}  holds {count[0] / total:.3f}  within a day {near / total:.3f}  median days {width}"
        )


if __name__ == "__main__":
    main()
