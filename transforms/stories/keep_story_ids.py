"""Give clusters their story ids: an old story keeps its id where most of it is; what ends, opens or leaves is told.

Enters: the clusters of articles and the stories they were in. Leaves: an id a cluster, merges, events.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copydesk.transforms.identify import digest


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a story; see the table story_events."""

    kind: str
    story_id: str
    other_story_id: str | None
    article_id: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class NamedStories:
    """The id of each cluster, in order; ended ids with their survivors; and what happened."""

    story_ids: tuple[str, ...]
    merged: Mapping[str, str]
    events: tuple[Event, ...]


def keep_story_ids(
    clusters: Sequence[Sequence[str]],
    old_story_of: Mapping[str, str],
    age_of: Mapping[str, int],
    *,
    run_id: str,
) -> NamedStories:
    """Name clusters of articles, each in canonical order, the clusters by their first article.

    An old id goes to the cluster with most of its articles. Of several that meet, the one with most articles there
    survives, then the oldest (`age_of`, smaller is older), then the smaller id.
    """
    overlap = [Counter(old_story_of[a] for a in cluster if a in old_story_of) for cluster in clusters]
    home = _homes(overlap)
    ids: list[str] = []
    merged: dict[str, str] = {}
    events: list[Event] = []
    for number, cluster in enumerate(clusters):
        claims = [story for story in overlap[number] if home[story] == number]
        claims.sort(key=lambda story, n=number: (-overlap[n][story], age_of.get(story, 0), story))  # type: ignore[misc]
        story_id = claims[0] if claims else _new_id(cluster, old_story_of, run_id)
        ids.append(story_id)
        for ended in claims[1:]:
            merged[ended] = story_id
            detail = f"{overlap[number][ended]} articles of {ended} are one story with {story_id}"
            events.append(Event("merged", story_id, ended, None, detail))
    for number, cluster in enumerate(clusters):
        events.extend(_events(cluster, ids[number], old_story_of, merged, had_members=bool(overlap[number])))
    return NamedStories(tuple(ids), merged, tuple(events))


def _homes(overlap: Sequence[Counter[str]]) -> dict[str, int]:
    home: dict[str, int] = {}
    for number, counts in enumerate(overlap):
        for story, count in counts.items():
            if story not in home or count > overlap[home[story]][story]:
                home[story] = number
    return home


def _new_id(cluster: Sequence[str], old_story_of: Mapping[str, str], run_id: str) -> str:
    """Return an id from the first article; one that was in a story before may have given its id already."""
    first = cluster[0]
    return digest("story", first) if first not in old_story_of else digest("story", first, run_id)


def _events(
    cluster: Sequence[str],
    story_id: str,
    old_story_of: Mapping[str, str],
    merged: Mapping[str, str],
    *,
    had_members: bool,
) -> list[Event]:
    events = []
    left = Counter(
        old
        for article in cluster
        if (old := old_story_of.get(article)) is not None and merged.get(old, old) != story_id
    )
    for old, count in sorted(left.items()):
        detail = f"{count} articles left {old} for {story_id}"
        events.append(Event("split", merged.get(old, old), story_id, None, detail))
    fresh = [article for article in cluster if article not in old_story_of]
    if not had_members:
        events.append(Event("opened", story_id, None, fresh[0], "nothing like it in the window"))
        fresh = fresh[1:]
    events.extend(Event("joined", story_id, None, article, "see story_members.evidence") for article in fresh)
    return events
