"""Settle which story each article belongs to.

Enters: new or changed articles and the window as it stands. Leaves: what changes, with its evidence and events.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.transforms.stories.cluster_votes import cluster_votes
from copydesk.transforms.stories.count_vocabulary import count_vocabulary
from copydesk.transforms.stories.describe_stories import Described, describe_stories
from copydesk.transforms.stories.encode_terms import encode_terms
from copydesk.transforms.stories.find_affected import Affected, find_affected
from copydesk.transforms.stories.gather_votes import Gathered, gather_votes
from copydesk.transforms.stories.keep_story_ids import NamedStories, keep_story_ids
from copydesk.transforms.stories.read_features import EMPTY_FEATURES
from copydesk.transforms.stories.story_state import (
    EVENTS,
    MEMBERS,
    STORIES,
    Settled,
    StoryState,
    StoryThresholds,
)
from copydesk.transforms.stories.vocabulary import Vocabulary
from copydesk.transforms.stories.votes import Ints
from copydesk.transforms.text.forest import Forest


@dataclass(frozen=True, slots=True)
class Layout:
    """A window laid out for comparison: `features` of all in it without their terms, which are most of its memory.

    `fresh` are the features that are new, `state` what else stood there before; `seeds` are the votes that are settled
    in any case.
    """

    features: pa.Table
    fresh: pa.Table
    state: StoryState
    gathered: Gathered
    vocabulary: Vocabulary
    seeds: Ints


def assign(fresh: pa.Table, state: StoryState, thresholds: StoryThresholds, *, run_id: str) -> Settled:
    """Return what changes when the articles are new, or newly worded, dated or grouped.

    `fresh` is what `read_features` returns of them. Each article gets exactly one story, and a duplicate group has one
    vote. Everything that hangs together with the articles is clustered anew in canonical order, so that the partition
    is the same whatever came first. An article that stood in the window before is replaced.
    """
    if not fresh.num_rows:
        return _unchanged(state)
    layout = lay_out(fresh, iter([state.features]), state, thresholds)
    settled = assign_laid_out(layout, thresholds, run_id=run_id)
    features = pa.concat_tables([_others(state.features, fresh), fresh])
    return replace(settled, state=replace(settled.state, features=features))


def lay_out(
    fresh: pa.Table, known: Iterator[pa.Table], state: StoryState, thresholds: StoryThresholds
) -> Layout:
    """Return the window of the `fresh` articles and of the `known` ones around them, as rows of features.

    The known ones are taken as they are read, a part after another; none is held with its terms.
    """
    features, terms = encode_terms(chain((_others(part, fresh) for part in known), [fresh]))
    vocabulary = count_vocabulary(features, terms, state.vocabulary, thresholds.count)
    gathered = gather_votes(features, terms, vocabulary, thresholds.gather, state.forms)
    first_fresh = features.num_rows - fresh.num_rows if vocabulary is state.vocabulary else 0
    seeds = np.unique(gathered.vote_of_row[first_fresh:])
    state = replace(state, features=EMPTY_FEATURES.empty_table())
    return Layout(features, fresh, state, gathered, vocabulary, seeds)


def assign_laid_out(layout: Layout, thresholds: StoryThresholds, *, run_id: str) -> Settled:
    """Return what changes, as `assign` does, with a next state that has no features."""
    gathered, state = layout.gathered, layout.state
    if not len(layout.seeds):
        return _unchanged(state)
    article_ids: list[str] = layout.features["article_id"].to_pylist()
    old_story_of = dict(
        zip(state.members["article_id"].to_pylist(), state.members["story_id"].to_pylist(), strict=True)
    )
    affected = find_affected(
        gathered.votes,
        layout.seeds,
        _old_stories(gathered, article_ids, old_story_of),
        thresholds.cluster.floor,
        thresholds.most_votes,
        thresholds.compare,
    )
    named, story_of = _cluster_and_name(
        gathered, affected, article_ids, old_story_of, state, thresholds, run_id
    )
    described = describe_stories(
        layout.features, gathered, affected, story_of, vocabulary_version=layout.vocabulary.version
    )
    settled = _changes(state, described, named, layout.fresh)
    return replace(settled, state=replace(settled.state, vocabulary=layout.vocabulary))


def _unchanged(state: StoryState) -> Settled:
    members, stories, events = (schema.empty_table() for schema in (MEMBERS, STORIES, EVENTS))
    return Settled(members, stories, events, EMPTY_FEATURES.empty_table(), {}, {}, state)


def _others(known: pa.Table, fresh: pa.Table) -> pa.Table:
    """Return the known features but for those of articles that are read anew."""
    is_fresh = pc.is_in(known["article_id"], value_set=fresh["article_id"].combine_chunks())
    return known.filter(pc.invert(is_fresh)) if pc.any(is_fresh).as_py() else known


def _old_stories(gathered: Gathered, article_ids: list[str], old_story_of: dict[str, str]) -> Ints:
    """Return a number for the story of each vote, -1 where it had none; stories that a vote joins have one number.

    Copies that came before count as the speaker does, which may be new and have none.
    """
    joined = Forest[str]()
    story_of: dict[int, str] = {}
    for article_id, vote in zip(article_ids, gathered.vote_of_row.tolist(), strict=True):
        if story := old_story_of.get(article_id):
            joined.join(story_of.setdefault(vote, story), story)
    numbers = np.full(len(gathered.speaker_rows), -1, np.int64)
    roots = [joined.root(story) for story in story_of.values()]
    numbers[[*story_of]] = np.unique(np.asarray(roots, dtype="U20"), return_inverse=True)[1]
    return numbers


def _cluster_and_name(
    gathered: Gathered,
    affected: Affected,
    article_ids: list[str],
    old_story_of: dict[str, str],
    state: StoryState,
    thresholds: StoryThresholds,
    run_id: str,
) -> tuple[NamedStories, list[str]]:
    """Cluster the affected votes and name the clusters; return the story of each affected vote too."""
    rows = affected.rows
    clusters = cluster_votes(
        affected.left,
        affected.right,
        affected.likeness,
        gathered.votes.low[rows],
        gathered.votes.high[rows],
        np.where(rows < gathered.votes.narrow_count, 0, gathered.votes.weekdays[rows]),
        thresholds.cluster,
    )
    by_vote: dict[int, list[str]] = defaultdict(list)
    for row, vote in enumerate(gathered.vote_of_row.tolist()):
        by_vote[vote].append(article_ids[row])
    members: dict[int, list[str]] = {}
    for position, cluster in enumerate(clusters.tolist()):
        speaker = article_ids[gathered.speaker_rows[rows[position]]]
        copies = sorted(a for a in by_vote[int(rows[position])] if a != speaker)
        members.setdefault(cluster, []).extend([speaker, *copies])
    ages = state.stories["first_seen_at"].cast(pa.int64()).to_pylist()
    age_of = dict(zip(state.stories["story_id"].to_pylist(), ages, strict=True))
    named = keep_story_ids(list(members.values()), old_story_of, age_of, run_id=run_id)
    id_of = dict(zip(members, named.story_ids, strict=True))
    return named, [id_of[cluster] for cluster in clusters.tolist()]


def _changes(state: StoryState, described: Described, named: NamedStories, fresh: pa.Table) -> Settled:
    members = _changed(state.members, described.members, "article_id", MEMBERS)
    stories = _changed(state.stories, described.stories, "story_id", STORIES)
    events = pa.table(
        [[getattr(event, name) for event in named.events] for name in EVENTS.names], schema=EVENTS
    )
    return Settled(
        members=members,
        stories=stories,
        events=events,
        features=fresh,
        merged=named.merged,
        story_keys=described.story_keys,
        state=replace(
            state,
            members=_upserted(state.members, members, "article_id", ()),
            stories=_upserted(state.stories, stories, "story_id", tuple(named.merged)),
        ),
    )


def _changed(before: pa.Table, rows: list[dict[str, object]], key: str, schema: pa.Schema) -> pa.Table:
    """Return the rows that are new or differ from before."""
    known = before.filter(pc.is_in(before[key], value_set=pa.array([row[key] for row in rows], pa.string())))
    old = {row[key]: row for row in known.to_pylist()}
    return pa.Table.from_pylist([row for row in rows if old.get(row[key]) != row], schema)


def _upserted(before: pa.Table, rows: pa.Table, key: str, ended: tuple[str, ...]) -> pa.Table:
    gone = pa.concat_arrays([rows[key].combine_chunks(), pa.array(ended, pa.string())])
    kept = before.filter(pc.invert(pc.is_in(before[key], value_set=gone)))
    return pa.concat_tables([kept, rows])
