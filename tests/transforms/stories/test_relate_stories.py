"""Follow-ups and look-alikes are linked, never merged."""

from datetime import timedelta

import pyarrow as pa
from story_newsroom import MONDAY, features_of, told

from copydesk.transforms.stories.gather_votes import GatherThresholds
from copydesk.transforms.stories.relate_stories import RelateThresholds, relate_stories
from copydesk.transforms.stories.vocabulary import Vocabulary


def links(days: list[int], *, fresh: set[int], contrast: str = "") -> list[dict[str, object]]:
    articles = [told("ferry", 0), told("ferry", 1), told("mayor", 0)]
    articles[1]["body"] = f"{articles[1]['body']}{contrast}"
    features = features_of(articles)
    began = pa.array([MONDAY + timedelta(days=day) for day in days], pa.timestamp("us", tz="UTC"))
    table = features.append_column("story_id", pa.array(["a", "b", "c"])).append_column(
        "first_seen_at", began
    )
    names = frozenset("abc"[number] for number in fresh)
    return relate_stories(table, names, Vocabulary(), GatherThresholds(), RelateThresholds()).to_pylist()


def test_a_later_story_on_the_same_is_a_follow_up() -> None:
    """The earlier one stands first, whichever is new; what is unlike has no link."""
    for fresh in ({0}, {1}, {0, 1, 2}):
        (link,) = links([40, 0, 0], fresh=fresh)
        assert (link["story_id"], link["related_story_id"], link["kind"]) == ("b", "a", "follow_up")
        assert "40 days apart" in str(link["evidence"])


def test_look_alikes_of_the_same_days_are_related() -> None:
    """Without time between them they are no follow-ups, unless one tells of the other's year."""
    (link,) = links([0, 0, 0], fresh={0})
    assert link["kind"] == "related"
    (link,) = links([0, 0, 0], fresh={0}, contrast=" The board told of a similar grounding in 2019.")
    assert link["kind"] == "follow_up"
    assert "2019" in str(link["evidence"])


def test_nothing_new_gives_no_links() -> None:
    """And no error."""
    assert links([0, 0, 0], fresh=set()) == []
