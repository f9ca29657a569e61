"""Settles when undated articles were written: their relative words, placed by the days of their story."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from copydesk.flows.thresholds_version import thresholds_version
from copydesk.transforms.dates.infer_interval import Interval
from copydesk.transforms.dates.infer_story import StoryMember, TrustThresholds, infer_story
from copydesk.transforms.records import DateCandidate
from copydesk.warehouse.intervals.fetch_dating import GIVEN, Dating, fetch_dating, write_intervals

Row = dict[str, Any]
DEFAULTS = TrustThresholds()
PART_ARTICLES = 6_000
"""Articles whose intervals are settled at a time."""
_PARTS = ("start_at", "end_at", "confidence", "method")
_OWN_PARTS = tuple(f"own_{part}" for part in _PARTS)


def settle_intervals(
    con: duckdb.DuckDBPyConnection,
    article_ids: Sequence[str],
    story_ids: Collection[str],
    *,
    run_id: str,
    thresholds: TrustThresholds = DEFAULTS,
) -> None:
    """Bring the intervals of undated articles up to date with their stories, within an open transaction.

    Looks at the stories of some articles, which have changed, and at some stories, those that their step has written.
    Only rows that differ are written. What a story gives is no evidence for any story, so nothing has to be settled
    again, and the intervals are the same whatever came first.
    """
    _settle(con, article_ids[:PART_ARTICLES], story_ids, run_id, thresholds)
    for start in range(PART_ARTICLES, len(article_ids), PART_ARTICLES):
        _settle(con, article_ids[start : start + PART_ARTICLES], (), run_id, thresholds)


def _settle(
    con: duckdb.DuckDBPyConnection,
    article_ids: Sequence[str],
    story_ids: Collection[str],
    run_id: str,
    thresholds: TrustThresholds,
) -> None:
    dating = fetch_dating(con, article_ids, story_ids)
    inferred = dict(_infer(dating, thresholds))
    signature = {"parameters_version": thresholds_version("intervals", thresholds), "run_id": run_id}
    rows = [row for row in dating.members.to_pylist() if row["revision_id"] in inferred]
    given = [
        {"revision_id": row["revision_id"], **dict(zip(_PARTS, found, strict=True))}
        for row in rows
        if (found := inferred[row["revision_id"]]) != tuple(row[part] for part in _PARTS)
    ]
    own = [_own(row) | signature for row in rows if not row["is_by_story"] and _is_by_story(row, inferred)]
    outdated: list[Row] = dating.outdated.to_pylist()
    given += [{name: row[name] for name in GIVEN.names} for row in outdated]
    withdrawn = [row["revision_id"] for row in rows if row["is_by_story"] and not _is_by_story(row, inferred)]
    withdrawn += [row["revision_id"] for row in outdated]
    write_intervals(con, pa.Table.from_pylist(given, GIVEN), own, withdrawn, run_id=run_id)


def _infer(dating: Dating, thresholds: TrustThresholds) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield each undated revision with the interval that its text and story give, as its columns have it."""
    mentions: dict[str, list[DateCandidate]] = defaultdict(list)
    for row in dating.mentions.to_pylist():
        mentions[row.pop("revision_id")].append(DateCandidate(**row))
    for _, rows in groupby(dating.members.to_pylist(), key=itemgetter("story_id")):
        story = {row["article_id"]: row for row in rows}
        told = [_member(row, mentions[row["revision_id"]]) for row in story.values()]
        for article_id, interval in infer_story(told, thresholds=thresholds).items():
            row = story[article_id]
            yield row["revision_id"], _columns(interval, tuple(row[part] for part in _OWN_PARTS))


def _member(row: Row, mentions: list[DateCandidate]) -> StoryMember:
    start, end, confidence, method = (row[part] for part in _OWN_PARTS)
    own = Interval(_day(start), _day(end), confidence or "low", method or "") if start or end else None
    return StoryMember(
        row["article_id"], row["vote_id"], row["published_on"], own, mentions, row["quotes"], row["score"]
    )


def _day(at: datetime | None) -> date | None:
    return at.astimezone(UTC).date() if at else None


def _columns(interval: Interval | None, own: tuple[Any, ...]) -> tuple[Any, ...]:
    if interval is None or interval.method == (own[-1] or ""):
        return own
    start = datetime.combine(interval.first_on, time.min, UTC) if interval.first_on else None
    end = datetime.combine(interval.last_on, time.max, UTC) if interval.last_on else None
    return start, end, interval.confidence, interval.method


def _is_by_story(row: Row, inferred: dict[str, tuple[Any, ...]]) -> bool:
    return inferred[row["revision_id"]] != tuple(row[part] for part in _OWN_PARTS)


def _own(row: Row) -> Row:
    own = dict(zip(_PARTS, (row[part] for part in _OWN_PARTS), strict=True))
    return {"revision_id": row["revision_id"], "article_id": row["article_id"], **own}
