"""Invented events as several outlets tell them, for tests of the stories."""

from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow as pa

from copydesk.schemas.table import Column, conform
from copydesk.schemas.tables import TABLES
from copydesk.transforms.identify import digest
from copydesk.transforms.stories.read_features import read_features

MONDAY = datetime(2025, 3, 3, tzinfo=UTC)
SEEN = datetime(2025, 6, 1, tzinfo=UTC)
OUTLETS = ("harbour-gazette", "fellside-post", "norvane-wire", "quell-courier")

FERRY = (
    "The ferry Marrow Queen ran aground off Valmorne with 214 passengers aboard.",
    "Captain Odile Strand ordered everyone on deck within 12 minutes, the Valmorne coastguard said.",
    'Harbour master Piet Lonnegan said: "We counted every single passenger twice before we let the boats go."',
    "Tugs from Norvane pulled the Marrow Queen off Gull Bank after 9 hours.",
    "Divers found a gash of 31 metres below the waterline of the Marrow Queen.",
    "Operator Strand Lines cancelled all crossings between Valmorne and Hask until Friday.",
    "Investigator Lene Ostrava asked why the Gull Bank buoy had been dark for weeks.",
)
OTHER_FERRY = (
    "The ferry Aster Light ran aground off Brackwater with 96 passengers aboard.",
    "Captain Ruben Calloway kept everyone in the saloon, the Brackwater coastguard said.",
    'Harbour master Inge Dahlby said: "The fog came down so fast that nobody saw the pier at all."',
    "Tugs from Port Sorrel pulled the Aster Light off Widow Sands after 3 hours.",
    "Divers found no damage below the waterline of the Aster Light.",
    "Operator Calloway Ferries kept its crossings between Brackwater and Port Sorrel.",
    "Investigator Tomas Renwick asked why the Aster Light had left the fairway at Widow Sands.",
)
MAYOR = (
    "Mayor Edda Kvist of Tarn Bridge resigned over the purchase of 48 electric buses.",
    "Auditor Joss Pemberley found that Tarn Bridge had paid 6.2 million more than Aldermoss did.",
    'Edda Kvist told the council: "I signed what I was given and I should have read every page."',
    "Deputy mayor Hamid Orloff will lead Tarn Bridge until the vote in May.",
    "The bus maker Velox Orrin denied that it had paid for a trip of the Kvist family.",
    "Prosecutor Mila Senn opened a file on the buses and searched an office in Orrin.",
)
DAM = (
    "Engineers lowered the Sable Dam above Quell after sensors showed a crack of 14 centimetres.",
    "Some 3,100 people in Quell and Lower Sable were told to leave their homes.",
    'Engineer Noor Abadi said: "The wall holds, but we would rather be dull than brave tonight."',
    "The Sable Water Board opened two gates and let 400 cubic metres a second go.",
    "Minister Carl Wennerby flew over the Sable Dam and promised a new wall.",
    "Schools in Quell stay closed; the gym of Lower Sable has 250 beds.",
)
EVENTS = {"ferry": FERRY, "other_ferry": OTHER_FERRY, "mayor": MAYOR, "dam": DAM}
TITLES = {
    "ferry": (
        "Marrow Queen aground off Valmorne",
        "Ferry stuck on Gull Bank",
        "Passengers safe after Valmorne grounding",
    ),
    "other_ferry": (
        "Aster Light aground off Brackwater",
        "Fog ferry freed",
        "Brackwater ferry hits Widow Sands",
    ),
    "mayor": ("Edda Kvist resigns", "Tarn Bridge mayor goes over buses", "Bus deal topples mayor"),
    "dam": ("Crack in Sable Dam", "Quell told to leave", "Thousands flee below Sable Dam"),
}


def told(event: str, number: int, **changes: object) -> dict[str, object]:
    """Return an article on an event: the sentences but one, in an order of its own, without a date."""
    sentences = EVENTS[event]
    left_out = number % len(sentences)
    body = [sentence for at, sentence in enumerate(sentences) if at != left_out]
    body = body[:1] + body[1 + number % 3 :] + body[1 : 1 + number % 3]
    article_id = digest(event, str(number))
    return {
        "article_id": article_id,
        "revision_id": digest("revision", article_id),
        "source_id": OUTLETS[number % len(OUTLETS)],
        "outlet": OUTLETS[number % len(OUTLETS)],
        "language": "en",
        "vote_id": article_id,
        "is_representative": True,
        "title": TITLES[event][number % 3],
        "body": "\n\n".join(body),
        "seen_at": SEEN,
        "start_at": None,
        "end_at": None,
        "time_method": "unknown",
    } | changes


def on_day(day: float) -> dict[str, object]:
    """Return the times of an article published that many days after the first Monday of March 2025."""
    at = MONDAY + timedelta(days=day)
    return {"start_at": at, "end_at": at, "time_method": "published"}


def features_of(articles: list[dict[str, object]]) -> pa.Table:
    """Return what the stories read in articles."""
    stamp = pa.timestamp("us", tz="UTC")
    types = dict.fromkeys(("seen_at", "start_at", "end_at"), stamp) | {"is_representative": pa.bool_()}
    names = list(told("ferry", 0))
    table = pa.table(
        [pa.array([article[name] for article in articles], types.get(name, pa.string())) for name in names],
        names,
    )
    return read_features(table)


def partition(members: pa.Table) -> set[frozenset[str]]:
    """Return which articles stand together, whatever their stories are called."""
    stories: dict[str, set[str]] = {}
    for row in members.to_pylist():
        stories.setdefault(row["story_id"], set()).add(row["article_id"])
    return {frozenset(articles) for articles in stories.values()}


DEFAULTS = {pa.string(): "", pa.bool_(): False, pa.int32(): 0, pa.int64(): 0, pa.float64(): 0.0}


def file_articles(con: duckdb.DuckDBPyConnection, articles: list[dict[str, object]]) -> None:
    """Put articles into the tables that the stories read, in place of what is there of them.

    A vote_id of another article makes a group of copies. Times of method `published` become published_at, of method
    `interval` the interval; the others leave the article undated.
    """
    found: dict[str, dict[object, dict[str, object]]] = {}
    for article in articles:
        article_id = str(article["article_id"])
        is_dated, is_bounded = article["time_method"] == "published", article["time_method"] == "interval"
        rows = {
            "articles": {
                "article_id": article_id,
                "source_id": article["source_id"],
                "site": article["outlet"] or article["source_id"],
                "first_seen_at": article["seen_at"],
                "last_seen_at": article["seen_at"],
            },
            "revisions": {
                "revision_id": article["revision_id"],
                "article_id": article_id,
                "is_latest": True,
                "title": article["title"],
                "body": article["body"],
                "language": article["language"],
                "published_at": article["start_at"] if is_dated else None,
                "published_between_start_at": article["start_at"] if is_bounded else None,
                "published_between_end_at": article["end_at"] if is_bounded else None,
            },
        }
        if article["vote_id"] != article_id:
            rows["duplicate_groups"] = {
                "article_id": article_id,
                "group_id": article["vote_id"],
                "is_representative": article["is_representative"],
            }
        for name, row in rows.items():
            found.setdefault(name, {})[row[TABLES[name].key[0]]] = row
    for name, by_key in found.items():
        file_rows(con, name, [*by_key.values()])


def file_rows(con: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, object]]) -> None:
    """Put rows into a table through the gate, all at once; columns that a row leaves out are null, or empty."""
    declared, key = TABLES[name].columns, TABLES[name].key[0]
    empty = {name: None if column.is_nullable else default_of(column) for name, column in declared.items()}
    filled = pa.Table.from_pylist([empty | row for row in rows], TABLES[name].schema)
    con.register("given_rows", conform(filled, TABLES[name]))
    con.execute(f"delete from {name} where {key} in (select {key} from given_rows)")
    con.execute(f"insert into {name} by name select * from given_rows")
    con.unregister("given_rows")


def default_of(column: Column) -> object:
    kind = column.type
    if column.values is not None:
        return min(column.values)
    if pa.types.is_struct(kind):
        return {field.name: "" for field in kind}
    if pa.types.is_list(kind):
        return []
    return DEFAULTS.get(kind, SEEN)
