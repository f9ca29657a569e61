"""Reads the corpora of the story benchmarks and settles them."""

from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.corpora import shared
from copydesk.transforms.identify import digest
from copydesk.transforms.stories.assign import assign
from copydesk.transforms.stories.story_state import StoryState

SEEN = datetime(2024, 1, 1, tzinfo=UTC)


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
    path = shared("corpora/stories_dev.parquet")
    rows = duckdb.sql(f"select doc_id, topic, event, text from '{path}' order by doc_id").fetchall()
    table = articles([(doc, None, None, text, None, None) for doc, _, _, text in rows])
    return table, np.array([row[1] for row in rows]), [row[2] for row in rows]


def read_news():
    """Return rows in order of date, undated ones last; a day is known, not an instant."""
    path = shared("corpora/news_dev.parquet")
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


def labels_of(state, table):
    story = dict(
        zip(state.members["article_id"].to_pylist(), state.members["story_id"].to_pylist(), strict=True)
    )
    return [story[article] for article in table["article_id"].to_pylist()]


def settle(features, thresholds, batches):
    """Return the state after the batches (lists of row numbers) came one after another."""
    state = StoryState()
    for number, batch in enumerate(batches):
        state = assign(features.take(pa.array(batch)), state, thresholds, run_id=str(number)).state
    return state
