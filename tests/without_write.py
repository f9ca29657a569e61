"""Runs commands as somebody who may read a folder and not write in it, also where the tests run as root."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unprivileged import unprivileged

ROOT = Path(__file__).parent.parent

COMMANDS = """
import contextlib, io, json, sys
from flows.cli.main import main
told = []
for words in json.loads(sys.argv[1]):
    sys.argv, out, err, code = ["copydesk", *words], io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    told.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(told))
"""

Told = tuple[int, str, str]


def commands_without_write(*commands: Sequence[object], cwd: Path) -> list[Told]:
    """Run commands one after the other in a process that permissions bind; return code, output, errors of each."""
    words = json.dumps([[str(word) for word in command] for command in commands])
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=unprivileged,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [tuple(each) for each in json.loads(done.stdout)]


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take every write permission below a folder away for a while; skip where that binds nobody."""
    parts = [folder, *folder.rglob("*")]
    modes = {part: part.stat().st_mode for part in parts}
    for part, mode in modes.items():
        part.chmod(mode & ~0o222)
    try:
        if not _binds(folder):
            pytest.skip("this process may write anywhere and cannot give that up (no CAP_SETPCAP)")
        yield
    finally:
        for part, mode in modes.items():
            part.chmod(mode)


def _binds(folder: Path) -> bool:
    done = subprocess.run(
        ["test", "-w", str(folder)],
        preexec_fn=unprivileged,
        check=False,
    )
    return done.returncode == 1
