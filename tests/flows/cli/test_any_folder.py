"""A stranger's folder through the command: everything readable is read once, the rest has a row."""

import json
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
    rows = [json.dumps({"id": n, "text": f"{n}. {GERMAN}"}, ensure_ascii=False) + "\n" for n in (1, 2)]
    (desk / "c.jsonl").write_bytes("".join(rows).encode("cp1252"))
    (desk / "d.jsonl").write_bytes("".join(rows).encode("utf-16"))
    (desk / "short.txt").write_bytes(b"caf\xe9 \xe1\xf0\n")
    settings = Settings(warehouse=tmp_path / "w")
    monkeypatch.setenv("COPYDESK_WORKERS", "1")
    options = ("-w", settings.warehouse, "--no-prefect")
    assert command(monkeypatch, "ingest", desk, *options) == 1
    read = "select origin, charset from documents where outcome <> 'quarantined' order by 1, 2"
    detected = [
        ("a.txt", "windows-1251"),
        ("b.txt", "utf-16le"),
        *[(f"{name}.jsonl", "utf-8") for name in "ccdd"],
    ]
    assert ask(settings, read) == detected
    assert ask(settings, "select count(*) from revisions where body like '%Bürgermeisterin%'") == [(2,)]
    ((origin, reason, detail),) = ask(settings, "select origin, reason, detail from quarantine")
    assert (origin, reason) == ("short.txt", "invalid_encoding")
    assert "--encoding" in detail
    again = ("ingest", desk / "short.txt", *options, "--encoding")
    assert command(monkeypatch, *again, "windows-1253") == 0
    assert ask(settings, read) == [*detected, ("short.txt", "windows-1253")]
    assert ask(settings, "select body from revisions where body like 'caf%'") == [("cafι απ\n".strip(),)]
    assert command(monkeypatch, *again, "klingon") == 2
    assert "klingon" in capsys.readouterr().err
