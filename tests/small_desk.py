"""A desk of three articles, the warehouse that an ingest makes of it, and the command as a person meets it."""

import atexit
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from copydesk.flows.cli.main import main
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.ingest.summary import Summary
from copydesk.flows.settings import Settings

Copydesk = Callable[..., tuple[int, str, str]]
"""Runs the command; gives its exit code, output and errors."""

SUBJECTS = {"orchard": "grafted trees", "quay": "mooring rings", "mill": "grinding stones"}


def write_desk(folder: Path) -> Path:
    """Write an article a subject; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, things) in enumerate(SUBJECTS.items()):
        paragraphs = [
            f"Sentence {line} about the {name} says that {number * 40 + line} {things} were counted by the wardens."
            for line in range(8)
        ]
        text = "\n\n".join([f"The {name} is counted anew", *paragraphs])
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def ingest_desk(desk: Path, warehouse: Path) -> Summary:
    """Ingest a desk as the source `desk`."""
    return ingest([desk], settings=Settings(warehouse=warehouse, workers=1), source="desk")


def made_desk(folder: Path) -> Path:
    """Put a desk (`desk`) and its warehouse (`w`) into a folder, copied from those that were made once; return the folder."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return folder


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="small-desk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ingest_desk(write_desk(folder / "desk"), folder / "w")
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Run the command in this process; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["copydesk", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object
) -> tuple[int, str, str]:
    """Run the command in this process; return its exit code, output and errors. A traceback fails the test."""
    code = run(monkeypatch, *words)
    said = capsys.readouterr()
    assert "Traceback" not in said.err, said.err
    return code, said.out, said.err


def fingerprint(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, save what SQLite keeps in memory shared by processes."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith("-shm")
    }
