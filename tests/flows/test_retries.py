"""What the machine failed is tried again: a slow moment costs no article, and every document stays accounted for."""

import gzip
import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asked import ask, broken, counts, snapshots
from empty_warehouse import empty_warehouse
from logical_rows import settled_of
from long_text import TOO_FEW_SECONDS, long_text
from own_rule import write_rule

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.refine_again import retry_quarantined
from copydesk.flows.settings import Settings
from copydesk.schemas.reasons import MACHINE_FAULTS
from copydesk.warehouse.create import VIEWS
from copydesk.warehouse.ledger import list_attempts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
STORY = (
    "Ferry returns to Kestrel Sound\n\nThe ferry between Kestrel Sound and the mainland sailed again on Tuesday"
    " after nine weeks in dock, and four hundred people stood on the quay to see it leave.\n\nHarbour master"
    " Ines Tallow said the new shaft had been tested twice.\n\nThe council paid 1.2 million crowns for it.\n"
)


def desk(folder: Path, *, seconds: float = 10.0, rules: tuple[Path, ...] = ()) -> Settings:
    return Settings(
        warehouse=empty_warehouse(folder).folder, workers=1, document_seconds=seconds, rules=rules
    )


def slow(folder: Path) -> Settings:
    """A desk on which the long text takes too long, and no other."""
    return desk(folder, seconds=TOO_FEW_SECONDS)


@pytest.fixture(scope="module")
def slow_moment(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A folder, the warehouse that a run with too little time made of it, and what it told; each test copies both."""
    root = tmp_path_factory.mktemp("slow")
    (root / "desk").mkdir()
    (root / "desk" / "ferry.txt").write_text(STORY, "utf-8")
    (root / "desk" / "long.txt").write_text(long_text(), "utf-8")
    return root, ingest([root / "desk"], settings=slow(root / "w"), now=NOW, source="desk")


@pytest.fixture
def folder(tmp_path: Path, slow_moment: tuple[Path, Summary]) -> Path:
    """A copy of the folder, with the warehouse beside it."""
    shutil.copytree(slow_moment[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "desk"


def test_a_slow_moment_costs_no_article(
    tmp_path: Path, folder: Path, slow_moment: tuple[Path, Summary]
) -> None:
    """After a run with too little time, the next one, of whatever folder, leaves the tables of a run that had enough."""
    settings, never_slow = desk(tmp_path / "w"), desk(tmp_path / "fresh")
    first = slow_moment[1]
    assert (counts(first), first.waiting_count, first.quarantine_reasons) == ((1, 0, 0, 1), 1, {"timeout": 1})
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "late.txt").write_text(STORY.replace("Kestrel", "Heron"), "utf-8")
    second = ingest([tmp_path / "other"], settings=settings, now=NOW + timedelta(hours=1))
    assert (counts(second), second.retried_count, second.waiting_count) == ((2, 0, 0, 0), 1, 0)
    assert broken(settings, LATER) == []
    before = snapshots(settings)
    third = ingest([folder], settings=settings, now=NOW + timedelta(hours=2), source="desk")
    assert (third.state, third.known_count, snapshots(settings)) == ("nothing_new", 2, before)
    ingest([folder], settings=never_slow, now=NOW, source="desk")
    ingest([tmp_path / "other"], settings=never_slow, now=NOW + timedelta(hours=1))
    assert settled_of(settings.place) == settled_of(never_slow.place)
    tried = "select origin, reason, run_id = (select min(run_id) from runs) from quarantine"
    assert ask(settings, tried) == [("long.txt", "timeout", True)]
    per_run = "select documents_count, new_count, quarantined_count from runs order by started_at"
    assert ask(settings, per_run) == [(2, 1, 1), (2, 2, 0)]


def test_three_tries_then_it_waits_to_be_asked_for(tmp_path: Path, folder: Path) -> None:
    """The second try is the next run's, the third one's after a while; then no run tries until it is told to."""
    settings = slow(tmp_path / "w")
    told = []
    for minutes in (5, 10, 25, 600):
        now = NOW + timedelta(minutes=minutes)
        summary = ingest([folder], settings=settings, now=now, source="desk")
        told.append(
            (minutes, summary.retried_count, summary.state, summary.waiting_count, summary.final_count)
        )
    assert told == [
        (5, 1, "done", 1, 0),
        (10, 0, "nothing_new", 1, 0),
        (25, 1, "done", 0, 1),
        (600, 0, "nothing_new", 0, 1),
    ]
    standing = "select state, tries_count, next_try_at from documents_in_quarantine"
    assert ask(settings, standing) == [("final", 3, None)]
    assert ask(settings, "select count(*) from quarantine") == [(3,)]
    per_run = (
        "select documents_count, new_count, known_count, quarantined_count from runs order by started_at"
    )
    assert ask(settings, per_run) == [(2, 1, 0, 1), (1, 0, 1, 1), (1, 0, 1, 1)]
    found = retry_quarantined(desk(tmp_path / "w"), now=LATER)
    assert (counts(found.summary), found.summary.final_count) == ((1, 0, 0, 0), 0)
    assert ask(settings, "select count(*) from documents_in_quarantine") == [(0,)]


def test_a_run_that_died_over_a_retry_is_taken_up(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ends before its commit loses no try and doubles none.

    Order-free: a wording that waited while a newer one came in is still the first.
    """
    settings = desk(tmp_path / "w")
    (folder / "long.txt").write_text(
        long_text() + "\n\nThe lamp was put out in the spring of that year.\n", "utf-8"
    )

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr("copydesk.flows.ingest.commit_portions._write_run", fail)
        with pytest.raises(RuntimeError):
            ingest([folder], settings=settings, now=NOW + timedelta(hours=1), source="desk")
    assert ask(settings, "select count(*) from documents") == [(2,)]
    assert [attempt.state for attempt in list_attempts(settings.place)] == ["failed", "done"]
    summary = ingest([folder], settings=settings, now=NOW + timedelta(hours=1), source="desk")
    assert counts(summary) == (1, 1, 0, 0)
    assert ask(
        settings,
        "select documents.origin, revision_number, is_latest, outcome, contains(body, 'put out') from revisions"
        " join documents using (document_id) order by 1, 2",
    ) == [
        ("ferry.txt", 1, True, "new", False),
        ("long.txt", 1, False, "new", False),
        ("long.txt", 2, True, "revised", True),
    ]
    assert not settings.place.staging.exists()


def test_any_refusal_can_be_tried_again(tmp_path: Path) -> None:
    """`retry` takes what the world was blamed for too; what a reader refused only its source brings again."""
    folder, rule = tmp_path / "desk", tmp_path / "own.toml"
    folder.mkdir()
    write_rule(rule, pattern="zebra note.*", example="Zebra note: the ferry is late", max_words=500)
    (folder / "zebra.txt").write_text(
        "".join(f"Zebra note: {line}\n" for line in STORY.splitlines() if line), "utf-8"
    )
    (folder / "rows.jsonl").write_text('{"text": "cut\n', "utf-8")
    first = ingest([folder], settings=desk(tmp_path / "w", rules=(rule,)), now=NOW)
    assert (counts(first), first.waiting_count) == ((0, 0, 0, 2), 0)
    settings = desk(tmp_path / "w")
    assert retry_quarantined(settings, reason="no_such", now=NOW).summary.state == "nothing_new"
    found = retry_quarantined(settings, now=NOW + timedelta(hours=1))
    assert (counts(found.summary), found.unread_count) == ((1, 0, 0, 0), 1)
    assert ask(settings, "select origin from articles") == [("zebra.txt",)]
    assert ask(settings, "select flow, documents_count, quarantined_count from runs order by started_at") == [
        ("ingest", 2, 2),
        ("retry", 1, 0),
    ]


def test_the_view_knows_the_machines_faults() -> None:
    """SQL and code name the same reasons for which a document is tried again."""
    sql = (VIEWS / "documents_in_quarantine.sql").read_text("utf-8")
    named = re.search(r"reason in \((.*?)\)", sql)
    assert named
    assert set(re.findall(r"'(.*?)'", named[1])) == MACHINE_FAULTS


def test_a_refusal_stands_until_its_place_brings_something_good(tmp_path: Path) -> None:
    """A dead link, damaged bytes and a broken line are mended at their source: only the line that is not stands still."""
    folder, settings = tmp_path / "desk", desk(tmp_path / "w")
    folder.mkdir()
    (folder / "dead.txt").symlink_to(folder / "nowhere")
    (folder / "damaged.txt.gz").write_bytes(b"\x1f\x8b" + bytes(40))
    (folder / "rows.jsonl").write_text("{broken\n{broken too\n")
    ingest([folder], settings=settings, now=NOW, source="desk")
    standing = "select origin, line from documents_in_quarantine order by 1, 2"
    assert ask(settings, standing) == [
        ("damaged.txt.gz", None),
        ("dead.txt", None),
        ("rows.jsonl", 1),
        ("rows.jsonl", 2),
    ]
    (folder / "dead.txt").unlink()
    (folder / "dead.txt").write_text(STORY.replace("Tuesday", "Monday"), "utf-8")
    (folder / "damaged.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (folder / "rows.jsonl").write_text(json.dumps({"text": STORY.replace("nine", "six")}) + "\n{broken too\n")
    ingest([folder], settings=settings, now=LATER, source="desk")
    assert ask(settings, standing) == [("rows.jsonl", 2)]
    assert ask(settings, "select count(*) from quarantine") == [(4,)]
