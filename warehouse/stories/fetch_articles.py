"""Fetches articles as the stories want them: latest wording, vote, outlet and times, which one query says."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.schemas.staged import STAGING
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.fetch_rows import fetch_rows, stream_rows
from copydesk.warehouse.register_tables import id_table, register_tables

FACTS = """
-- one row per looked-at article that has a latest wording
select
    articles.article_id,
    revisions.revision_id,
    articles.source_id,
    coalesce(nullif(articles.site, articles.source_id), revisions.publisher) as outlet,
    coalesce(revisions.language, 'und') as language,
    coalesce(duplicate_groups.group_id, articles.article_id) as vote_id,
    coalesce(duplicate_groups.is_representative, true) as is_representative,
    articles.first_seen_at as seen_at,
    if(text_intervals.revision_id is null, revisions.published_between_start_at, text_intervals.start_at)
        as own_start_at,
    if(text_intervals.revision_id is null, revisions.published_between_end_at, text_intervals.end_at)
        as own_end_at,
    case
        when revisions.published_at is not null then revisions.published_at
        when revisions.published_on is not null then to_timestamp(epoch(revisions.published_on))
        when own_start_at is not null then own_start_at
        when own_end_at is not null then null
        when sources.kind = 'feed' then to_timestamp(epoch(articles.first_seen_at) - $feed_days * 86400)
    end as start_at,
    case
        when revisions.published_at is not null then revisions.published_at
        when revisions.published_on is not null then to_timestamp(epoch(revisions.published_on) + 86400)
        else coalesce(own_end_at, articles.first_seen_at)
    end as end_at,
    case
        when revisions.published_at is not null or revisions.published_on is not null then 'published'
        when own_start_at is not null then 'interval'
        when own_end_at is not null then 'interval'
        when sources.kind = 'feed' then 'fetched'
        else 'unknown'
    end as time_method
from articles
join wordings as revisions on revisions.article_id = articles.article_id
left join text_intervals on text_intervals.revision_id = revisions.revision_id
left join duplicate_groups on duplicate_groups.article_id = articles.article_id
left join sources on sources.source_id = articles.source_id
where articles.article_id in (select article_id from looked_at)
"""
"""Expects relations `looked_at` (article_id) and `wordings`, and $feed_days: how old an undated entry of a feed can be.

An interval that a story gave never speaks for the story: what the text alone says does.
A fetch time dates an article only where a feed brought it: a folder or archive says nothing of its age.
"""

WORDING = (
    *("article_id", "revision_id", "publisher", "language", "published_at", "published_on"),
    *("published_between_start_at", "published_between_end_at"),
)

STAGED = f"""
-- one row per asked article whose latest wording the portion has opened, with the document that did
select article_facts.*, opening.document_id
from article_facts
semi join asked using (article_id)
join opening using (revision_id)
join {STAGING}.story_features as features using (document_id)
where year(article_facts.seen_at) = year(features.seen_at)
"""

SETTLED = ("article_id", "vote_id", "run_id")
"""What a row of features says of the run that wrote it, and the key."""

BATCH = 1_000
"""Rows of features that are taken over at a time."""

WITH_COPIES = """
-- one row per asked article and per article in its group of copies
select article_id from asked_articles
union
select article_id from duplicate_groups
where group_id in (
    select group_id from duplicate_groups where article_id in (select article_id from asked_articles)
)
"""

STALE = """
-- one row per article whose features are missing or were read from another wording, time or vote, or are not believed
select article_facts.article_id
from article_facts
left join story_features on story_features.article_id = article_facts.article_id
where story_features.article_id is null
    or story_features.features_version <> $features_version
    or story_features.revision_id <> article_facts.revision_id
    or story_features.vote_id <> article_facts.vote_id
    or story_features.start_at is distinct from article_facts.start_at
    or story_features.end_at is distinct from article_facts.end_at
    or article_facts.article_id in (select article_id from doubted)
order by article_facts.article_id
"""


def look_at(con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, feed_days: float) -> None:
    """Lay the facts of articles in `article_facts`, which the others here read.

    An article that a feed brought undated was published within `feed_days` before it was seen.
    """
    _write_facts(con, "create or replace temp table article_facts as", article_ids, feed_days)


def look_further(con: duckdb.DuckDBPyConnection, article_ids: pa.Array, *, feed_days: float) -> None:
    """Add the facts of more articles to `article_facts`."""
    if len(article_ids):
        _write_facts(con, "insert into temp.article_facts", article_ids, feed_days)


def _write_facts(con: duckdb.DuckDBPyConnection, head: str, article_ids: pa.Array, feed_days: float) -> None:
    looked_at = id_table(article_id=article_ids)
    wordings = fetch_rows(con, "revisions", looked_at, WORDING, "is_latest")
    with register_tables(con, looked_at=looked_at, wordings=wordings):
        con.execute(f"{head} {FACTS}", {"feed_days": feed_days})


def fetch_staged(con: duckdb.DuckDBPyConnection, article_ids: pa.Array) -> pa.Table:
    """Return a row an article with its times and the features of its text, for those that workers have read."""
    with register_tables(con, asked=id_table(article_id=article_ids)):
        facts = con.execute(STAGED).to_arrow_table()
    with register_tables(con, asked=facts.select(["document_id"])):
        rows = con.execute(f"from {STAGING}.story_features semi join asked using (document_id)")
        # In one table DuckDB makes room for four times as many terms.
        rows = rows.to_arrow_reader(BATCH).read_all()
    return beside(facts, rows, "document_id")


def fetch_articles(con: duckdb.DuckDBPyConnection, article_ids: pa.Array) -> pa.Table:
    """Return a row an article with its text and times, in no order."""
    with register_tables(con, asked=id_table(article_id=article_ids)):
        facts = con.execute("from article_facts semi join asked using (article_id)").to_arrow_table()
    texts = fetch_rows(con, "revisions", facts.select(["revision_id"]), ["revision_id", "title", "body"])
    return facts.join(texts, "revision_id", join_type="inner", use_threads=False)


def fetch_features(con: duckdb.DuckDBPyConnection, facts: pa.Table) -> Iterator[pa.Table]:
    """Yield facts of articles (article_id and others), each once, with the features of their texts and their times.

    They come as they are read, in no order, a table or more.
    """
    names = [name for name in TABLES["story_features"].columns if name not in SETTLED]
    for rows in stream_rows(con, "story_features", facts.select(["article_id"]), ["article_id", *names]):
        yield beside(facts, rows, "article_id")


def beside(facts: pa.Table, rows: pa.Table, key: str) -> pa.Table:
    """Return facts beside the rows with their key, in the order of these: terms are many, and stay where they lie."""
    facts = facts.take(pc.index_in(rows[key], value_set=facts[key].combine_chunks()))
    for name in rows.column_names:
        if name not in facts.column_names:
            facts = facts.append_column(name, rows[name])
    return facts


def find_stale(
    con: duckdb.DuckDBPyConnection,
    article_ids: pa.Array,
    *,
    features_version: int,
    feed_days: float,
    doubted: pa.Array,
) -> pa.Array:
    """Return those of the articles, and of the groups of copies that they are in, that must be read again.

    `doubted` are in any case. Their facts are in `article_facts` then, for `fetch_staged` and `fetch_articles`.
    """
    with register_tables(con, asked_articles=pa.table({"article_id": article_ids})):
        with_copies = con.execute(WITH_COPIES).to_arrow_table()
    look_at(con, with_copies["article_id"], feed_days=feed_days)
    with register_tables(con, doubted=pa.table({"article_id": doubted})):
        stale = con.execute(STALE, {"features_version": features_version}).to_arrow_table()
    return stale["article_id"].combine_chunks()
