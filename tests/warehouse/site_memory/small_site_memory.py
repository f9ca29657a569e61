"""A made-up outlet whose articles carry lines of its own, and a warehouse in memory that takes them in."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from copydesk.flows.load_rules import load_rules
from copydesk.flows.settle_site_memory import SettledSites, settle_site_memory
from copydesk.schemas.staged import ARRIVALS, REFINED_TABLES, STAGED
from copydesk.schemas.tables import TABLES
from copydesk.transforms.identify import digest
from copydesk.transforms.refine import refine
from copydesk.transforms.revise import revise
from copydesk.warehouse.create import declare_columns
from copydesk.warehouse.write_revisions import delete_revisions, read_candidates, read_known, write_revisions

RULES = load_rules()
VERSIONS = {"copydesk": "1", "rules": "1", "parameters": "1"}
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SITE = "harbour-gazette.example"
BIO = "Harbour Gazette columnist Wilma Tarn keeps a boat and two goats in Lower Sedge."
LABEL = "Letters to @harbourgazette, pier nine"
SETTLED = ("revisions", "boilerplate_spans", "site_lines", "site_sightings", "site_keys")
Row = dict[str, Any]


def story(topic: int, *, paragraphs: int = 4) -> list[str]:
    """Return paragraphs whose words and names depend on the topic alone."""
    chance = random.Random(topic)

    def word() -> str:
        return "".join(chance.choices("bcdfglmnprst", k=3)) + "".join(chance.choices("aeiou", k=2))

    names = [word().capitalize() for _ in range(3)]
    return [
        f"The {word()} of {names[0]} {word()} and {' '.join(word() for _ in range(14))} near {names[1]} for {names[2]}."
        for _ in range(paragraphs)
    ]


def document(
    name: int, paragraphs: Sequence[str], *, version: int = 0, source: str = "harbour-gazette"
) -> Row:
    """Return a row of arrivals: version `version` of article `name` of the outlet."""
    text = "\n\n".join(paragraphs)
    url = f"https://{source}.example/news/{name}"
    return {
        "document_id": digest(url, text, str(version)),
        "source_id": source,
        "origin": url,
        "url": url,
        "fetched_at": NOW + timedelta(hours=version, minutes=name),
        "media_type": "text/plain",
        "payload": text.encode(),
        "payload_sha256": "0" * 64,
        "payload_bytes": len(text),
        "published_at_stated": f"2026-01-{1 + name % 28:02}",
    }


def open_memory() -> duckdb.DuckDBPyConnection:
    """Return an empty warehouse in memory, with what is staged for it."""
    con = duckdb.connect()
    con.execute("set timezone = 'UTC'")
    con.execute("attach ':memory:' as staging")
    for name, table in TABLES.items():
        con.execute(f"create table {name} ({declare_columns(table)})")
    for name, table in STAGED.items():
        con.execute(f"create table staging.{name} ({declare_columns(table)})")
    con.execute("create table staging.portion (document_id varchar)")
    return con


def take_in(con: duckdb.DuckDBPyConnection, documents: Iterable[Row], *, run_id: str) -> SettledSites:
    """Refine documents, write them as a run does, and settle site memory."""
    arrivals = pa.Table.from_pylist(list(documents), schema=ARRIVALS.schema)
    refined = refine(arrivals, rules=RULES, versions=VERSIONS)
    for name in ("arrivals", *REFINED_TABLES):
        con.execute(f"delete from staging.{name}")
        con.register("rows", arrivals if name == "arrivals" else refined[name])
        con.execute(f"insert into staging.{name} select * from rows")
    con.execute("delete from staging.portion")
    con.execute("insert into staging.portion select document_id from staging.arrivals")
    con.execute("begin")
    revised = revise(read_candidates(con), read_known(con))
    write_revisions(con, outcomes=revised.outcomes, revisions=revised.revisions, now=NOW, run_id=run_id)
    settled = settle_site_memory(con, run_id=run_id, rules=load_rules)
    con.execute("commit")
    return settled


def state(con: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """Return what the laws speak of: all settled tables but for the runs that wrote them."""
    return {
        name: con.sql(f"select * exclude (run_id) from {name} order by {', '.join(TABLES[name].key)}")
        .to_arrow_table()
        .to_pylist()
        for name in SETTLED
    }


def take_out(con: duckdb.DuckDBPyConnection, names: Iterable[int], *, run_id: str) -> SettledSites:
    """Take articles out as a replay does that refuses their documents, and settle site memory without them."""
    urls = [f"https://{SITE}/news/{name}" for name in names]
    gone = con.execute(
        "select article_id from articles where list_contains(?, canonical_url)", [urls]
    ).fetchall()
    articles = [row[0] for row in gone]
    of_them = "article_id in (select unnest(?))"
    found = con.execute(f"select revision_id from revisions where {of_them}", [articles]).fetchall()
    gone_lines = delete_revisions(con, [row[0] for row in found])
    con.execute(f"delete from articles where {of_them}", [articles])
    con.execute("delete from opening")  # a replay writes what is left of the portion: nothing
    return settle_site_memory(con, run_id=run_id, rules=load_rules, gone_lines=gone_lines)


def bodies(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the latest body of each article by its address."""
    rows = con.sql(
        "select canonical_url, body from revisions join articles using (article_id) where is_latest"
    ).fetchall()
    return {url.rsplit("/", 1)[-1]: body for url, body in rows}
