"""Runs commands in one process of its own, since starting costs a second: for rights, limits and closed streams."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

CODE_AND_SAID = tuple[int, str]


def run_commands(
    folder: Path,
    commands: dict[str, list[str]],
    *,
    is_stdout_closed: bool = False,
    before: Callable[[], None] | None = None,
) -> dict[str, CODE_AND_SAID]:
    """Run each command (its words without `copydesk`) and return its exit code and what it said on standard error.

    `before` is called in the child before its program starts. `is_stdout_closed`: nobody reads standard output.
    """
    folder.mkdir(exist_ok=True)
    (folder / "commands.json").write_text(json.dumps(commands))
    result = folder / "result.json"
    result.touch()
    result.chmod(0o666)
    subprocess.run(
        [sys.executable, __file__, str(folder), "closed" * is_stdout_closed],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        preexec_fn=before,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return {name: (code, said) for name, (code, said) in json.loads(result.read_text()).items()}


def _run_one(words: list[str], said: Path, *, is_stdout_closed: bool) -> CODE_AND_SAID:
    from flows.cli.main import main

    if is_stdout_closed:
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)
        os.close(writing)
    with said.open("w") as error:
        os.dup2(error.fileno(), 2)
    # Left open: what a command leaves in a stream must not be written with the next one's.
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["copydesk", *words]
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    sys.stderr.flush()
    return code, said.read_text()


if __name__ == "__main__":
    place = Path(sys.argv[1])
    is_closed = bool(sys.argv[2])
    found = {
        name: _run_one(words, place / f"{name}.txt", is_stdout_closed=is_closed)
        for name, words in json.loads((place / "commands.json").read_text()).items()
    }
    (place / "result.json").write_text(json.dumps(found))
