"""Rows of what holds articles of the small newsroom together: copies, their groups, a story."""

from small_articles import DAYS, Rows, run_id

from copydesk.transforms.identify import digest


def add_copies(rows: Rows, original: dict, copy: dict) -> None:
    """Relate two articles as copies and join them into a group."""
    revision_of = {row["article_id"]: row["revision_id"] for row in rows["revisions"] if row["is_latest"]}
    a, b = sorted((original["article_id"], copy["article_id"]))
    rows["duplicates"].append(
        {
            "article_id_a": a,
            "article_id_b": b,
            "revision_id_a": revision_of[a],
            "revision_id_b": revision_of[b],
            "relation": "exact",
            "container_article_id": None,
            "jaccard_ratio": 1.0,
            "containment_ratio": 1.0,
            "carried_ratio": 1.0,
            "shared_numbers": ["137"],
            "differing_numbers": [],
            "evidence": "the same words in the same order",
            "decided_at": copy["first_seen_at"],
            "run_id": copy["run_id"],
        }
    )
    for row in (original, copy):
        rows["duplicate_groups"].append(
            {
                "article_id": row["article_id"],
                "group_id": original["article_id"],
                "is_representative": row is original,
                "run_id": copy["run_id"],
            }
        )


def add_group(rows: Rows, article_ids: list[str]) -> None:
    """Join articles into one group of copies that the first of them stands for."""
    for article_id in article_ids:
        rows["duplicate_groups"].append(
            {
                "article_id": article_id,
                "group_id": article_ids[0],
                "is_representative": article_id == article_ids[0],
                "run_id": run_id(DAYS - 1),
            }
        )


def add_story(rows: Rows, *articles: dict) -> str:
    """Join articles into one story; each other article stays outside. Returns the story's identifier."""
    story_id = digest("story", articles[0]["article_id"])
    first = min(row["first_seen_at"] for row in articles)
    last = max(row["last_seen_at"] for row in articles)
    run = max(row["run_id"] for row in articles)
    rows["stories"].append(
        {
            "story_id": story_id,
            "headline": "The river at Hask",
            "headline_method": "title",
            "representative_article_id": articles[0]["article_id"],
            "first_seen_at": first,
            "last_seen_at": last,
            "article_count": len(articles),
            "vote_count": len(articles),
            "source_count": len({row["source_id"] for row in articles}),
            "cohesion_ratio": 0.6,
            "vocabulary_version": 0,
            "settled_at": last,
            "run_id": run,
        }
    )
    for row in articles:
        rows["story_members"].append(
            {
                "article_id": row["article_id"],
                "story_id": story_id,
                "score": 0.6,
                "evidence": "shares sluice, Hask and 137; a day apart",
                "joined_at": row["first_seen_at"],
                "run_id": row["run_id"],
            }
        )
    rows["story_events"].append(
        {
            "event_id": digest("opened", story_id),
            "kind": "opened",
            "story_id": story_id,
            "article_id": articles[0]["article_id"],
            "happened_at": first,
            "run_id": articles[0]["run_id"],
            "detail": "first article",
        }
    )
    return story_id
