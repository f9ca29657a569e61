"""A stranger's folder through the command: everything readable is read once, the rest has a row."""

import json
import os
from pathlib import Path

import pytest
from asked import ask
from forked import fork_command
from small_desk import run

from copydesk.flows.load_rules import load_rules
from copydesk.flows.rules_test import TRIAL, try_pattern
from copydesk.flows.settings import Settings
from copydesk.flows.workers.open_workers import open_workers
from copydesk.flows.workers.worker import Failure

STORY = (
    "The lamp of {0} Point is lit again\n\nThe lamp at {0} Point burned again on Thursday after a dark winter, and the"
    " keeper of {0} said that forty boats had asked for it.\n\nThe new lens came from {0} by sea and cost the harbour"
    " 300,000 crowns.\n"
)


@pytest.fixture
def mess(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles, one under a name that is no UTF-8, among loops, links, pipes and other people's files."""
    desk = tmp_path / "desk"
    (desk / "sub").mkdir(parents=True)
    (desk / "one.txt").write_text(STORY.format("Gannet"), "utf-8")
    Path(os.fsdecode(os.fsencode(desk / "sub") + b"/caf\xe9.txt")).write_text(STORY.format("Curlew"), "utf-8")
    (desk / "sub" / "up").symlink_to("..")
    (desk / "loop").symlink_to("sub/up/sub")
    (desk / "passwd.txt").symlink_to("/etc/passwd")
    os.mkfifo(desk / "pipe.html")
    for left_out in (".git", "env"):
        (desk / left_out).mkdir()
        (desk / left_out / "x.txt").write_text(STORY.format("Nobody"), "utf-8")
    (desk / "env" / "pyvenv.cfg").touch()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("COPYDESK_WORKERS", "1")
    return desk


def test_any_folder_is_read_whole_and_once(
    mess: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`copydesk ingest .` beside its own warehouse: two articles, each refusal a row, the rest told; again: nothing."""
    settings = Settings(warehouse=mess / "data")
    words = ("ingest", ".", "./sub/..", "-w", "data", "--no-prefect")
    assert run(monkeypatch, *words) == 1
    origins = "select origin from articles order by 1"
    assert ask(settings, origins) == [("one.txt",), ("sub/caf\\xE9.txt",)]
    refused = [("passwd.txt", "link_outside"), ("pipe.html", "not_a_file")]
    assert ask(settings, "select origin, reason from quarantine order by 1") == refused
    before = ask(settings, "select count(*) from lake.snapshots()")
    capsys.readouterr()
    assert run(monkeypatch, *words) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "left out below desk: env (a virtual environment), data (a warehouse), .git (hidden)" in said
    assert "Nothing is new: 4 documents read" in said
    assert said.count("left out") == 1
    assert ask(settings, origins) == [("one.txt",), ("sub/caf\\xE9.txt",)]
    assert ask(settings, "select count(*) from lake.snapshots()") == before


RUSSIAN = (
    "Паром снова ходит\n\nГородской совет Приозёрска во вторник решил сохранить старый паромный причал, и четыреста"
    " человек пришли это увидеть.\n\nПаромная компания перевозит около девяноста тысяч человек в год, сказала мэр города.\n"
)
GERMAN = (
    "Fähre fährt wieder\n\nDer Hafenrat beschloß am Dienstag, das alte Fährhaus zu erhalten, und vierhundert Bürger"
    " kamen, um es zu hören.\n\nÜber die Kosten für das Gebäude wird später entschieden, sagte die Bürgermeisterin.\n"
)


def test_text_of_any_encoding_is_read_or_refused_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What declares nothing is detected, file by file; where that is not sure the user's word is another try."""
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (desk / "b.txt").write_bytes(STORY.format("Gannet").encode("utf-16-le"))
    rows = [
        json.dumps({"id": f"faehre-{n}", "text": f"{n}. {GERMAN}"}, ensure_ascii=False) + "\n" for n in (1, 2)
    ]
    (desk / "c.jsonl").write_bytes("".join(rows).encode("cp1252"))
    (desk / "d.jsonl").write_bytes("".join(rows).encode("utf-16"))
    (desk / "short.txt").write_bytes(b"caf\xe9 \xe1\xf0\n")
    settings = Settings(warehouse=tmp_path / "w")
    monkeypatch.setenv("COPYDESK_WORKERS", "1")
    options = ("-w", settings.warehouse, "--no-prefect")
    assert run(monkeypatch, "ingest", desk, *options) == 1
    read = "select origin, charset from documents where outcome <> 'quarantined' order by 1, 2"
    detected = [
        ("a.txt", "windows-1251"),
        ("b.txt", "utf-16le"),
        *[("c.jsonl", "windows-1252")] * 2,
        *[("d.jsonl", "utf-16le")] * 2,
    ]
    assert ask(settings, read) == detected
    assert ask(settings, "select count(*) from revisions where body like '%Bürgermeisterin%'") == [(2,)]
    ((origin, reason, detail),) = ask(settings, "select origin, reason, detail from quarantine")
    assert (origin, reason) == ("short.txt", "invalid_encoding")
    assert "--encoding" in detail
    again = ("ingest", desk / "short.txt", *options, "--encoding")
    assert run(monkeypatch, *again, "windows-1253") == 0
    assert ask(settings, read) == [*detected, ("short.txt", "windows-1253")]
    assert ask(settings, "select body from revisions where body like 'caf%'") == [("cafι απ\n".strip(),)]
    assert run(monkeypatch, *again, "klingon") == 2
    assert "klingon" in capsys.readouterr().err


SLOW_RULE = """
[[rule]]
id = "own.fast"
kind = "nav"
match = "line"
patterns = ['''tide tables? today''']
examples = ["Tide table today"]
since = "2026-11-22"
source = "seen on the desk"

[[rule]]
id = "own.slow"
kind = "nav"
match = "line"
patterns = ['''(a+)+b''']
examples = ["aab"]
since = "2026-11-22"
source = "seen on the desk"
"""


def test_a_rule_that_backtracks_costs_its_document_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`clean` gives what it found of the others, in order, and says of that one that its time was over, in which step."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "own.toml").write_text(SLOW_RULE, "utf-8")
    for name, place in (("1.txt", "Gannet"), ("3.txt", "Curlew")):
        (tmp_path / "desk" / name).write_text(STORY.format(place), "utf-8")
    (tmp_path / "desk" / "2.txt").write_text(STORY.format("Heron") + "\n" + "a" * 60 + "c\n", "utf-8")
    os.mkfifo(tmp_path / "desk" / "4.txt")
    monkeypatch.setenv("COPYDESK_DOCUMENT_SECONDS", "0.5")
    monkeypatch.setenv("COPYDESK_WORKERS", "2")
    assert run(monkeypatch, "clean", tmp_path / "desk", "--json", "--rules", tmp_path / "own.toml") == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["origin"] for record in records] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert [record.get("reason") for record in records] == [None, "timeout", None, "not_a_file"]
    assert "step clean" in records[1]["detail"]
    assert "Curlew" in records[2]["body"]


def test_a_guard_that_any_prose_hurts_hangs_no_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Own patterns meet documents alone, within their limits: not what a worker loads before it is ready."""
    (tmp_path / "a.txt").write_text(STORY.format("Gannet"), "utf-8")
    guard = "[[guard]]\nid = 'own.guard'\npatterns = ['(?:[a-z]+[ ]?)*\\d{3}']\nexamples = ['call 555']\n"
    (tmp_path / "own.toml").write_text(guard, "utf-8")
    monkeypatch.setenv("COPYDESK_DOCUMENT_SECONDS", "0.5")
    assert run(monkeypatch, "clean", tmp_path / "a.txt", "--json", "--rules", tmp_path / "own.toml") == 1
    (record,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert record["reason"] == "timeout"


def test_rules_test_names_the_rule_that_backtracks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is refused in one line before a text is read, with the id of the slow rule and no other."""
    (tmp_path / "own.toml").write_text(SLOW_RULE, "utf-8")
    assert run(monkeypatch, "rules", "test", tmp_path / "own.toml", "-w", tmp_path / "w") == 2
    said = capsys.readouterr().err
    assert "own.slow" in said
    assert "backtracks" in said
    assert "own.fast" not in said
    assert said.count("\n") == 1


def test_our_own_rules_do_not_backtrack() -> None:
    """Every pattern that comes along is done with the lines that are made to hurt it."""
    forms = load_rules().forms
    with open_workers(count=2, limits=TRIAL) as workers:
        trials = [(form.owner.rule_id, workers.submit(try_pattern, form)) for form in forms]
        assert [rule_id for rule_id, trial in trials if isinstance(trial.result(), Failure)] == []


def test_a_folder_that_has_gone_is_told(tmp_path: Path) -> None:
    """Each command says so in one line."""
    for number, words in enumerate((["ingest"], ["clean", "x"], ["sql", "from articles"], ["init"])):
        told = fork_command(tmp_path / str(number), *words, before=leave_nothing).told()
        assert (told.code, told.err.count("\n"), "folder that you are in is gone" in told.err) == (2, 1, True)


def leave_nothing() -> None:
    """Go to a folder and remove it."""
    gone = Path("gone").absolute()
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
