"""What the views say of a small archive: two events, four outlets, a corrected wording, a wire story in two papers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.create import VIEWS

DAM = (
    "Engineers lowered the Sable Dam above Quell after sensors showed a crack of 14 centimetres on Tuesday morning.",
    "Some 3,100 people in Quell and Lower Sable were told to leave their homes before the evening of that day.",
    "“The wall holds, but we would rather be dull than brave tonight,” said engineer Noor Abadi of the water board.",
    "The Sable Water Board opened two gates and let 400 cubic metres a second go, which flooded the lower meadows.",
    "Minister Carl Wennerby flew over the Sable Dam and promised a new wall, of which the county knew nothing yet.",
)
BERTH = (
    "HASK (AP) — The harbour board of Hask bought a second-hand crane for the new berth and paid 61,000 crowns.",
    "The crane was built for a shipyard that never opened, and it has lifted nothing heavier than its own paint.",
    "Harbour master Piet Lonnegan counted the rivets twice before he signed, since the last crane had lost eleven.",
    "The board will vote in May on a shed for it, and on a man who knows how to drive what it has just bought.",
)
NOTE = "Correction: An earlier version of this article gave the crack as 41 centimetres."


def row(url: str, publisher: str, published: str | None, title: str, *paragraphs: str) -> dict[str, object]:
    text = "\n\n".join((title, *paragraphs))
    return {"url": f"https://{url}", "publisher": publisher, "title": title, "text": text} | (
        {"published_at": published} if published else {}
    )


FIRST = (
    row("gazette.example/dam", "Harbour Gazette", "2026-02-10T08:15:00Z", "Crack found in Sable Dam",
        DAM[0].replace("14", "41"), *DAM[1:]),
    row("post.example/dam", "Fellside Post", "2026-02-10T10:45:00Z", "Quell told to leave below the dam",
        DAM[3], DAM[0], DAM[1], DAM[2]),
    row("courier.example/dam", "Quell Courier", "2026-02-12T06:00:00Z", "Thousands flee below Sable Dam",
        DAM[1], DAM[4], DAM[0], DAM[2]),
    row("gazette.example/crane", "Harbour Gazette", "2026-02-11", "Hask buys a crane", *BERTH),
    row("post.example/crane", "Fellside Post", "2026-02-12", "Hask buys a crane", *BERTH[:1], *BERTH[1:]),
    row("post.example/quiet", "Fellside Post", None, "The clock society meets",
        "The clock society of Fellside met and wound every clock in the hall, as it does when nobody is looking.",
        "Its keeper said that the tall one by the door is slow, and that the rest of them have learned to wait."),
)  # fmt: skip
SECOND = (
    row("gazette.example/dam", "Harbour Gazette", "2026-02-10T08:15:00Z", "Crack in Sable Dam empties two towns",
        *DAM, NOTE),
    row("post.example/dam", "Fellside Post", "2026-02-10T10:45:00Z", "Quell told to leave below the dam",
        DAM[3], DAM[0], DAM[1], DAM[2], DAM[4]),
)  # fmt: skip
RUNS = ((datetime(2026, 2, 13, 9, tzinfo=UTC), FIRST), (datetime(2026, 2, 14, 9, tzinfo=UTC), SECOND))


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("views")
    settings = Settings(warehouse=folder / "w", workers=1)
    for now, rows in RUNS:
        (folder / "rows.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows), "utf-8")
        ingest([folder / "rows.jsonl"], settings=settings, source="desk", now=now)
    with connect_reader(settings.place) as con:
        yield con


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()


def test_the_latest_wording_answers_without_a_join(con: duckdb.DuckDBPyConnection) -> None:
    """Outlet, best day and what it rests on, story, copies, agency, address and words stand in articles_latest."""
    found = rows(
        con,
        "select url, outlet, best_day::varchar, best_day_certainty, best_day_method, agency, body_words,"
        " dense_rank() over (order by group_id), is_representative from articles_latest order by url",
    )
    stated, wire = ("stated", "carrier:published_at"), {row[0]: row[7] for row in found}
    assert [row[:7] for row in found] == [
        ("https://courier.example/dam", "Quell Courier", "2026-02-12", *stated, None, 78),
        ("https://gazette.example/crane", "Harbour Gazette", "2026-02-11", *stated, "AP", 82),
        ("https://gazette.example/dam", "Harbour Gazette", "2026-02-10", *stated, None, 111),
        ("https://post.example/crane", "Fellside Post", "2026-02-12", *stated, "AP", 82),
        ("https://post.example/dam", "Fellside Post", "2026-02-10", *stated, None, 98),
        ("https://post.example/quiet", "Fellside Post", "2026-02-13", "seen", "first_seen", None, 42),
    ]
    assert wire["https://gazette.example/crane"] == wire["https://post.example/crane"]
    assert [row[8] for row in found] == [False, True, True, False, False, True]
    assert rows(con, "select count(*), count(distinct group_id) from articles_unique") == [(3, 3)]
    assert rows(con, "select count(distinct story_id) from articles_latest") == [(3,)]


@pytest.mark.parametrize(
    ("published", "between", "day", "certainty"),
    [
        ("2026-02-01", ("2025-01-01", "2025-01-03"), "2026-02-01", "stated"),
        (None, ("2025-01-01", "2025-01-04"), "2025-01-01", "low"),
        (None, ("2025-01-01", "2025-06-01"), "2025-06-01", "seen"),
        (None, ("2025-01-01", "2026-12-01"), "2026-02-13", "seen"),
        (None, (None, "2025-01-01"), "2025-01-01", "seen"),
    ],
    ids=["stated", "short interval", "long interval", "longer than it was unseen", "open interval"],
)
def test_the_best_day(
    con: duckdb.DuckDBPyConnection,
    published: str | None,
    between: tuple[str | None, str],
    day: str,
    certainty: str,
) -> None:
    """A stated day goes first, then the first day of an interval of a week, then the last day that is possible."""
    given = con.execute(
        "select * replace ($published::date as published_on, null::timestamptz as published_at, $start::timestamptz as"
        " published_between_start_at, $end::timestamptz as published_between_end_at, 'low' as"
        " published_between_confidence) from revisions where title = 'The clock society meets'",
        {"published": published, "start": between[0], "end": between[1]},
    ).to_arrow_table()
    con.register("given", given)
    view = (VIEWS / "articles_latest.sql").read_text("utf-8")
    found = con.execute(f"with revisions as (from given)\n{view}").to_arrow_table()
    assert [(str(row["best_day"]), row["best_day_certainty"]) for row in found.to_pylist()] == [
        (day, certainty)
    ]


def test_what_changed_between_wordings(con: duckdb.DuckDBPyConnection) -> None:
    """Each later wording tells what changed, and the paragraphs that came and went; headlines and notes by themselves."""
    assert rows(
        con, "select changes, paragraphs_added, paragraphs_removed from revision_diffs order by 1 desc"
    ) == [
        (["headline", "body", "correction"], [DAM[0], NOTE], [DAM[0].replace("14", "41")]),
        (["body"], [DAM[4]], []),
    ]
    assert rows(
        con, "select outlet, title_before, title_after, changed_by_at::varchar from headline_changes"
    ) == [
        (
            "Harbour Gazette",
            "Crack found in Sable Dam",
            "Crack in Sable Dam empties two towns",
            "2026-02-14 09:00:00+00",
        )
    ]
    assert rows(con, "select outlet, correction, is_later, is_in_latest from corrections") == [
        ("Harbour Gazette", NOTE, True, True)
    ]


def test_who_had_it_first(con: duckdb.DuckDBPyConnection) -> None:
    """By the time where all state one, by the day where one is alone on the first, with the lead over the next outlet."""
    assert rows(
        con,
        "select first_outlet, first_basis, next_outlet, days_ahead, hours_ahead, outlet_count, undated_count"
        " from first_to_publish order by outlet_count",
    ) == [
        ("Harbour Gazette", "day", "Fellside Post", 1, None, 2, 0),
        ("Harbour Gazette", "time", "Fellside Post", 0, 2.5, 3, 0),
    ]


def test_coverage_by_the_hour(con: duckdb.DuckDBPyConnection) -> None:
    """An hour is that of the stated time; where only a day is stated, there is none."""
    assert rows(
        con,
        "select outlet, day::varchar, hour_basis, hour::varchar, article_count, unique_count from coverage order by all",
    ) == [
        ("Fellside Post", "2026-02-10", "published", "2026-02-10 10:00:00", 1, 0),
        ("Fellside Post", "2026-02-12", "day", None, 1, 0),
        ("Fellside Post", "2026-02-13", "seen", "2026-02-13 09:00:00", 1, 1),
        ("Harbour Gazette", "2026-02-10", "published", "2026-02-10 08:00:00", 1, 1),
        ("Harbour Gazette", "2026-02-11", "day", None, 1, 1),
        ("Quell Courier", "2026-02-12", "published", "2026-02-12 06:00:00", 1, 0),
    ]


def test_what_is_an_outlets_own(con: duckdb.DuckDBPyConnection) -> None:
    """An agency's text, another outlet's, or its own: by outlet, and by outlet and day."""
    columns = "outlet, article_count, wire_count, copied_count, own_count, usual_agency"
    assert rows(con, f"select {columns} from wire_share order by outlet") == [
        ("Fellside Post", 3, 1, 1, 1, "AP"),
        ("Harbour Gazette", 2, 1, 0, 1, "AP"),
        ("Quell Courier", 1, 0, 1, 0, None),
    ]
    assert rows(
        con, "select * replace (best_day::varchar as best_day) from outlet_days where outlet = 'Fellside Post' order by 2"
    ) == [
        ("Fellside Post", "2026-02-10", 1, 1, 0, 0, 1, 1, 98),
        ("Fellside Post", "2026-02-12", 1, 1, 0, 1, 1, 0, 82),
        ("Fellside Post", "2026-02-13", 1, 0, 1, 0, 1, 0, 42),
    ]  # fmt: skip


def test_who_said_what(con: duckdb.DuckDBPyConnection) -> None:
    """A quotation stands with each wording and its speaker; the articles that hold it word for word are found."""
    said = "The wall holds, but we would rather be dull than brave tonight,"
    assert rows(con, "select distinct position, text, speaker, evidence from quotations") == [
        (1, said, "Noor Abadi", "said engineer Noor Abadi")
    ]
    assert rows(con, "select count(*) from quotations") == [(5,)]
    assert rows(
        con,
        "select text, speaker, article_count, group_count, outlet_count, first_day::varchar from shared_quotations",
    ) == [(said, "Noor Abadi", 3, 1, 3, "2026-02-10")]


CORRECTIONS = (
    "Editor’s note: This story was changed.",
    "(Corrects spelling of the mayor's name in paragraph two)",
    "In an earlier version of this article the ferry was called a barge.",
    "Anmerkung der Redaktion: In der ersten Fassung stand ein falsches Datum.",
    "In einer früheren Version hieß es, die Mühle stehe still.",
    "Rectificatif : le nom du port était faux.",
    "Fe de errores: el nombre era otro.",
    "Errata: o nome estava errado.",
    "Rettifica: il nome era sbagliato.",
    "Rectificatie: de naam klopte niet.",
)
NO_CORRECTIONS = (
    "Corrections officers went on strike on Monday.",
    "The correction of the road took nine weeks.",
    "Eine Korrektur der Preise lehnte der Rat ab.",
    "La correction du devoir a pris deux heures.",
    "Une première version était prête en mars.",
)


def test_corrections_are_told_from_the_story(con: duckdb.DuckDBPyConnection) -> None:
    """A note at the head of a paragraph, in seven languages; a story that speaks of correcting something is none."""
    query = (VIEWS / "corrections.sql").read_text("utf-8")
    pattern = query.partition("regexp_extract_all(body, ")[2].partition(")) as correction")[0]
    body = "\n\n".join(("The story.", *CORRECTIONS, *NO_CORRECTIONS))
    found = con.execute(
        f"select regexp_extract_all(body, {pattern}) from (select $body as body)", {"body": body}
    )
    assert tuple(found.fetchall()[0][0]) == CORRECTIONS


def test_a_follow_up_without_a_time_hides_nobodys_first() -> None:
    """Only what an outlet brought first is weighed; a day that was inferred is not called stated."""
    with duckdb.connect() as con:
        con.execute("create table stories as select 's' as story_id, 'Dam' as headline")
        con.execute(
            "create table articles_latest as select 's' as story_id, * from (values"
            " ('a', 'Alpha', 'Dam', timestamptz '2026-03-01 08:00:00Z', date '2026-03-01', 'stated'),"
            " ('b', 'Beta', 'Dam too', timestamptz '2026-03-01 11:30:00Z', date '2026-03-01', 'stated'),"
            " ('c', 'Beta', 'Dam again', null, date '2026-03-02', 'stated'),"
            " ('d', 'Gamma', 'Dam', null, null, 'low'))"
            " as t(article_id, outlet, title, published_at, published_on, best_day_certainty)"
        )
        con.execute("alter table articles_latest add column first_seen_at timestamptz default '2026-03-05'")
        con.execute("alter table articles_latest add column published_local_at timestamp")
        con.execute("alter table articles_latest add column best_day date default '2026-03-03'")
        con.execute("alter table articles_latest add column is_representative boolean default true")
        first = (VIEWS / "first_to_publish.sql").read_text("utf-8")
        told = f"select first_basis, first_outlet, next_outlet, hours_ahead, undated_count from ({first})"
        assert rows(con, told) == [("time", "Alpha", "Beta", 3.5, 1)]
        coverage = (VIEWS / "coverage.sql").read_text("utf-8")
        hours = rows(con, f"select outlet, hour_basis, hour is null from ({coverage}) order by all")
        assert hours == [
            ("Alpha", "published", False),
            ("Beta", "day", True),
            ("Beta", "published", False),
            ("Gamma", "inferred", True),
        ]
