"""Times of rows without a zone are kept: a moment where the user names the zone, else the time on a clock."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from empty_warehouse import empty_warehouse
from small_newspaper import Newspaper, article, rss, sitemap
from warc_writer import http, record

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.flows.sources.read_sources import read_sources
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.connect import connect_reader

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOCK = datetime(2026, 2, 27, 23, 15)  # noqa: DTZ001 -- as rows hold it
TEXT = (
    "The ferry between Kestrel Sound and the mainland sailed again after nine weeks in dock, and four hundred people stood"
    " on the quay to see it leave.\n\nHarbour master Ines Tallow said the new shaft had been tested twice.\n"
)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"id": ["one"], "text": [TEXT], "published_at": [CLOCK]}), path)
    return path


def dates_after(path: Path, settings: Settings, *, now: datetime = NOW) -> list[tuple[Any, ...]]:
    ingest([path], settings=settings, now=now)
    with connect_reader(settings.place) as con:
        return con.sql(
            "select published_on, published_at::varchar, published_local_at, published_precision from articles_latest"
        ).fetchall()


def test_a_row_keeps_its_time(rows: Path, tmp_path: Path) -> None:
    """Who had it first within a day can be asked of rows whose times name no zone."""
    found = dates_after(rows, Settings(warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1))
    assert found == [(date(2026, 2, 27), None, CLOCK, "minute_local")]


def test_the_users_zone_makes_moments(rows: Path, tmp_path: Path) -> None:
    """`--timezone` says which moment a time is; the day stays as the row has it."""
    settings = Settings(
        warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1, timezone="America/New_York"
    )
    found = dates_after(rows, settings)
    assert [(on, local, precision) for on, _, local, precision in found] == [
        (date(2026, 2, 27), None, "second")
    ]
    with connect_reader(settings.place) as con:
        assert con.sql("select epoch(published_at) from revisions").fetchone() == (
            datetime(2026, 2, 28, 4, 15, tzinfo=UTC).timestamp(),
        )


@pytest.mark.parametrize(
    "stated", [{"$date": "2020-03-04T09:30:00Z"}, {"$date": {"$numberLong": "1583314200000"}}]
)
def test_the_time_of_a_database_is_read(stated: dict[str, Any], tmp_path: Path) -> None:
    """A row's time as MongoDB exports it, also as the one item of a list, is a moment."""
    lines = [
        json.dumps({"id": str(number), "text": f"{number}. {TEXT}", "published_at": value})
        for number, value in enumerate((stated, [stated]))
    ]
    (path := tmp_path / "rows.jsonl").write_text("\n".join(lines))
    settings = Settings(warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1)
    ingest([path], settings=settings, now=NOW)
    with connect_reader(settings.place) as con:
        assert con.sql("select distinct epoch(published_at) from revisions").fetchall() == [(1583314200,)]


@pytest.mark.parametrize("zones", [(None, "Europe/Berlin"), ("Asia/Tokyo", None, "Europe/Berlin")])
def test_another_zone_is_another_try(rows: Path, tmp_path: Path, zones: tuple[str | None, ...]) -> None:
    """The zone that was named last dates what was read without one, or with another; a replay leaves it so."""
    for hour, zone in enumerate(zones):
        settings = Settings(warehouse=tmp_path / "warehouse", workers=1, timezone=zone)
        found = dates_after(rows, settings, now=NOW + timedelta(hours=hour))
    moment = datetime(2026, 2, 27, 22, 15, tzinfo=UTC)
    assert [(on, local, precision) for on, _, local, precision in found] == [(CLOCK.date(), None, "second")]
    assert not replay(settings).changes
    with connect_reader(settings.place) as con:
        assert con.sql("select epoch(published_at) from revisions").fetchall() == [(moment.timestamp(),)]
        assert con.sql("select epoch(end_at) from story_features").fetchall() == [(moment.timestamp(),)]
        assert con.sql("select count(*) from date_candidates where is_chosen").fetchall() == [(1,)]


def test_a_day_may_come_later(tmp_path: Path) -> None:
    """Rows that come again with a day beside the same words have it; without it again they keep it."""
    path, settings = tmp_path / "rows.jsonl", Settings(warehouse=tmp_path / "warehouse", workers=1)
    for day in ("", ', "date": "2026-02-27"', ""):
        path.write_text(f'{{"id": "one", "text": {json.dumps(TEXT)}{day}}}\n', "utf-8")
        found = dates_after(path, settings)
    assert [row[0] for row in found] == [date(2026, 2, 27)]


def test_a_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    """A misspelt zone is told at the door, in settings and in the source list."""
    with pytest.raises(ValueError, match="no time zone"):
        Settings(timezone="Europe/Berlim")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nid = "a"\nkind = "jsonl"\npath = "x"\ntimezone = "Mars/Base"\n', "utf-8"
    )
    with pytest.raises(UserError, match="no time zone"):
        read_sources(tmp_path / "sources.toml")


def test_a_page_without_text_keeps_its_day(tmp_path: Path) -> None:
    """What is quarantined for want of a body still says when it was published."""
    page = '<html><head><title>Pictures</title><meta property="article:published_time" content="2026-02-03"></head><body></body></html>'
    (tmp_path / "pictures.html").write_text(page, "utf-8")
    settings = Settings(warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1)
    ingest([tmp_path / "pictures.html"], settings=settings, now=NOW)
    with connect_reader(settings.place) as con:
        assert con.sql("select reason, published_on from quarantine").fetchall() == [
            ("no_body", date(2026, 2, 3))
        ]


def source_list(folder: Path, paper: Newspaper, kind: str, zone: str) -> Path:
    """One source of a kind with one page, whose time names no zone."""
    page = article(1).replace(
        b"<meta ", b'<meta property="article:published_time" content="2026-02-27T23:15:00"><meta '
    )
    paper.put("/news/1", page)
    paper.put("/feed", rss(paper.base, [1]).replace(b"Sun, 2 May 2031 12:30:00 GMT", b""))
    paper.put("/sitemap", sitemap(paper.base, [1]))
    (folder / "pages.warc").write_bytes(record(1, http(page)))
    place = f'path = "{folder}/pages.warc"' if kind == "warc" else f'url = "{paper.base}/{kind}"'
    listed = (
        f'[[source]]\nid = "a"\nkind = "{kind}"\n{place}\n{zone}\n[source.politeness]\ndelay_seconds = 0.05\n'
    )
    path = folder / "sources.toml"
    path.write_text(listed, "utf-8")
    return path


@pytest.mark.parametrize("kind", ["feed", "sitemap", "warc"])
@pytest.mark.parametrize(
    ("zone", "hour"), [("", 22), ('timezone = "America/New_York"', 28)], ids=["the user's", "its own"]
)
def test_every_kind_of_source_has_a_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, zone: str, hour: int
) -> None:
    """A page's time without a zone is one in the zone of its source, and of a source without one in the user's."""
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    with Newspaper() as paper:
        settings = Settings(
            warehouse=empty_warehouse(tmp_path / "warehouse").folder,
            workers=1,
            timezone="Europe/Berlin",
            sources=source_list(tmp_path, paper, kind, zone),
        )
        ingest(settings=settings)
    with connect_reader(settings.place) as con:
        assert con.sql("select published_on, epoch(published_at) from revisions").fetchall() == [
            (date(2026, 2, 27), datetime(2026, 2, 27, 0, 15, tzinfo=UTC).timestamp() + hour * 3600)
        ]
