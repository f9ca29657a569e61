"""Settles the stories of new articles: fetches their window, settles it, writes what changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.flows.memory import release_memory
from copydesk.flows.thresholds_version import thresholds_version
from copydesk.flows.write_events import write_events
from copydesk.transforms.stories.assign import Layout, assign_laid_out, lay_out
from copydesk.transforms.stories.read_features import EMPTY_FEATURES, FEATURES_VERSION, read_features
from copydesk.transforms.stories.relate_stories import RelateThresholds, relate_stories
from copydesk.transforms.stories.story_state import MEMBERS, STORIES, Settled, StoryState, StoryThresholds
from copydesk.transforms.stories.vocabulary import Vocabulary, read_vocabulary, vocabulary_rows
from copydesk.warehouse.register_tables import id_table
from copydesk.warehouse.stories.fetch_articles import fetch_articles, fetch_staged, find_stale
from copydesk.warehouse.stories.fetch_related import ReachThresholds, fetch_related, find_related
from copydesk.warehouse.stories.find_near import WindowThresholds
from copydesk.warehouse.stories.hold_stories import fetch_window, hold_stories
from copydesk.warehouse.stories.in_parts import in_parts
from copydesk.warehouse.stories.vocabulary import fetch_vocabulary, write_vocabulary
from copydesk.warehouse.stories.write_stories import (
    write_features,
    write_links,
    write_members,
    write_stories,
)

PART_ARTICLES = 6_000
"""Articles whose stories are settled at a time: memory stays that of a window."""

RELATED_PARTS = 8
"""Parts whose stories are looked for in the archive at a time: a portion has fewer, a replay of everything many."""

_LINKED_BY = ["story_id", "representative_article_id", "first_seen_at"]


@dataclass(frozen=True, slots=True)
class SettleStoriesThresholds:
    """The thresholds of the step; `feed_days` is how old an undated entry of a feed can be."""

    story: StoryThresholds = field(default_factory=StoryThresholds)
    window: WindowThresholds = field(default_factory=WindowThresholds)
    reach: ReachThresholds = field(default_factory=ReachThresholds)
    relate: RelateThresholds = field(default_factory=RelateThresholds)
    feed_days: float = 7.0


def settle_stories(
    con: duckdb.DuckDBPyConnection,
    article_ids: list[str],
    *,
    now: datetime,
    run_id: str,
    thresholds: SettleStoriesThresholds = SettleStoriesThresholds(),
    doubted: Collection[str] = (),
) -> frozenset[str]:
    """Settle the stories of articles that are new, or newly worded, dated or grouped, within an open transaction.

    Articles whose wording, time and group are as their features say are passed over, so that a second call writes
    nothing; the others are settled in parts, as if all at once. The tables of schemas/ must be reachable by their plain
    names, `articles`, `revisions`, `duplicate_groups` and `sources` with what the run brought. `doubted` are settled in
    any case, from their texts, and their stories linked anew: some read otherwise than a worker has read them. The
    features of all others that the portion opened are those that workers have staged.
    """
    stale = find_stale(
        con,
        pa.array(article_ids, pa.string()),
        features_version=FEATURES_VERSION,
        feed_days=thresholds.feed_days,
        doubted=pa.array(sorted(doubted), pa.string()),
    )
    parts = [*in_parts(con, stale, size=PART_ARTICLES, window_days=thresholds.window.window_days)]
    if not parts:
        return frozenset()
    vocabulary = read_vocabulary(*fetch_vocabulary(con))
    changes: list[_Changes] = []
    with hold_stories(con, parts, thresholds.window, feed_days=thresholds.feed_days):
        for number, part in enumerate(parts):
            own = frozenset(doubted).intersection(part)
            fresh = _read(con, pa.array(part, pa.string()), own)
            layout = _lay_out(con, number, fresh, vocabulary, thresholds.story)
            release_memory()
            changes.append(_settle(con, layout, thresholds, own, now=now, run_id=run_id))
            del fresh, layout  # before the next ones are fetched
            vocabulary = changes[-1].vocabulary
            release_memory()
    events = pa.concat_tables([each.events for each in changes])
    write_events(con, "story_events", events, now=now, run_id=run_id)
    for start in range(0, len(changes), RELATED_PARTS):
        _relate(con, changes[start : start + RELATED_PARTS], thresholds, run_id=run_id)
        release_memory()
    con.execute("drop table article_facts")
    return frozenset().union(*(each.story_ids for each in changes))


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a part has settled.

    `linked` are the stories whose representative or beginning is another or in doubt, with their `keys`; `merged` those
    that have ended.
    """

    story_ids: frozenset[str]
    events: pa.Table
    linked: list[str]
    keys: pa.Table
    merged: list[str]
    vocabulary: Vocabulary


def _settle(
    con: duckdb.DuckDBPyConnection,
    layout: Layout,
    thresholds: SettleStoriesThresholds,
    doubted: Collection[str],
    *,
    now: datetime,
    run_id: str,
) -> _Changes:
    """Settle the window around articles that were read, and write what changes."""
    settled = assign_laid_out(layout, thresholds.story, run_id=run_id)
    _write(con, settled, layout.state, thresholds, now=now, run_id=run_id)
    linked = _to_link(settled, layout.state, doubted)
    stories = settled.members["story_id"].to_pylist() + settled.stories["story_id"].to_pylist()
    return _Changes(
        frozenset(stories),
        settled.events,
        linked,
        _keys(settled, linked),
        [*settled.merged],
        settled.state.vocabulary,
    )


def _to_link(settled: Settled, before: StoryState, doubted: Collection[str]) -> list[str]:
    was = {tuple(row.values()) for row in before.stories.select(_LINKED_BY).to_pylist()}
    other = settled.stories.select(_LINKED_BY).to_pylist()
    members = settled.state.members
    of_doubted = pc.is_in(members["article_id"], value_set=pa.array(sorted(doubted), pa.string()))
    changed = {row["story_id"] for row in other if tuple(row.values()) not in was}
    return sorted(changed.union(members["story_id"].filter(of_doubted).to_pylist()))


def _read(con: duckdb.DuckDBPyConnection, asked: pa.Array, doubted: Collection[str]) -> pa.Table:
    """Return the features of articles, in no order."""
    is_doubted = pc.is_in(asked, value_set=pa.array(sorted(doubted), pa.string()))
    staged = fetch_staged(con, asked.filter(pc.invert(is_doubted)))
    staged = staged.select(EMPTY_FEATURES.names).cast(EMPTY_FEATURES)
    others = asked.filter(pc.invert(pc.is_in(asked, value_set=staged["article_id"])))
    if not len(others):
        return staged
    read = read_features(fetch_articles(con, others))
    return pa.concat_tables([staged, read])


def _lay_out(
    con: duckdb.DuckDBPyConnection,
    part: int,
    fresh: pa.Table,
    vocabulary: Vocabulary,
    thresholds: StoryThresholds,
) -> Layout:
    """Return the window around a part; the terms of what stands there are gone with what was fetched."""
    found = fetch_window(con, part, read=fresh.select(["article_id"]))
    state = StoryState(
        members=found.members.select(MEMBERS.names).cast(MEMBERS),
        stories=found.stories.select(STORIES.names).cast(STORIES),
        vocabulary=vocabulary,
        forms=found.forms,
    )
    known = (each.select(EMPTY_FEATURES.names).cast(EMPTY_FEATURES) for each in found.features)
    return lay_out(fresh, known, state, thresholds)


def _write(
    con: duckdb.DuckDBPyConnection,
    settled: Settled,
    before: StoryState,
    thresholds: SettleStoriesThresholds,
    *,
    now: datetime,
    run_id: str,
) -> None:
    write_features(con, settled.features, run_id=run_id)
    if settled.members.num_rows:
        version = thresholds_version("stories", thresholds)
        write_members(con, settled.members, now=now, run_id=run_id, thresholds_version=version)
    if settled.stories.num_rows or settled.merged:
        keys = _keys(settled, settled.stories["story_id"].to_pylist())
        write_stories(con, settled.stories, keys, _merged(settled), now=now, run_id=run_id)
    if settled.state.vocabulary.version != before.vocabulary.version:
        languages, terms = vocabulary_rows(settled.state.vocabulary)
        write_vocabulary(con, languages, terms, now=now, run_id=run_id)


def _keys(settled: Settled, stories: Collection[str]) -> pa.Table:
    pairs = sorted((story, term) for story in stories for term in settled.story_keys.get(story, ()))
    return pa.table(
        {
            "story_id": pa.array([story for story, _ in pairs], pa.string()),
            "term": pa.array([term for _, term in pairs], pa.int64()),
        }
    )


def _merged(settled: Settled) -> pa.Table:
    ended = sorted(settled.merged)
    return id_table(alias_story_id=ended, story_id=[settled.merged[story] for story in ended])


def _relate(
    con: duckdb.DuckDBPyConnection,
    changes: Sequence[_Changes],
    thresholds: SettleStoriesThresholds,
    *,
    run_id: str,
) -> None:
    """Link stories anew."""
    if not any(each.linked or each.merged for each in changes):
        return
    find_related(con, [each.linked for each in changes], [each.keys for each in changes], thresholds.reach)
    for each, related in zip(changes, fetch_related(con, len(changes)), strict=True):
        links = relate_stories(
            related,
            frozenset(each.linked),
            each.vocabulary,
            thresholds.story.gather,
            thresholds.relate,
        )
        write_links(con, links, pa.array([*each.linked, *each.merged], pa.string()), run_id=run_id)
