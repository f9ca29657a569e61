"""Reports of events in one archive, and which of them are told as one story."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from copydesk.transforms.stories.assign import assign
from copydesk.transforms.stories.read_features import read_features
from copydesk.transforms.stories.story_state import StoryState, StoryThresholds

START = datetime(2026, 3, 2, tzinfo=UTC)
Report = tuple[str | None, str]
"""Title and body."""


def stories(reports: list[Report], language: str, days: list[int] | None) -> list[list[int]]:
    """Return the reports of each story by their numbers; undated where no days are given."""
    count, stamps = len(reports), pa.timestamp("us", tz="UTC")
    starts = [START + timedelta(days=day) for day in days] if days else [None] * count
    ids = [f"{number:020}" for number in range(count)]
    table = pa.table(
        {
            "article_id": ids,
            "revision_id": ids,
            "source_id": ["desk"] * count,
            "outlet": pa.array([None] * count, pa.string()),
            "language": [language] * count,
            "vote_id": ids,
            "is_representative": [True] * count,
            "title": pa.array([title for title, _ in reports], pa.string()),
            "body": [body for _, body in reports],
            "seen_at": pa.array([START] * count, stamps),
            "start_at": pa.array(starts, stamps),
            "end_at": pa.array([at and at + timedelta(days=1) for at in starts], stamps),
            "time_method": ["published" if days else "unknown"] * count,
        }
    )
    found = defaultdict(list)
    for row in assign(read_features(table), StoryState(), StoryThresholds(), run_id="a").members.to_pylist():
        found[row["story_id"]].append(int(row["article_id"]))
    return sorted(sorted(numbers) for numbers in found.values())
