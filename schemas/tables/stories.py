"""Tables of the stories: articles of several sources on one event, and the state that settles them."""

import pyarrow as pa

from copydesk.schemas.table import COUNT, INTEGER, PARAMETERS_VERSION, RATIO, TEXT, TIMESTAMP, Column, Table

STORIES = Table(
    name="stories",
    grain="story",
    key=("story_id",),
    columns={
        "story_id": Column(TEXT, "Lasting id, made from the article that opened the story."),
        "headline": Column(TEXT, "Title of the representative, or its first sentence.", is_nullable=True),
        "headline_method": Column(
            TEXT, "Where the headline was read.", values=frozenset({"title", "lede_fallback"})
        ),
        "representative_article_id": Column(
            TEXT, "Article most like all others of the story.", references="articles.article_id"
        ),
        "first_seen_at": Column(
            TIMESTAMP, "Earliest time of a member: publication, interval or first sight."
        ),
        "last_seen_at": Column(TIMESTAMP, "Latest time of a member, likewise."),
        "article_count": Column(COUNT, "Articles in the story, copies included.", unit="articles"),
        "vote_count": Column(COUNT, "Articles with each duplicate group counted once.", unit="votes"),
        "source_count": Column(COUNT, "Different outlets of its articles.", unit="sources"),
        "cohesion_ratio": Column(RATIO, "Mean likeness of its votes to each other.", unit="0 to 1"),
        "vocabulary_version": Column(COUNT, "Vocabulary under which it was settled; 0 is the packaged one."),
        "settled_at": Column(TIMESTAMP, "When its membership or facts last changed."),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)

STORY_MEMBERS = Table(
    name="story_members",
    grain="article in a story",
    key=("article_id",),
    columns={
        "article_id": Column(TEXT, "The article.", references="articles.article_id"),
        "story_id": Column(TEXT, "Its story.", references="stories.story_id"),
        "score": Column(RATIO, "Mean likeness to the other votes; 1 where it is alone.", unit="0 to 1"),
        "evidence": Column(TEXT, "In words: what it shares, with whom, and how their times lie."),
        "parameters_version": PARAMETERS_VERSION,
        "joined_at": Column(TIMESTAMP, "When the article came into this story."),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)

STORY_EVENTS = Table(
    name="story_events",
    grain="event in the life of a story (appended only)",
    key=("event_id",),
    columns={
        "event_id": Column(TEXT, "Id of the event."),
        "kind": Column(TEXT, "What happened.", values=frozenset({"opened", "joined", "merged", "split"})),
        "story_id": Column(TEXT, "Story that it happened to: the survivor, or the one that articles left."),
        "other_story_id": Column(TEXT, "Story that ended, or that received the articles.", is_nullable=True),
        "article_id": Column(TEXT, "Article that opened or joined.", True, references="articles.article_id"),
        "happened_at": Column(TIMESTAMP, "When, by the run's clock."),
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
        "detail": Column(TEXT, "In words."),
    },
)

STORY_ALIASES = Table(
    name="story_aliases",
    grain="story id that ended in a merge",
    key=("alias_story_id",),
    columns={
        "alias_story_id": Column(TEXT, "Id that is no longer in stories."),
        "story_id": Column(TEXT, "Living story that it is part of.", references="stories.story_id"),
        "merged_at": Column(TIMESTAMP, "When."),
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
    },
)

STORY_LINKS = Table(
    name="story_links",
    grain="related pair of stories",
    key=("story_id", "related_story_id"),
    columns={
        "story_id": Column(TEXT, "The earlier story.", references="stories.story_id"),
        "related_story_id": Column(TEXT, "The later story.", references="stories.story_id"),
        "kind": Column(TEXT, "How they relate.", values=frozenset({"follow_up", "related"})),
        "score": Column(RATIO, "Mean likeness of their votes without regard to time.", unit="0 to 1"),
        "evidence": Column(TEXT, "In words."),
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
    },
)

STORY_FEATURES = Table(
    name="story_features",
    grain="article, as the stories read its latest revision (state)",
    key=("article_id",),
    columns={
        "article_id": Column(TEXT, "The article.", references="articles.article_id"),
        "revision_id": Column(TEXT, "Revision that was read.", references="revisions.revision_id"),
        "language": Column(TEXT, "ISO 639 code, 'und' where unknown."),
        "vote_id": Column(TEXT, "Duplicate group, or the article itself: one vote each."),
        "seen_at": Column(TIMESTAMP, "When the article was first seen."),
        "start_at": Column(TIMESTAMP, "Earliest time at which it can have been published.", is_nullable=True),
        "end_at": Column(TIMESTAMP, "Latest time at which it can have been published.", is_nullable=True),
        "time_method": Column(
            TEXT, "What the times rest on.", values=frozenset({"published", "interval", "fetched", "unknown"})
        ),
        "headline": Column(TEXT, "Title, or the first sentence of the body.", is_nullable=True),
        "headline_method": Column(
            TEXT, "Where the headline was read.", values=frozenset({"title", "lede_fallback"})
        ),
        "terms": Column(
            pa.list_(pa.int64()),
            "Hashes of its words, names and numbers, sorted by all but the sign; bits 61 and 62 tell which, one"
            " below 0 stands in the second half alone.",
        ),
        "lead_names": Column(
            pa.list_(pa.int64()), "The names among the terms that stand in its first words."
        ),
        "quotes": Column(
            pa.list_(pa.int64()), "Hashes of five-word runs inside quotation marks, in text order."
        ),
        "latest_year": Column(
            INTEGER, "Latest year that the text names, not after it was first seen.", is_nullable=True
        ),
        "contrast_years": Column(
            pa.list_(pa.int32()), "Years in which, as the text tells it, a similar thing happened."
        ),
        "facts": Column(
            pa.list_(pa.int64()),
            "Score, magnitude, ages, stage of a proceeding as headline and opening tell them, all weekdays; bits from"
            " 32 tell which.",
            is_nullable=True,
        ),
        "features_version": Column(INTEGER, "Version of the reader that made the row."),
        "run_id": Column(TEXT, "The run that made the row.", references="runs.run_id"),
    },
)

STORY_VOCABULARY = Table(
    name="story_vocabulary",
    grain="version, language and term (state)",
    key=("vocabulary_version", "language", "term"),
    columns={
        "vocabulary_version": Column(COUNT, "Counts up from 1."),
        "language": Column(TEXT, "ISO 639 code, 'und' where unknown."),
        "term": Column(COUNT, "Hash as in story_features."),
        "article_count": Column(COUNT, "Votes that held the term.", unit="articles"),
    },
)

STORY_VOCABULARY_VERSIONS = Table(
    name="story_vocabulary_versions",
    grain="version of the vocabulary and language (state)",
    key=("vocabulary_version", "language"),
    columns={
        "vocabulary_version": Column(COUNT, "Version."),
        "language": Column(TEXT, "Language."),
        "article_count": Column(COUNT, "Votes counted.", unit="articles"),
        "made_at": Column(TIMESTAMP, "When."),
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
    },
)

STORY_KEYS = Table(
    name="story_keys",
    grain="story and key name (state: finds follow-ups far back in time by a join)",
    key=("story_id", "term"),
    columns={
        "story_id": Column(TEXT, "The story.", references="stories.story_id"),
        "term": Column(COUNT, "A name from the first words of its representative, as in story_features."),
    },
)
