"""A team's warehouse is kept as one on a disk is: catalog in PostgreSQL, files in a bucket, both lost and restored."""

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from asked import broken
from empty_warehouse import shared_catalog
from every_file import files_with
from postgres_server import Server
from s3_server import KEY, Store, s3_server

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.maintain import maintain_warehouse
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.search.update_index import update_index
from tests.flows.test_forget import GONE, NOW, SENTENCE, ingested, left_of, rows, taken_down, write

WORDS = (SENTENCE, GONE, "Quarrington", "eel-warden")


@pytest.fixture
def store() -> Iterator[Store]:
    with s3_server() as store:
        yield store


def test_what_was_taken_down_is_nowhere_after_a_loss(
    tmp_path: Path, postgres: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken down, maintained, saved with the servers' own tools, lost and restored: the tables are those of an ingest
    without it, and no file, object, or page of the catalog's tables holds a word of it."""
    given = {
        "catalog": postgres.create("kept"),
        "files": "s3://news/kept",
        "s3_endpoint": store.address,
        "s3_key": KEY,
        "s3_secret": "hidden-well",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", value)
    team = ingested(tmp_path / "home", write(tmp_path / "rows", rows()))
    left = next(key for key in store.keys if "/revisions/" in key)
    store.put(store.objects | {left.replace("ducklake-", "of-a-killed-run-"): store.objects[left]})
    assert found(tmp_path / "before", postgres, store, "kept")
    # As the server does by itself: samples of values are words too.
    postgres.run("psql", "kept", given=b"analyze")
    taken_down(team)
    monkeypatch.setattr("copydesk.warehouse.vacuum.LOCK_SECONDS", 0.001)
    with connect_reader(team.place) as reader:
        reader.execute("begin")
        reader.execute("from articles").fetchall()
        assert "others are reading" in maintain_warehouse(team, now=NOW).notes[-1]
    done = maintain_warehouse(team, now=NOW)
    assert done.notes == ()
    assert files_with(tmp_path / "home", *WORDS) == []
    assert found(tmp_path / "after", postgres, store, "kept") == []

    dump, objects = postgres.run("pg_dump", "kept"), store.objects
    postgres.run("dropdb", "kept")
    store.put({})
    shutil.rmtree(tmp_path / "home")
    monkeypatch.setenv("COPYDESK_CATALOG", postgres.create("restored"))
    postgres.run("psql", "restored", given=dump)
    store.put(objects)

    back, never = Settings(warehouse=tmp_path / "home", workers=1), Settings(warehouse=tmp_path / "never")
    assert broken(back, NOW) == []
    assert ingested(back.warehouse, tmp_path / "rows").place == back.place
    tables = left_of(back.place)
    assert found(tmp_path / "again", postgres, store, "restored") == []
    for name in given:
        monkeypatch.delenv(f"COPYDESK_{name.upper()}")
    ingested(never.warehouse, write(tmp_path / "fewer", rows()[:-1]))
    assert tables == left_of(Settings(warehouse=never.warehouse).place)


def test_a_takedown_leaves_the_folder_of_another_machine_with_its_next_run(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one machine takes down is in no file of another's folder once a run of its own has begun there."""
    monkeypatch.setenv("COPYDESK_CATALOG", shared_catalog(postgres, "erased", tmp_path / "files"))
    monkeypatch.setenv("COPYDESK_FILES", str(tmp_path / "files"))
    asking = ingested(tmp_path / "home", write(tmp_path / "rows", rows()))
    with connect_reader(asking.place) as con:
        update_index(con, asking.place)
    taken_down(Settings(warehouse=tmp_path / "other", workers=1))
    assert files_with(tmp_path / "home", *WORDS)
    assert files_with(tmp_path / "files", *WORDS) == []
    ingested(tmp_path / "home", tmp_path / "rows")
    assert files_with(tmp_path / "home", *WORDS) == []


@pytest.mark.parametrize("ends", [False, True], ids=["the run goes on", "the run breaks off"])
def test_what_another_machine_has_taken_in_does_not_come_back(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch, *, ends: bool
) -> None:
    """What is taken down while a run of another machine holds it, staged and not yet written, is never written."""
    catalog = shared_catalog(postgres, f"staged{ends:d}", tmp_path / "files")
    monkeypatch.setenv("COPYDESK_CATALOG", catalog)
    monkeypatch.setenv("COPYDESK_FILES", str(tmp_path / "files"))
    write(tmp_path / "rows", rows())
    home, other = (Settings(warehouse=tmp_path / name, workers=1) for name in ("home", "other"))
    asked = []

    def ask(step: str, _count: int) -> None:
        if step == "refine" and not asked:
            asked.append(taken_down(other))
            if ends:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) if ends else nullcontext():
        ingest([tmp_path / "rows"], settings=home, source="wire", now=NOW, progress=ask)
    assert [each.documents_count for each in asked] == [0]
    if ends:
        ingest([write(tmp_path / "before", rows()[:1])], settings=home, source="before", now=NOW)
        assert files_with(tmp_path / "home", *WORDS) == []
    done = ingest([tmp_path / "rows"], settings=home, source="wire", now=NOW)
    assert done.new_count == 4 * ends
    with connect_reader(home.place) as con:
        assert con.execute(
            "select count(*), count(*) filter (url = $1) from documents", [GONE]
        ).fetchall() == [(5 + ends, 0)]
    assert files_with(tmp_path, *WORDS) == ["rows/rows.jsonl"]


def found(folder: Path, postgres: Server, store: Store, name: str) -> list[str]:
    """Return which objects of the bucket and pages of a database hold a word of it."""
    for key, value in store.objects.items():
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(value)
    postgres.run("psql", name, given=b"checkpoint")
    shutil.copytree(postgres.folder / "data" / "base", folder / "base")
    return files_with(folder, *WORDS)
