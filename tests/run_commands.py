"""Runs commands in one process of its own, since starting costs a second: for rights, limits and closed streams."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from small_databases import small_databases


class Told(NamedTuple):
    """How a command ended, and what it said on standard output and standard error."""

    code: int
    out: str
    err: str


def run_commands(
    folder: Path,
    commands: Mapping[str, Sequence[object]],
    *,
    is_stdout_closed: bool = False,
    before: Callable[[], None] | None = None,
) -> dict[str, Told]:
    """Run each command (its words without `copydesk`), from a folder of its own, and return what each told.

    `before` is called in the child before its program starts. `is_stdout_closed`: nobody reads standard output.
    """
    folder.mkdir(exist_ok=True)
    words = {name: [str(word) for word in command] for name, command in commands.items()}
    (folder / "commands.json").write_text(json.dumps(words))
    subprocess.run(
        [sys.executable, __file__, "closed" * is_stdout_closed],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        preexec_fn=before,
        check=True,
    )
    return {name: Told(*told) for name, told in json.loads((folder / "told.json").read_text()).items()}


def _run_one(words: list[str], out: Path, err: Path, *, is_stdout_closed: bool) -> Told:
    from copydesk.flows.cli.main import main

    with out.open("w") as output, err.open("w") as error:
        os.dup2(output.fileno(), 1)
        os.dup2(error.fileno(), 2)
    if is_stdout_closed:
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)
        os.close(writing)
    # Left open: what a command leaves in a stream must not be written with the next one's.
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["copydesk", *words]
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    sys.stderr.flush()
    return Told(code, out.read_bytes().decode(), err.read_text())


if __name__ == "__main__":
    place, is_closed = Path.cwd(), bool(sys.argv[1])
    with small_databases():
        found = {
            name: _run_one(words, place / f"{name}.out", place / f"{name}.err", is_stdout_closed=is_closed)
            for name, words in json.loads((place / "commands.json").read_text()).items()
        }
    (place / "told.json").write_text(json.dumps(found))
