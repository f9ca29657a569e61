"""Change the numbers that a module names, one at a time in a copy, and tell which of them no test misses.

A threshold that can be 0 or five times itself while its tests stay green is held by nobody: what it decides is then
free to drift. The copy lies in a temporary folder; nothing here is touched. A test that hangs counts as red.
Usage: python -m benchmarks.mutants MODULE TEST... [--edges] [--swap OLD NEW]...
       `--edges` tries the next value on either side too (an integer by 1, a ratio by a tenth)
       `--swap` tries another text in place of one, for the guards that are no number:
           --swap "if months_differ:" "if False:"
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import ROOT
from copydesk.flows.thresholds_version import NUMBER

MOST_SECONDS = 300
"""A run of the nearest tests that takes longer than so hangs."""
COPIED = ("benchmarks", "copydesk", "docs", "flows", "schemas", "seeds", "tests", "transforms", "warehouse")


def mutants(source: str, *, edges: bool, swaps: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return what is changed and the module so changed, for each named number and each swap."""
    for found in NUMBER.finditer(source):
        name, value = found[1], found[2].strip()
        if "," in value:
            continue
        for changed in _values(value, edges=edges):
            start, end = found.span(2)
            yield f"{name} = {value} -> {changed}", source[:start] + changed + source[end:]
    for old, new in swaps:
        if source.count(old) != 1:
            raise SystemExit(f"mutants: expected once, found {source.count(old)} times: {old}")
        yield f"{old.strip()} -> {new.strip()}", source.replace(old, new)


def _values(value: str, *, edges: bool) -> Iterator[str]:
    yield "0"
    yield f"5 * ({value})"
    if edges:
        more, less = ("1.1 *", "0.9 *") if re.search(r"[.eE/]", value) else ("1 +", "-1 +")
        yield f"{more} ({value})"
        yield f"{less} ({value})"


def is_red(copy: Path, tests: Sequence[str]) -> bool:
    """Tell whether a test fails in the copy."""
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(
            words, cwd=copy, env=environment, capture_output=True, check=False, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        return True
    return run.returncode != 0


def main() -> None:
    """Print the survivors, and how many were tried."""
    parser = argparse.ArgumentParser(prog="mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("module")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--edges", action="store_true")
    parser.add_argument("--swap", nargs=2, action="append", default=[], metavar=("OLD", "NEW"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copydesk"
        for name in COPIED:
            shutil.copytree(
                ROOT / name, copy / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
            )
        shutil.copy(ROOT / "pyproject.toml", copy)
        if is_red(copy, asked.tests):
            raise SystemExit("mutants: these tests are red already, without a change")
        module = copy / asked.module
        source = module.read_text("utf-8")
        tried = survived = 0
        for told, changed in mutants(source, edges=asked.edges, swaps=asked.swap):
            module.write_text(changed, "utf-8")
            is_held = is_red(copy, asked.tests)
            tried, survived = tried + 1, survived + (not is_held)
            print(f"{'red     ' if is_held else 'SURVIVED'} {asked.module}: {told}", flush=True)
        print(f"{survived} of {tried} survived", flush=True)


if __name__ == "__main__":
    main()
