"""Times of rows without a zone are kept: a moment where the user names the zone, else the time on a clock."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import product
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


NAMED = (None, "America/New_York", None, "Europe/Berlin")
"""The zone that the user names in each run."""

ZONES = {None: None, "America/New_York": 5, "Europe/Berlin": -1}
"""Hours between a clock there in February and the moment in UTC."""

MOMENTS = [{"$date": "2020-03-04T09:30:00Z"}, {"$date": {"$numberLong": "1583314200000"}}]
PAGE = '<html><head><title>Pictures</title><meta property="article:published_time" content="2026-02-03"></head><body></body></html>'
Dated = dict[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[Dated]]:
    """The settings of the last of four runs, and what each said of the time of each row: day, moment, clock, precision."""
    folder, told = tmp_path_factory.mktemp("zones"), []
    warehouse = empty_warehouse(folder / "w").folder
    zoned, moments, day = (folder / name for name in ("zoned.parquet", "moments.jsonl", "day.jsonl"))
    pq.write_table(pa.table({"id": ["zoned"], "text": [TEXT], "published_at": [CLOCK]}), zoned)
    given = [*MOMENTS, *([each] for each in MOMENTS)]
    rows = [{"id": f"m{n}", "text": f"{n}. {TEXT}", "published_at": value} for n, value in enumerate(given)]
    moments.write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "pictures.html").write_text(PAGE, "utf-8")
    for run, zone in enumerate(NAMED):
        row = {"id": "day", "text": f"Day. {TEXT}"} | ({"date": "2026-02-27"} if run == 1 else {})
        day.write_text(json.dumps(row), "utf-8")
        settings = Settings(warehouse=warehouse, workers=1, timezone=zone)
        paths = [zoned, moments, day, folder / "pictures.html"]
        ingest(paths, settings=settings, now=NOW + timedelta(hours=run))
        with connect_reader(settings.place) as con:
            found = con.sql(
                "select external_id, published_on, epoch(published_at), published_local_at, published_precision"
                " from articles_latest"
            ).fetchall()
        told.append({name: tuple(times) for name, *times in found})
    return settings, told


def test_the_zone_that_was_named_last_counts(runs: tuple[Settings, list[Dated]]) -> None:
    """Without a zone a row keeps the time on its clock; with one it is a moment, whatever was named before; its day stays.

    A replay leaves it so.
    """
    settings, told = runs
    for run, zone in enumerate(NAMED):
        hours = ZONES["America/New_York" if run == 2 else zone]  # naming none takes nothing back
        if hours is None:
            assert told[run]["zoned"] == (CLOCK.date(), None, CLOCK, "minute_local")
        else:
            moment = (CLOCK + timedelta(hours=hours)).replace(tzinfo=UTC).timestamp()
            assert told[run]["zoned"] == (CLOCK.date(), moment, None, "second")
    assert not replay(settings).changes
    own = "join articles using (article_id) where external_id = 'zoned'"
    with connect_reader(settings.place) as con:
        assert con.sql(f"select epoch(published_at) from revisions {own}").fetchall() == [(moment,)]
        assert con.sql(f"select epoch(end_at) from story_features {own}").fetchall() == [(moment,)]
        chosen = f"from date_candidates join revisions using (revision_id) {own} and is_chosen"
        assert con.sql(f"select count(*) {chosen}").fetchall() == [(1,)]


def test_the_time_of_a_database_is_read(runs: tuple[Settings, list[Dated]]) -> None:
    """A row's time as MongoDB exports it, also as the one item of a list, is a moment."""
    assert [runs[1][0][f"m{n}"][1] for n in range(4)] == [1583314200] * 4


def test_a_day_may_come_later(runs: tuple[Settings, list[Dated]]) -> None:
    """Rows that come again with a day beside the same words have it; without it again they keep it."""
    assert [told["day"][0] for told in runs[1]] == [None, *[date(2026, 2, 27)] * 3]


def test_a_page_without_text_keeps_its_day(runs: tuple[Settings, list[Dated]]) -> None:
    """What is quarantined for want of a body still says when it was published."""
    with connect_reader(runs[0].place) as con:
        found = con.sql("select distinct reason, published_on from quarantine").fetchall()
    assert found == [("no_body", date(2026, 2, 3))]


def test_a_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    """A misspelt zone is told at the door, in settings and in the source list."""
    with pytest.raises(ValueError, match="no time zone"):
        Settings(timezone="Europe/Berlim")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nid = "a"\nkind = "jsonl"\npath = "x"\ntimezone = "Mars/Base"\n', "utf-8"
    )
    with pytest.raises(UserError, match="no time zone"):
        read_sources(tmp_path / "sources.toml")


KINDS = ("feed", "sitemap", "warc")
OWN = 'timezone = "America/New_York"'


def source_list(folder: Path, paper: Newspaper) -> Path:
    """Two sources of each kind with one page each, whose time names no zone; the second has a zone of its own."""
    listed = []
    for number, (kind, zone) in enumerate(product(KINDS, ("", OWN))):
        page = article(number).replace(
            b"<meta ", b'<meta property="article:published_time" content="2026-02-27T23:15:00"><meta '
        )
        name = f"{kind}-{'own' if zone else 'user'}"
        paper.put(f"/news/{number}", page)
        paper.put(f"/feed{number}", rss(paper.base, [number]).replace(b"Sun, 2 May 2031 12:30:00 GMT", b""))
        paper.put(f"/sitemap{number}", sitemap(paper.base, [number]))
        (folder / f"{number}.warc").write_bytes(record(number, http(page)))
        place = (
            f'path = "{folder}/{number}.warc"' if kind == "warc" else f'url = "{paper.base}/{kind}{number}"'
        )
        listed.append(
            f'[[source]]\nid = "{name}"\nkind = "{kind}"\n{place}\n{zone}\npoliteness.delay_seconds = 0.05\n'
        )
    path = folder / "sources.toml"
    path.write_text("".join(listed), "utf-8")
    return path


def test_every_kind_of_source_has_a_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's time without a zone is one in the zone of its source, and of a source without one in the user's."""
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    with Newspaper() as paper:
        listed = source_list(tmp_path, paper)
        settings = Settings(warehouse=tmp_path / "w", workers=1, timezone="Europe/Berlin", sources=listed)
        ingest(settings=settings)
    with connect_reader(settings.place) as con:
        found = con.sql("select source_id, published_on, hour(published_at) from articles_latest").fetchall()
    hours = {"user": 22, "own": 4}
    assert sorted(found) == sorted(
        (f"{kind}-{whose}", CLOCK.date(), hour) for kind in KINDS for whose, hour in hours.items()
    )
