"""Tables of copies: the sampled shingles, related pairs with their evidence, and the groups they form."""

from copydesk.schemas.enums import Relation
from copydesk.schemas.table import (
    FLAG,
    HASH,
    INTEGER,
    PARAMETERS_VERSION,
    RATIO,
    TEXT,
    TIMESTAMP,
    WORDS,
    Column,
    Table,
)

SKETCHES = Table(
    name="sketches",
    grain="sampled shingle hash of an article's latest revision",
    key=("article_id", "shingle_hash"),
    columns={
        "article_id": Column(TEXT, "Article that the hash was taken from.", references="articles.article_id"),
        "revision_id": Column(TEXT, "Wording that it was taken from.", references="revisions.revision_id"),
        "shingle_hash": Column(HASH, "Hash of five consecutive folded words, kept because it is small."),
        "shingle_count": Column(INTEGER, "Distinct shingles of the wording.", unit="shingles"),
        "run_id": Column(TEXT, "The run that wrote it.", references="runs.run_id"),
    },
)

_PAIR = {
    "article_id_a": Column(TEXT, "The smaller article_id of the pair.", references="articles.article_id"),
    "article_id_b": Column(TEXT, "The larger article_id of the pair.", references="articles.article_id"),
    "revision_id_a": Column(TEXT, "Wording of a that was compared.", references="revisions.revision_id"),
    "revision_id_b": Column(TEXT, "Wording of b that was compared.", references="revisions.revision_id"),
}

_RATIOS = {
    "jaccard_ratio": Column(RATIO, "Shared shingles of five words / all shingles of both.", unit="0 to 1"),
    "containment_ratio": Column(RATIO, "Shared shingles / shingles of the shorter text.", unit="0 to 1"),
    "carried_ratio": Column(
        RATIO, "Share of the shorter text's narration that stands verbatim in the other.", unit="0 to 1"
    ),
}

_DECISION = {
    "evidence": Column(TEXT, "Why, in words."),
    "parameters_version": PARAMETERS_VERSION,
    "decided_at": Column(TIMESTAMP, "When the pair was decided."),
    "run_id": Column(TEXT, "The run that decided.", references="runs.run_id"),
}

DUPLICATES = Table(
    name="duplicates",
    grain="related pair of articles, the smaller id first",
    key=("article_id_a", "article_id_b"),
    columns={
        **_PAIR,
        "relation": Column(TEXT, "How they share text.", values=frozenset(Relation)),
        "container_article_id": Column(
            TEXT, "For contains: the article that holds the other.", True, references="articles.article_id"
        ),
        **_RATIOS,
        "shared_numbers": Column(WORDS, "Numbers that both texts give, at most 20."),
        "differing_numbers": Column(WORDS, "Numbers of the shorter text that the longer lacks, at most 20."),
        **_DECISION,
    },
)

LOOK_ALIKES = Table(
    name="look_alikes",
    grain="pair that shares text and was judged not to be a copy, the smaller id first",
    key=("article_id_a", "article_id_b"),
    columns={
        **_PAIR,
        "reason": Column(TEXT, "What they share instead: a template, quotations, captions, background."),
        **_RATIOS,
        **_DECISION,
    },
)

DUPLICATE_GROUPS = Table(
    name="duplicate_groups",
    grain="article in a group of copies",
    key=("article_id",),
    columns={
        "article_id": Column(TEXT, "The article.", references="articles.article_id"),
        "group_id": Column(TEXT, "Its group: the article_id of the member first seen."),
        "is_representative": Column(
            FLAG, "Whether it stands for the group: earliest published by day and time, then longest."
        ),
        "run_id": Column(TEXT, "The run that last wrote it.", references="runs.run_id"),
    },
)

DUPLICATE_GROUP_EVENTS = Table(
    name="duplicate_group_events",
    grain="change of a group's identity (appended only)",
    key=("event_id",),
    columns={
        "event_id": Column(TEXT, "Id of the event."),
        "kind": Column(TEXT, "What happened.", values=frozenset({"merged", "split", "renamed"})),
        "group_id": Column(TEXT, "Group after the change."),
        "from_group_id": Column(TEXT, "Group before it."),
        "article_count": Column(INTEGER, "Members that moved.", unit="articles"),
        "happened_at": Column(TIMESTAMP, "When, by the run's clock."),
        "run_id": Column(TEXT, "The run.", references="runs.run_id"),
    },
)
