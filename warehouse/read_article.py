"""Reads all that the warehouse holds of one article."""

from collections.abc import Sequence
from typing import Any

import duckdb

from copydesk.schemas.user_error import UserError

Row = dict[str, Any]


def read_article(
    con: duckdb.DuckDBPyConnection, wanted: str, *, also: Sequence[str] = ()
) -> dict[str, list[Row]]:
    """Return an article, its revisions, and the latest one's spans, pictures and dates, its copies and story.

    `wanted` is an article_id or the beginning of one, an address, an external id or an origin; `also` are other ways
    to say it, such as the normal form of the address. Ids and addresses that it had once find it, too.
    Raises UserError.
    """
    article = _find(con, wanted, [wanted, *also])
    article_id = article["article_id"]
    revisions = _rows(
        con, "select * from revisions where article_id = ? order by revision_number", article_id
    )
    latest = next(row["revision_id"] for row in revisions if row["is_latest"])
    return {
        "article": [article],
        "revisions": revisions,
        "spans": _rows(
            con, "select * from boilerplate_spans where revision_id = ? order by start_char", latest
        ),
        "images": _rows(con, "select * from images where revision_id = ? order by position", latest),
        "dates": _rows(con, "select * from date_candidates where revision_id = ? order by ordinal", latest),
        "copies": _rows(con, COPIES, article_id),
        "story": _rows(con, STORY, article_id),
    }


COPIES = """
select other.article_id, other.site, other.title, other.published_on, pair.relation, pair.container_article_id,
    pair.jaccard_ratio, pair.containment_ratio, pair.differing_numbers, pair.evidence
from duplicates as pair
join articles_latest as other
    on other.article_id = if(pair.article_id_a = $1, pair.article_id_b, pair.article_id_a)
where pair.article_id_a = $1 or pair.article_id_b = $1
order by other.first_seen_at, other.article_id
"""

STORY = """
select stories.story_id, stories.headline, stories.article_count, stories.source_count, mine.score, mine.evidence
from story_members as mine join stories using (story_id)
where mine.article_id = $1
"""

FIND = """
select * from articles
where list_contains($2, article_id) or list_contains($2, canonical_url) or external_id = $1 or origin = $1
    or (length($1) >= 4 and starts_with(article_id, $1))
order by article_id limit 4
"""

FIND_BY_ALIAS = """
select * from articles
where article_id in (
    select article_id from article_urls where list_contains($2, url)
    union
    select article_id from article_aliases where length($1) >= 4 and starts_with(alias_article_id, $1)
)
order by article_id limit 4
"""


def find_article_ids(
    con: duckdb.DuckDBPyConnection, wanted: str, *, also: Sequence[str] = (), is_required: bool = True
) -> list[str]:
    """Return the article that is wanted, as `read_article` finds it; none where it need not be there.

    Raises UserError.
    """
    if not is_required and not _fitting(con, wanted, [wanted, *also]):
        return []
    return [_find(con, wanted, [wanted, *also])["article_id"]]


def read_copies(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> tuple[tuple[str, str, str], ...]:
    """Return the copies of some articles (article_id, site, title), in the order of their first sight."""
    found = {
        (row["article_id"], row["site"], row["title"] or "")
        for article_id in article_ids
        for row in _rows(con, COPIES, article_id)
    }
    return tuple(sorted(found))


def _fitting(con: duckdb.DuckDBPyConnection, wanted: str, spellings: list[str]) -> list[Row]:
    return _rows(con, FIND, wanted, spellings) or _rows(con, FIND_BY_ALIAS, wanted, spellings)


def _find(con: duckdb.DuckDBPyConnection, wanted: str, spellings: list[str]) -> Row:
    found = _fitting(con, wanted, spellings)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"no article {wanted!r}; give an article_id, URL, own id or origin: `copydesk sql"
            ' "select article_id, title from articles_latest"`'
        )
    ids = ", ".join(row["article_id"] for row in found)
    raise UserError(f"{wanted!r} fits several articles ({ids} ...); give one article_id")


def _rows(con: duckdb.DuckDBPyConnection, query: str, *values: str | list[str]) -> list[Row]:
    rows: list[Row] = con.execute(query, list(values)).to_arrow_table().to_pylist()
    return rows
