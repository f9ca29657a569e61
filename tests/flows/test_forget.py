"""Takedown: what is forgotten leaves the tables and the disk, is on record by a hash alone, and does not come back."""

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asked import broken
from every_file import files_with
from logical_rows import tables_of
from small_desk import command

from copydesk.flows.forget import _find, forget
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.maintain import maintain_warehouse
from copydesk.flows.replay import replay
from copydesk.flows.settings import Settings
from copydesk.schemas.staged import ARRIVALS
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place
from copydesk.warehouse.search.update_index import update_index
from copydesk.warehouse.staging.shard import write_shard
from copydesk.warehouse.takedown.erase import is_erasing, mark_erasing

NOW = datetime(2026, 3, 1, tzinfo=UTC)
GONE = "https://www.harbour.example/2026/02/eel-warden"
SPELLINGS = [
    "https://harbour.example/2026/02/eel-warden",
    "http://www.harbour.example/2026/02/eel-warden/",
    "https://m.harbour.example/2026/02/eel-warden/?utm_source=mail",
]
SENTENCE = "Wilhelmina Quarrington keeps the eels of Marrow Bay in a shed"
REPEATED = "The Harbour Echo is read at every quay of the bay, and by subscribers in nine towns."
HISTORY = {
    "story_events",
    "story_vocabulary",
    "story_vocabulary_versions",
    "takedowns",
    "tombstones",
    "sources",
    "source_runs",
    "watermarks",
}
"""What tells how the tables came about."""


def story(number: int, *, name: str = "the harbour master") -> str:
    """Return a text of its own, with a line that its site repeats."""
    lines = [
        f"Line {line} says that {name} counted {number * 53 + line} barrels of tar on pier {number + line}."
        for line in range(9)
    ]
    return "\n\n".join([*lines, REPEATED])


def rows() -> list[dict[str, Any]]:
    """Return articles of two outlets: one to be forgotten, a copy of another, and some beside."""
    gone = {
        "url": GONE,
        "title": "Wilhelmina Quarrington, warden of the eels, is sued",
        "text": f"{SENTENCE}.\n\n{story(1, name='Wilhelmina Quarrington')}",
        "published_at": "2026-02-20T10:00:00Z",
    }
    others = [
        {
            "url": f"https://www.harbour.example/2026/02/barrels-{number}",
            "title": f"Barrels of pier {number} are counted",
            "text": story(number),
            "published_at": f"2026-02-2{number % 8}T09:00:00Z",
        }
        for number in range(2, 6)
    ]
    copy = {**others[0], "url": "https://tide.example/wire/barrels", "title": "Barrels counted"}
    return [*others, copy, gone]


def write(folder: Path, chosen: Iterable[dict[str, Any]], *, name: str = "rows.jsonl") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in chosen), "utf-8")
    return folder


def ingested(warehouse: Path, folder: Path, *, source: str = "wire") -> Settings:
    settings = Settings(warehouse=warehouse, workers=1)
    ingest([folder], settings=settings, source=source, now=NOW)
    return settings


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the warehouses of all rows, of all but one, and of all rows with words of that one beside them."""
    folder = tmp_path_factory.mktemp("takedown")
    ingested(folder / "all", write(folder / "rows", rows()))
    ingested(folder / "never", write(folder / "fewer", rows()[:-1]))
    shutil.copytree(folder / "all", folder / "forgotten")
    _scatter(Settings(warehouse=folder / "forgotten").place)
    (folder / "found.json").write_text(json.dumps(files_with(folder / "forgotten", SENTENCE, GONE)))
    taken_down(Settings(warehouse=folder / "forgotten", workers=1))
    return folder


def _scatter(place: Place) -> None:
    """Write words of the article where a run, a search and Prefect would."""
    with connect_reader(place) as con:
        update_index(con, place)
        write_shard(
            place.staging,
            arrivals=con.sql(f"select {', '.join(ARRIVALS.columns)} from documents").to_arrow_table(),
        )
    place.prefect_database.parent.mkdir()
    with closing(sqlite3.connect(place.prefect_database)) as db, db:
        db.execute("create table log (message varchar)")
        db.execute("insert into log values (?)", [f"could not read {GONE}"])
    with closing(sqlite3.connect(place.ledger)) as db, db:
        db.execute(
            "update attempts set summary = ?",
            [
                json.dumps(
                    {"notes": [f"wire: {GONE}: odd", f"no article {GONE.removeprefix('https://www.')}"]}
                )
            ],
        )


@pytest.fixture
def settings(desk: Path, tmp_path: Path) -> Settings:
    """A warehouse of its own with everything in it."""
    shutil.copytree(desk / "all", tmp_path / "w")
    return Settings(warehouse=tmp_path / "w", workers=1)


def taken_down(settings: Settings, wanted: str | None = GONE, **how: Any) -> Any:
    return forget(settings, wanted, reason="her lawyer wrote", asked_by="the editor", now=NOW, **how)


def left_of(place: Place) -> dict[str, list[str]]:
    """Return the rows of the tables that hold no history; a story keeps the id that its first article gave it."""
    with connect_reader(place) as con:
        ids = [row[0] for row in con.execute("select story_id from stories").fetchall()]
    found = {name: rows for name, rows in tables_of(place).items() if name not in HISTORY}
    for name, told in found.items():
        for each in ids if name.startswith("stor") else ():
            told[:] = [row.replace(each, "its story") for row in told]
        told.sort()
    return found


def test_it_is_as_if_it_had_never_come(desk: Path) -> None:
    """The tables are those of an ingest without it, all laws hold, and who and why is on record."""
    settings = Settings(warehouse=desk / "forgotten")
    never = left_of(Settings(warehouse=desk / "never").place)
    assert [name for name, found in left_of(settings.place).items() if found != never[name]] == []
    assert broken(settings, NOW) == []
    with connect_reader(settings.place) as con:
        record = con.execute("select * exclude (takedown_id, taken_down_at) from takedowns").fetchall()
    assert record == [("address", "her lawyer wrote", "the editor", 1, 1)]


def test_no_file_holds_a_word_of_it(desk: Path) -> None:
    """Neither Parquet nor the catalog's statistics, the search index, the ledger, Prefect's database or what waits."""
    found = {Path(each).name for each in json.loads((desk / "found.json").read_text())}
    assert found >= {"catalog.sqlite", "search.sqlite", "ledger.sqlite", "prefect.db", "arrivals.parquet"}
    assert len(found) > 8
    assert files_with(desk / "forgotten", SENTENCE, GONE, "Quarrington", "eel-warden") == []


def test_it_does_not_come_back(desk: Path, tmp_path: Path) -> None:
    """Neither by the same files, nor by a back-fill with its address, its bytes or its page, nor by a replay.

    What only refining tells is remembered: the next run knows it by its bytes.
    """
    shutil.copytree(desk / "forgotten", tmp_path / "w")
    settings, again = Settings(warehouse=tmp_path / "w", workers=1), rows()[-1]
    before = left_of(settings.place)
    text = "".join(f"<p>{part}</p>" for part in again["text"].split("\n\n"))
    head = f"<title>{again['title']}</title><link rel=canonical href={GONE}>"
    page = f"<html><head>{head}</head><body><article><h1>{again['title']}</h1>{text}</article></body></html>"
    http = GONE.replace("https", "http") + "?utm_source=mail"
    ways = [
        {**again, "url": "https://mirror.example/a/b"},
        {**again, "url": http, "text": story(9)},
        {"id": "4", "html": page},
        *(
            {**again, "id": other, "url": other, "text": story(at)}
            for at, other in enumerate(SPELLINGS, start=20)
        ),
    ]
    ingested(settings.warehouse, write(tmp_path / "rows", rows()))
    for known in (len(ways) - 1, len(ways)):
        told = ingest([write(tmp_path / "ways", ways)], settings=settings, source="b", now=NOW)
        assert (told.seen_count, told.known_count) == (len(ways), known)
    replay(settings)
    assert left_of(settings.place) == before
    assert files_with(settings.place.folder, SENTENCE, "eel-warden") == []


def test_a_takedown_that_took_nothing_costs_no_history(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed before its rows were gone it is asked for again, and what older snapshots show stays until then."""
    before = _snapshots(settings.place)
    mark_erasing(settings.place, "killed-before-it-committed")
    notes = maintain_warehouse(settings, now=NOW).notes
    assert any("forget` again" in note for note in notes), capsys.readouterr()
    assert not is_erasing(settings.place)
    assert set(before) <= set(_snapshots(settings.place))
    taken_down(settings, SPELLINGS[-1])
    assert files_with(settings.place.folder, SENTENCE, "eel-warden") == []


def _snapshots(place: Place) -> list[int]:
    with connect_reader(place) as con:
        return [
            row[0] for row in con.execute("select snapshot_id from ducklake_snapshots('lake')").fetchall()
        ]


def test_a_page_goes_by_any_spelling_of_its_address(desk: Path) -> None:
    """Whoever asks writes it without `www.`, with a closing slash, as a phone shows it: the article is found."""
    with connect_reader(Place(desk / "all")) as con:
        wanted = con.execute("select article_id from articles where canonical_url = ?", [GONE]).fetchall()
        found = [_find(con, named).article_ids for named in SPELLINGS]
    assert found == wanted * len(SPELLINGS)
    assert len(wanted) == 1


def test_a_source_goes_with_all_that_only_it_has(settings: Settings, tmp_path: Path) -> None:
    """What another source has too stays, as that source tells it; the source is not read again, and says so."""
    own = Settings(warehouse=tmp_path / "own", workers=1)
    ingest([write(tmp_path / "shared", rows()[:2])], settings=own, source="b", now=NOW)
    ingest([tmp_path / "shared"], settings=settings, source="b", now=NOW)
    taken_down(settings, None, source="wire")
    assert left_of(settings.place) == left_of(own.place)
    assert files_with(settings.place.folder, SENTENCE, "eel-warden") == []
    told = ingest([write(tmp_path / "rows", rows())], settings=settings, source="wire", now=NOW)
    assert (told.notes, told.new_count) == (("wire: was taken down, and is not read",), 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["forget", "--reason", "x"], "name either an article"),
        (["forget", GONE, "--source", "wire", "--reason", "x"], "name either an article"),
        (["forget", "https://www.harbour.example/", "--reason", "x"], "home page"),
        (["forget", "nobody", "--reason", "x"], "no article 'nobody'"),
        (["forget", "--source", "nobody", "--reason", "x"], "no source 'nobody'"),
        (["forget", GONE, "--reason", " "], "say why"),
        (["forget", GONE, "--reason", f"it is {GONE}"], "without an address"),
        (["forget", GONE, "--reason", "see tide.example/2026/a"], "without an address"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    desk: Path, monkeypatch: Any, capsys: Any, words: list[str], said: str
) -> None:
    """Wrong use costs one line and code 2, and takes nothing down."""
    code, out, error = command(monkeypatch, capsys, *words, "-w", desk / "all")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert said in error
    with connect_reader(Settings(warehouse=desk / "all").place) as con:
        assert con.execute("select count(*) from takedowns").fetchall() == [(0,)]


def test_what_has_not_come_yet_never_comes(settings: Settings, tmp_path: Path) -> None:
    """An address can be taken down before anything came by it; who takes an article down is told of its copies."""
    coming = {**rows()[0], "url": "https://www.harbour.example/2026/03/coming"}
    gone = taken_down(settings, coming["url"])
    assert (gone.articles_count, gone.documents_count) == (0, 0)
    told = ingest([write(tmp_path / "rows", [coming])], settings=settings, source="later", now=NOW)
    assert (told.state, told.known_count) == ("nothing_new", 1)
    gone = taken_down(settings, rows()[0]["url"])
    assert [site for _, site, _ in gone.copies] == ["tide.example"]
