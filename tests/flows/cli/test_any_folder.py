"""A stranger's folder through the command: everything readable is read once, the rest has a row."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.cli.main import main
from flows.settings import Settings
from warehouse.connect import connect_reader

STORY = (
    "The lamp of {0} Point is lit again\n\nThe lamp at {0} Point burned again on Thursday after a dark winter, and the"
    " keeper of {0} said that forty boats had asked for it.\n\nThe new lens came from {0} by sea and cost the harbour"
    " 300,000 crowns.\n"
)


def command(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["copydesk", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with connect_reader(settings.place) as con:
        return con.execute(sql).fetchall()


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
    assert command(monkeypatch, *words) == 1
    origins = "select origin from articles order by 1"
    assert ask(settings, origins) == [("one.txt",), ("sub/caf\\xE9.txt",)]
    refused = [("passwd.txt", "link_outside"), ("pipe.html", "not_a_file")]
    assert ask(settings, "select origin, reason from quarantine order by 1") == refused
    before = ask(settings, "select count(*) from lake.snapshots()")
    capsys.readouterr()
    assert command(monkeypatch, *words) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "left out below desk: env (a virtual environment), data (a warehouse), .git (hidden)" in said
    assert "Nothing is new: 4 documents read" in said
    assert said.count("left out") == 1
    assert ask(settings, origins) == [("one.txt",), ("sub/caf\\xE9.txt",)]
    assert ask(settings, "select count(*) from lake.snapshots()") == before
