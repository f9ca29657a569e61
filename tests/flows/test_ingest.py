"""The main job on small inputs: what goes in is accounted for, and only what is new is done."""

import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asked import ask, counts, snapshots
from empty_warehouse import empty_warehouse

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.lease import LeaseHeldError, lease

STORY = (
    "Ferry returns to Kestrel Sound\n\nThe ferry between Kestrel Sound and the mainland sailed again on Tuesday"
    " after nine weeks in dock, and four hundred people stood on the quay to see it leave.\n\nHarbour master"
    " Ines Tallow said the new shaft had been tested twice. “She answers the helm like a young boat,” Tallow"
    " said.\n\nThe council paid 1.2 million crowns for the repair, a third more than it had planned.\n"
)
OTHER = STORY.replace("Ferry", "Library").replace("ferry", "library").replace("Tallow", "Marsh")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(warehouse=empty_warehouse(tmp_path / "warehouse").folder, workers=1)


def write_desk(folder: Path) -> Path:
    folder.mkdir()
    (folder / "ferry.txt").write_text(STORY, "utf-8")
    (folder / "library.txt").write_text(OTHER, "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_desk(tmp_path / "desk")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A folder, the warehouse that a run made of it, and what it told; each test copies both."""
    root = tmp_path_factory.mktemp("first")
    settings = Settings(warehouse=empty_warehouse(root / "warehouse").folder, workers=1)
    return root, run(settings, write_desk(root / "desk"))


@pytest.fixture
def known(tmp_path: Path, first: tuple[Path, Summary]) -> Path:
    """The folder of a warehouse that has taken it in."""
    shutil.copytree(first[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "desk"


def run(settings: Settings, *paths: Path, now: datetime = NOW, source: str | None = None) -> Summary:
    return ingest(list(paths), settings=settings, now=now, source=source)


@pytest.mark.usefixtures("known")
def test_a_folder_becomes_tables(settings: Settings, first: tuple[Path, Summary]) -> None:
    """Each file is a document, an article and a revision, under the folder's name."""
    assert counts(first[1]) == (2, 0, 0, 0)
    assert ask(settings, "select source_id, origin, title from articles_latest order by origin") == [
        ("desk", "ferry.txt", "Ferry returns to Kestrel Sound"),
        ("desk", "library.txt", "Library returns to Kestrel Sound"),
    ]
    assert ask(settings, "select payload from documents where origin = 'ferry.txt'") == [(STORY.encode(),)]


def test_the_same_again_adds_no_row_and_no_snapshot(settings: Settings, known: Path) -> None:
    """Idempotent: a second run of the same input leaves no trace in the tables."""
    before = snapshots(settings), ask(settings, "select count(*) from runs")
    summary = run(settings, known, now=NOW + timedelta(hours=1), source="desk")
    assert (summary.state, summary.known_count, counts(summary)) == ("nothing_new", 2, (0, 0, 0, 0))
    assert (snapshots(settings), ask(settings, "select count(*) from runs")) == before


def test_what_a_run_meets_again_and_again_is_counted(tmp_path: Path, settings: Settings) -> None:
    """Read = new + revised + unchanged + known + quarantined, also where the same lines stand in several shards."""
    line = json.dumps({"text": STORY}) + "\n"
    (tmp_path / "rows.jsonl").write_text(("{broken\n" + line) * 7)
    summary = run(settings.model_copy(update={"portion_documents": 4}), tmp_path / "rows.jsonl")
    assert summary.seen_count == 14
    assert counts(summary) == (1, 0, 0, 1)
    assert summary.known_count == 12


def test_wordings_of_an_article(settings: Settings, known: Path) -> None:
    """A new wording is a revision; what leaves the body makes none; going back to an old one makes it the latest again.

    An analyst's open transaction answers with the old state during and after a run; a new one sees the new.
    """
    (known / "ferry.txt").write_text(STORY.replace("nine weeks", "ten weeks"), "utf-8")
    (known / "library.txt").write_text(OTHER + "\nShare this:\n\nLeave a reply\n", "utf-8")
    with connect_reader(settings.place) as analyst:
        analyst.execute("begin")
        assert analyst.execute("select count(*) from revisions").fetchall() == [(2,)]
        assert counts(run(settings, known, now=NOW + timedelta(hours=1), source="desk")) == (0, 1, 1, 0)
        assert analyst.execute("select count(*) from revisions").fetchall() == [(2,)]
        analyst.execute("commit")
        assert analyst.execute("select count(*) from revisions").fetchall() == [(3,)]
    revisions = (
        "select origin, revision_number, is_latest, contains(body, 'ten weeks') from revisions"
        " join articles using (article_id) order by 1, 2"
    )
    library = ("library.txt", 1, True, False)
    assert ask(settings, revisions) == [("ferry.txt", 1, False, False), ("ferry.txt", 2, True, True), library]
    (known / "ferry.txt").write_text(STORY + "\n", "utf-8")
    assert counts(run(settings, known, now=NOW + timedelta(hours=2), source="desk")) == (0, 0, 1, 0)
    assert ask(settings, revisions) == [("ferry.txt", 1, True, False), ("ferry.txt", 2, False, True), library]
    assert ask(settings, "select max(last_seen_at) from articles") == [(NOW + timedelta(hours=2),)]


def test_garbage_is_quarantined_and_the_run_goes_on(settings: Settings, folder: Path) -> None:
    """Accounted for: documents = new + revised + unchanged + quarantined, each refusal with its reason."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder / "cut.txt").write_bytes(b"\xd0\xbf\xff")
    (folder / "rows.jsonl").write_text('{"text": "cut\n' + json.dumps({"id": "1", "text": STORY}) + "\n")
    summary = run(settings, folder)
    assert counts(summary) == (3, 0, 0, 4)
    assert summary.documents_count == summary.seen_count == 7
    rows = ask(settings, "select origin, line, reason from quarantine order by origin")
    assert [row[:2] for row in rows] == [
        ("binary.txt", None),
        ("cut.txt", None),
        ("empty.txt", None),
        ("rows.jsonl", 1),
    ]
    assert all(row[2] for row in rows)
    assert ask(settings, "select count(*), count(payload) from documents where outcome = 'quarantined'") == [
        (4, 4)
    ]


def test_rows_keep_the_users_own_id(settings: Settings, tmp_path: Path) -> None:
    """The field `id` is external_id, so that users join back to their own data; a row may move in its file.

    Of rows of one URL in one file the first id by its text is the article's, wherever its row stands.
    """
    rows = [json.dumps({"id": name, "text": STORY.replace("Sound", name)}) for name in ("x", "y")]
    rows += rows_of_one("beta", "alpha", "gamma")
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    run(settings, tmp_path / "rows.jsonl")
    assert ask(settings, "select external_id from articles order by 1") == [("alpha",), ("x",), ("y",)]
    (tmp_path / "rows.jsonl").write_text("\n".join(reversed(rows)))
    assert run(settings, tmp_path / "rows.jsonl").state == "nothing_new"


def rows_of_one(*names: str) -> list[str]:
    """Return rows of one address under several ids."""
    address = "https://gull.example/2024/ferry"
    return [json.dumps({"url": address, "id": name, "text": STORY}) for name in names]


def test_one_id_of_several_is_the_articles_in_whatever_portion(settings: Settings, tmp_path: Path) -> None:
    """The same where each row comes with a portion of its own."""
    (tmp_path / "rows.jsonl").write_text("\n".join(rows_of_one("beta", "alpha")))
    run(settings.model_copy(update={"portion_documents": 1}), tmp_path / "rows.jsonl")
    assert ask(settings, "select external_id from articles") == [("alpha",)]


def test_paths_and_folders_of_one_name(settings: Settings, tmp_path: Path) -> None:
    """Files given one by one, and their folder, are one source with each document once; also in the next run.

    Files of equal names in different folders are different articles, not revisions of each other.
    """
    folder, other = tmp_path / "2024" / "desk", tmp_path / "2025" / "desk"
    for each in (folder, other):
        each.parent.mkdir()
        write_desk(each)
    paths = [folder / "ferry.txt", folder / "library.txt", folder]
    assert counts(run(settings, *paths)) == (2, 0, 0, 0)
    (folder / "third.txt").write_text(STORY.replace("Kestrel", "Heron"), "utf-8")
    assert counts(run(settings, *paths, now=NOW + timedelta(hours=1))) == (1, 0, 0, 0)
    assert ask(settings, "select source_id from sources") == [("desk",)]
    assert ask(settings, "select count(*), count(distinct article_id) from story_members") == [(3, 3)]
    (other / "library.txt").unlink()
    assert counts(run(settings, other)) == (1, 0, 0, 0)
    assert len(ask(settings, "select distinct source_id from articles")) == 2


@pytest.mark.usefixtures("known")
def test_every_row_bears_its_run(settings: Settings, first: tuple[Path, Summary]) -> None:
    """The run's name stands on all rows that it wrote, and on its snapshot."""
    summary = first[1]
    for table in ("documents", "articles", "revisions", "boilerplate_spans", "watermarks", "sources", "runs"):
        assert ask(settings, f"select distinct run_id from {table}") == [(summary.run_id,)]
    ((extra,),) = ask(
        settings, "select commit_extra_info from lake.snapshots() order by snapshot_id desc limit 1"
    )
    assert summary.run_id in extra


def test_a_second_writer_is_told_to_wait(settings: Settings, folder: Path) -> None:
    """One writing flow at a time: the second is refused before it does anything."""
    with lease(settings.place), pytest.raises(LeaseHeldError, match="is writing"):
        run(settings, folder)


def test_words_that_all_share_are_no_story(tmp_path: Path, settings: Settings) -> None:
    """Articles of the same few words in any order tell of no event, however much alike; one event among them is a story."""
    chance = random.Random(5)
    words = ["".join(chance.choices("bdfgklmnprst", k=4)) + "en" for _ in range(300)]
    texts = [
        " ".join(" ".join(chance.choices(words, k=10)).capitalize() + "." for _ in range(12))
        for _ in range(110)
    ]
    texts += [
        STORY,
        STORY.replace("sailed again", "was back in service").replace("a third more", "much more"),
    ]
    rows = [{"id": str(number), "language": "en", "text": text} for number, text in enumerate(texts)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    ingest([tmp_path / "rows.jsonl"], settings=settings, now=NOW)
    with connect_reader(settings.place) as con:
        assert con.sql("select max(article_count) from stories").fetchone() == (2,)
