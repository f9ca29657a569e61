"""Fetches what dates the articles of the stories that a run touched, as far as they have an undated member."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from copydesk.warehouse.fetch_rows import fetch_rows
from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.write_table import append_rows, delete_rows, update_rows

TOUCHED = """
create or replace temp table touched_members as
-- one row per member of a touched story that can have an undated member beside it, or bears what a story gave it
with touched as (
    select story_id
    from story_members
    where article_id in (select article_id from asked_articles)
    union
    select story_id from asked_stories
)

select article_id, story_id, score
from story_members
where story_id in (select story_id from touched)
qualify count(*) over (partition by story_id) > 1 or article_id in (select article_id from text_intervals)
"""

MEMBERS = """
create or replace temp table dated_members as
-- one row per member of a touched story with an undated member: its latest wording and what dates it
select
    members.story_id,
    members.article_id,
    members.score,
    wordings.revision_id,
    coalesce(duplicate_groups.group_id, members.article_id) as vote_id,
    coalesce(wordings.published_on, cast(wordings.published_at at time zone 'UTC' as date)) as published_on,
    text_intervals.revision_id is not null as is_by_story,
    wordings.published_between_start_at as start_at,
    wordings.published_between_end_at as end_at,
    wordings.published_between_confidence as confidence,
    wordings.published_between_method as method,
    if(is_by_story, text_intervals.start_at, wordings.published_between_start_at) as own_start_at,
    if(is_by_story, text_intervals.end_at, wordings.published_between_end_at) as own_end_at,
    if(is_by_story, text_intervals.confidence, wordings.published_between_confidence) as own_confidence,
    if(is_by_story, text_intervals.method, wordings.published_between_method) as own_method
from touched_members as members
join wordings on wordings.article_id = members.article_id
left join text_intervals on text_intervals.revision_id = wordings.revision_id
left join duplicate_groups on duplicate_groups.article_id = members.article_id
qualify is_by_story or (
    count(*) over (partition by members.story_id) > 1
    and bool_or(wordings.published_at is null and wordings.published_on is null) over (
        partition by members.story_id
    )
)
"""

QUOTED = """
-- one row per such member, in order, with the quotations that its text is known by
select dated_members.*, coalesce(features.quotes, []) as quotes
from dated_members
left join features using (revision_id)
order by story_id, article_id
"""

WORDING = (
    "revision_id",
    "article_id",
    "published_at",
    "published_on",
    *(f"published_between_{part}" for part in ("start_at", "end_at", "confidence", "method")),
)

MENTIONS = """
-- one row per relative day that the text of such a member tells
select revision_id, value, precision, kind, method, start_char, evidence, reason
from date_candidates
where kind = 'relative'
    and method in ('text:relative:past', 'text:relative:future')
    and revision_id in (select revision_id from dated_members)
order by revision_id, ordinal
"""

NOBODY = pa.table({})

OUTDATED = """
-- one row per wording that is the latest no more and still bears what a story gave it
select text_intervals.*
from text_intervals
join revisions on revisions.revision_id = text_intervals.revision_id
where text_intervals.article_id in (select article_id from asked_articles)
    and not revisions.is_latest
order by text_intervals.revision_id
"""


@dataclass(frozen=True, slots=True)
class Dating:
    """Members of touched stories in order, their relative words, and wordings whose interval must be taken back."""

    members: pa.Table
    mentions: pa.Table
    outdated: pa.Table


def fetch_dating(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], story_ids: Collection[str]
) -> Dating:
    """Return what dates the members of the given stories and of those of the given articles."""
    articles, stories = id_table(article_id=article_ids), id_table(story_id=sorted(story_ids))
    with register_tables(con, asked_articles=articles, asked_stories=stories):
        con.execute(TOUCHED)
        touched = con.execute("select distinct article_id from touched_members").to_arrow_table()
        members, mentions = _fetch_members(con, touched) if touched.num_rows else (NOBODY, NOBODY)
        con.execute("drop table touched_members")
        outdated = con.execute(OUTDATED).to_arrow_table()
    return Dating(members, mentions, outdated)


def _fetch_members(con: duckdb.DuckDBPyConnection, touched: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the members and what they mention; of the other touched articles no wording is read, and no quotation."""
    with register_tables(con, wordings=fetch_rows(con, "revisions", touched, WORDING, "is_latest")):
        con.execute(MEMBERS)
    wordings = con.execute("select distinct revision_id from dated_members").to_arrow_table()
    features = fetch_rows(con, "story_features", wordings, ["revision_id", "quotes"])
    with register_tables(con, features=features):
        members = con.execute(QUOTED).to_arrow_table()
    mentions = con.execute(MENTIONS).to_arrow_table() if members.num_rows else NOBODY
    con.execute("drop table dated_members")
    return members, mentions


GIVEN = pa.schema(
    [
        ("revision_id", pa.string()),
        ("start_at", pa.timestamp("us", tz="UTC")),
        ("end_at", pa.timestamp("us", tz="UTC")),
        ("confidence", pa.string()),
        ("method", pa.string()),
    ]
)
"""Columns of the intervals to write."""


def write_intervals(
    con: duckdb.DuckDBPyConnection,
    given: pa.Table,
    own: list[dict[str, Any]],
    withdrawn: list[str],
    *,
    run_id: str,
) -> None:
    """Write the given intervals into their revisions; nothing else of a revision changes.

    `own` are rows of text_intervals to keep, `withdrawn` the revisions whose row there goes because their interval is
    their own again.
    """
    if given.num_rows:
        _update_revisions(con, given, run_id)
    if withdrawn:
        with register_tables(con, withdrawn_intervals=id_table(revision_id=withdrawn)):
            delete_rows(con, "text_intervals", "revision_id in (select revision_id from withdrawn_intervals)")
    append_rows(con, "text_intervals", sorted(own, key=itemgetter("revision_id")))


def _update_revisions(con: duckdb.DuckDBPyConnection, given: pa.Table, run_id: str) -> None:
    told = ", ".join(f"{name} as published_between_{name}" for name in GIVEN.names[1:])
    with register_tables(con, given_intervals=given):
        query = f"select revision_id, {told}, $run_id as run_id from given_intervals"
        update_rows(con, "revisions", query, {"run_id": run_id})
