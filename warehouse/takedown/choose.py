"""Chooses what a takedown removes.

The temporary tables are those of `copydesk.warehouse.delete_articles`: `leaving_articles` and `leaving_documents` (of
them `gone_documents` go for good, the others are of other sources and come again); beside them `leaving_urls`, and
`shaken_runs`, which decided on a document that goes, failed tries too.
"""

from dataclasses import dataclass

import duckdb

from copydesk.schemas.reasons import SAYS_NOTHING
from copydesk.schemas.staged import STAGING
from copydesk.warehouse.register_tables import id_table, register_tables
from copydesk.warehouse.staging.open_staging import Staging
from copydesk.warehouse.staging.shard import list_shards
from copydesk.warehouse.takedown.bar import address_hash

LEAST_NEEDLE_CHARS = 12
"""A shorter title stands in too many sentences that have nothing to do with it."""

HAS_PATH = r"regexp_matches(url, '^https?://[^/?#]+(/+[^/]|/?[?#].)')"
"""An address below a home page: what only names a site is no one's own."""


@dataclass(frozen=True, slots=True)
class TakedownSubject:
    """What is to go: articles, an address, or a source."""

    article_ids: tuple[str, ...] = ()
    address: str | None = None
    source: str | None = None


def has_source(con: duckdb.DuckDBPyConnection, source: str) -> bool:
    """Return whether a source stands in the tables, itself or by a document."""
    of_it = (
        "select 1 from sources where source_id = $1 union all select 1 from documents where source_id = $1"
    )
    return bool(con.execute(f"{of_it} limit 1", [source]).fetchall())


def find_spellings(con: duckdb.DuckDBPyConnection, address: str) -> list[str]:
    """Return the articles that came by any spelling of an address."""
    rows = con.execute(
        f"select distinct article_id from article_urls where {address_hash('url')} = {address_hash('$address')}",
        {"address": address},
    ).fetchall()
    return [article_id for (article_id,) in rows]


def choose_gone(con: duckdb.DuckDBPyConnection, named: TakedownSubject) -> None:
    """Write the temporary tables of what goes, and of what must be read again without it."""
    _choose_articles(con, named)
    _choose_documents(con, named)
    con.execute(
        "create or replace temp table shaken_runs as select run_id from leaving_documents"
        " union select run_id from quarantine semi join leaving_documents using (document_id)"
    )
    _choose_urls(con, named)


def _choose_articles(con: duckdb.DuckDBPyConnection, named: TakedownSubject) -> None:
    """Write `leaving_articles`: those that go, and those that a source which goes has documents of."""
    with register_tables(con, named_articles=id_table(article_id=named.article_ids)):
        con.execute(
            """
            create or replace temp table leaving_articles as
            select article_id, canonical_url from articles
            where article_id in (from named_articles)
                or article_id in (select article_id from documents where source_id = $source)
            """,
            {"source": named.source},
        )


def _choose_documents(con: duckdb.DuckDBPyConnection, named: TakedownSubject) -> None:
    """Write `leaving_documents`, and of them those that go for good and those that come again."""
    con.execute(
        f"""
        create or replace temp table leaving_documents as
        -- one row per document of these articles, and per refused one of the address or source
        select document_id, article_id, run_id, source_id, payload_sha256, payload_bytes, payload is null as is_bare,
            url, carrier_url, origin
        from documents
        where article_id in (select article_id from leaving_articles)
            or (article_id is null and (source_id = $source
                or {address_hash("url")} = {address_hash("$address")}
                or {address_hash("origin")} = {address_hash("$address")}))
        """,
        {"source": named.source, "address": named.address},
    )
    con.execute(
        """
        create or replace temp table gone_documents as
        -- one row per document that goes for good: those of other sources stay where they can be read again
        select * from leaving_documents
        where $source is null or source_id = $source
            or article_id in (select article_id from leaving_documents where is_bare and article_id is not null)
        """,
        {"source": named.source},
    )
    con.execute(
        "create or replace temp table retold as select document_id from leaving_documents"
        " anti join gone_documents using (document_id)"
    )


def _choose_urls(con: duckdb.DuckDBPyConnection, named: TakedownSubject) -> None:
    """Write `leaving_urls`: the addresses that nothing else bears."""
    con.execute(
        f"""
        create or replace temp table leaving_urls as
        with borne as (
            select document_id, url from documents where url is not null
            union all
            select document_id, carrier_url from documents where carrier_url is not null
            union all
            select document_id, origin from documents where origin like 'http%'
        ),
        own as (
            select url from borne semi join gone_documents using (document_id)
            union
            select canonical_url from leaving_articles
            where article_id not in (select article_id from retold join leaving_documents using (document_id))
            union
            select canonical_url from article_aliases semi join leaving_articles using (article_id)
        )
        select url from own
        where {HAS_PATH}
            and url not in (select url from borne anti join gone_documents using (document_id))
        union
        select $address where $address is not null
        """,
        {"address": named.address},
    )


def find_staged(con: duckdb.DuckDBPyConnection, staging: Staging, named: TakedownSubject) -> None:
    """Write `gone_staged`: documents that wait in the staging folder and go too."""
    con.execute("create or replace temp table gone_staged (document_id varchar)")
    for shard in list_shards(staging.folder):
        if arrivals := shard.files("arrivals"):
            con.execute(
                f"""
                insert into gone_staged
                select document_id from read_parquet($files)
                where source_id = $source
                    or document_id in (select document_id from gone_documents)
                    or {address_hash("url")} in (select {address_hash("url")} from leaving_urls)
                    or payload_sha256 in (
                        select payload_sha256 from gone_documents where article_id is not null
                    )
                """,
                {"files": arrivals, "source": named.source},
            )
        if refined := shard.files("refined"):
            con.execute(
                "insert into gone_staged select document_id from read_parquet($files)"
                " where article_id in (select article_id from gone_documents)",
                {"files": refined},
            )


def read_failures(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return origin and reason of documents of the portion whose refusal says nothing of them."""
    return con.execute(
        f"select origin, reason from {STAGING}.refusals where list_contains($says_nothing, reason)",
        {"says_nothing": sorted(SAYS_NOTHING)},
    ).fetchall()


def count_gone(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return how many articles and documents go for good; those that wait in the staging folder are among them."""
    return con.execute(
        """
        select
            (select count(*) from leaving_articles where article_id not in (
                select article_id from leaving_documents semi join retold using (document_id)
                where article_id is not null)),
            (select count(*) from (select document_id from gone_documents union select document_id from gone_staged))
        """
    ).fetchall()[0]


def read_needles(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the words that may stand in notes about what goes: addresses, places, titles; the longest first.

    Addresses are without their scheme, as a person may have typed them.
    """
    rows = con.execute(
        """
        select distinct regexp_replace(needle, '^https?://(www[.])?', '') as word from (
            select url as needle from leaving_urls
            union select carrier_url from gone_documents
            union select origin from gone_documents
            union select title from revisions semi join leaving_articles using (article_id)
            union select headline from stories where representative_article_id in (
                select article_id from leaving_articles)
        )
        where length(needle) >= $least
        order by length(word) desc, word
        """,
        {"least": LEAST_NEEDLE_CHARS},
    ).fetchall()
    return [word for (word,) in rows]
