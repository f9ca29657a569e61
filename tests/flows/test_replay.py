"""A replay: what an upgrade does to history is what the upgrade would have done from the start."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asked import ask, broken
from empty_warehouse import empty_warehouse
from logical_rows import settled_of
from long_text import TOO_FEW_SECONDS, long_text
from own_rule import CLOCK, write_rule
from seed_files import ARTICLES

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.replay import Replay, rehearse_replay, replay
from copydesk.flows.settings import Settings
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader, connect_writer

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
FILES = ("files_are_intact", "files_are_sealed", "files_are_there")


def story(place: str, name: str, thing: str) -> str:
    return (
        f"{place} opens its {thing}\n\nThe {thing} of {place} opened again on Tuesday after nine weeks of work, and"
        f" four hundred people stood in the rain to see it.\n\nWarden {name} said the {thing} had been tested twice."
        f" “It stands as straight as it did,” {name} said.\n\nThe council of {place} paid 1.2 million crowns for it.\n"
    )


def write_desk(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text(
        story("Kestrel Sound", "Ines Tallow", "ferry dock") + f"\n{CLOCK}\n", "utf-8"
    )
    (folder / "b.txt").write_text(story("Marrow Bay", "Bram Okoro", "library"), "utf-8")
    (folder / "c.txt").write_text(f"{CLOCK}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk and the warehouse that a run made of it, which each test copies."""
    root = tmp_path_factory.mktemp("first")
    ingest([write_desk(root / "desk")], settings=desk(root, "old"), now=NOW)
    return root


@pytest.fixture
def old(tmp_path: Path, first: Path) -> Settings:
    shutil.copytree(first / "old", tmp_path / "old")
    return desk(tmp_path, "old")


@pytest.fixture(scope="module")
def ruled(first: Path) -> Path:
    """The folder with that warehouse as a replay with another rule leaves it (`new`), which each test copies."""
    shutil.copytree(first / "old", first / "new")
    taken = replay(desk(first, "new", (write_rule(first / "own.toml"),)), now=NOW + timedelta(hours=1))
    assert taken.run_id
    return first


@pytest.fixture(scope="module")
def brought_back(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Replay]:
    """A desk with a long text that two runs had too little time for, the warehouse after a replay that had it, and
    what that told."""
    root = tmp_path_factory.mktemp("long")
    (write_desk(root / "desk") / "long.txt").write_text(long_text(), "utf-8")
    slow = desk(root, "old", seconds=TOO_FEW_SECONDS)
    ingest([root / "desk"], settings=slow, now=NOW)
    ingest([root / "desk" / "b.txt"], settings=slow, now=NOW + timedelta(minutes=1))
    return root, replay(desk(root, "old"), now=NOW + timedelta(minutes=2))


def desk(tmp_path: Path, name: str, rules: tuple[Path, ...] = (), *, seconds: float = 10.0) -> Settings:
    place = empty_warehouse(tmp_path / name)
    return Settings(warehouse=place.folder, workers=1, rules=rules, document_seconds=seconds)


@pytest.fixture
def own_rule(tmp_path: Path) -> Path:
    return write_rule(tmp_path / "own.toml")


def state(settings: Settings) -> dict[str, list[str]]:
    # Of a refused document the charset is what it was read in before, else what was declared.
    return settled_of(settings.place, "versions", "charset")


def test_a_replay_ends_where_a_fresh_ingest_would(tmp_path: Path, ruled: Path, own_rule: Path) -> None:
    """Replay with new rules = ingest of the same documents into an empty warehouse, also what is now refused."""
    new, fresh = desk(ruled, "new"), desk(tmp_path, "fresh", (own_rule,))
    ingest([ruled / "desk"], settings=fresh, now=NOW)
    assert state(new) == state(fresh)
    assert ask(new, "select reason from quarantine") == ask(fresh, "select reason from quarantine")
    counts = "select new_count, quarantined_count from runs where flow = 'ingest'"
    assert ask(new, counts) == ask(fresh, counts) == [(2, 1)]


def test_the_way_back_leads_back(tmp_path: Path, ruled: Path) -> None:
    """A replay without the rule restores what it had refused or taken out."""
    shutil.copytree(ruled / "new", tmp_path / "old")
    before, old = state(desk(ruled, "old")), desk(tmp_path, "old")
    assert state(old) != before
    replay(old, now=NOW + timedelta(hours=2))
    assert state(old) == before
    assert ask(old, "select count(*) from quarantine") == [(0,)]


def test_nothing_new_leaves_no_trace(old: Settings) -> None:
    """A replay in which nothing differs writes no row and no snapshot."""
    count = "select count(*) from lake.snapshots()"
    before = ask(old, count)
    found = replay(old, now=NOW + timedelta(hours=1))
    assert (found.changes, found.run_id, found.documents_count) == ((), None, 3)
    assert ask(old, count) == before


@pytest.mark.usefixtures("old")
def test_a_rehearsal_tells_and_writes_nothing(tmp_path: Path, own_rule: Path) -> None:
    """A dry run names the documents, the paragraphs lost and the characters by kind, and changes nothing.

    Of a source or since a day that are asked for it reads those documents alone.
    """
    settings = desk(tmp_path, "old", (own_rule,))
    before = state(settings), ask(settings, "select count(*) from lake.snapshots()")
    assert rehearse_replay(settings, source="elsewhere").documents_count == 0
    assert rehearse_replay(settings, since=NOW + timedelta(days=1)).documents_count == 0
    found = rehearse_replay(settings, source="desk")
    assert found.documents_count == 3
    lost = {change.origin: (change.body.lost, change.reason_now) for change in found.changes}
    assert lost["a.txt"] == ((CLOCK,), None)
    assert lost["c.txt"][1] == "no_body"
    assert ("nav", 0, len(CLOCK)) in found.kinds
    assert (state(settings), ask(settings, "select count(*) from lake.snapshots()")) == before


def test_a_replay_keeps_what_the_machine_fails(
    tmp_path: Path, brought_back: tuple[Path, Replay], own_rule: Path
) -> None:
    """A document that has too little time stays as it stands, with its whole article; all others are taken, and sealed."""
    shutil.copytree(brought_back[0] / "old", tmp_path / "old")
    kept = "select * from revisions join articles using (article_id) where origin = 'long.txt'"
    before = ask(desk(tmp_path, "old"), kept)
    settings = desk(tmp_path, "old", (own_rule,), seconds=TOO_FEW_SECONDS)
    found = replay(settings, now=NOW + timedelta(hours=1))
    assert [(each.origin, each.reason) for each in found.failures] == [("long.txt", "timeout")]
    assert {change.origin for change in found.changes} == {"a.txt", "c.txt"}
    assert ask(settings, kept) == before
    refused = ask(settings, "select origin, reason from quarantine order by 1")
    assert refused == [("c.txt", "no_body"), ("long.txt", "timeout")]
    with connect_reader(settings.place) as con:
        results = check(con, now=NOW + timedelta(hours=2), place=settings.place, only=FILES)
    assert [each.name for each in results if not each.is_passed] == []
    again = replay(settings, now=NOW + timedelta(hours=2))
    assert (again.changes, len(again.failures)) == ((), 1)


def test_a_replay_heals_a_body_and_makes_nothing_of_a_damaged_payload(old: Settings) -> None:
    """A stored body that a disk has changed differs, whatever its hash says, and is made anew from what came.

    Where what came is no longer what came, the article that was made of it stays, and the replay says so.
    """
    before = state(old)
    damage(old, "update revisions set body = 'x' || body[2:] where title like 'Kestrel%'")
    damage(old, "update documents set payload = 'Marrow Bay opens nothing'::blob where origin = 'b.txt'")
    damaged = state(old)
    assert [name for name in before if damaged[name] != before[name]] == ["documents", "revisions"]
    found = replay(old, now=NOW + timedelta(hours=1))
    assert [change.origin for change in found.changes] == ["a.txt"]
    assert [(each.origin, each.reason, each.step) for each in found.failures] == [
        ("b.txt", "damaged", "read")
    ]
    after = state(old)
    assert [name for name in before if after[name] != before[name]] == ["documents"]


def damage(settings: Settings, sql: str) -> None:
    with connect_writer(settings.place) as con:
        con.execute(sql)


def test_a_replay_brings_back_what_was_given_up(brought_back: tuple[Path, Replay]) -> None:
    """A document in quarantine for want of time is an article after a replay that has it; its tries stay on record."""
    root, found = brought_back
    settings = desk(root, "old")
    assert [(change.reason, change.reason_now) for change in found.changes] == [("timeout", None)]
    assert ask(settings, "select count(*) from documents_in_quarantine") == [(0,)]
    assert ask(settings, "select documents_count, quarantined_count from runs order by started_at") == [
        (4, 1),
        (1, 0),
        (0, 0),
    ]


def test_nothing_is_left_of_an_article_that_a_replay_takes(tmp_path: Path) -> None:
    """When a document is no article any more, every table forgets it: also the interval that its story gave it."""
    folder, rule = tmp_path / "desk", tmp_path / "own.toml"
    folder.mkdir()
    text = (ARTICLES / "lantern-desk-ferry-deal.txt").read_text("utf-8")
    (folder / "lantern.txt").write_text(
        "".join(f"Zebra note: {line}\n" for line in text.splitlines() if line), "utf-8"
    )
    page = ARTICLES / "harbour-gazette-ferry-deal.html"
    (folder / page.name).write_bytes(page.read_bytes())
    write_rule(rule, pattern="zebra note.*", example="Zebra note: the ferry is late", max_words=500)
    settings = desk(tmp_path, "old")
    ingest([folder], settings=settings, now=NOW)
    ((gone,),) = ask(settings, "select article_id from articles where origin = 'lantern.txt'")
    assert ask(settings, "select article_id from text_intervals") == [(gone,)]
    replay(desk(tmp_path, "old", (rule,)), now=NOW + timedelta(hours=1))
    for name, table in TABLES.items():
        for column in ("article_id", "article_id_a", "article_id_b", "representative_article_id"):
            if column in table.columns:
                assert ask(settings, f"select * from {name} where {column} = '{gone}'") == [], name
    assert broken(settings, LATER) == []
