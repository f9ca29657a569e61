"""Ingest the same pages, texts and five files with another revision and the last one here, in turn; print ratios.

Processor seconds of the whole process tree, and its peak of memory: new by old, the median of the rounds. Linux only.
Usage: python -m benchmarks.against REVISION [--pages 300] [--rows 2000] [--rounds 3]
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.corpora import ROOT
from benchmarks.ingest import compiled_in, lay_out
from benchmarks.tree import Spent, run_tree


@contextmanager
def tree_of(revision: str, place: Path) -> Iterator[Path]:
    """Give a work tree of a revision; this one itself may lie on a slower disk."""
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(place), revision], check=True)
    try:
        yield place
    finally:
        subprocess.run([*git, "remove", "--force", str(place)], check=True)


def measure(tree: Path, folder: Path, warehouse: Path) -> Spent:
    """Ingest a folder with the code of a tree."""
    command = [sys.executable, "-m", "benchmarks.ingest", "--inside", "ingest", str(folder), str(warehouse)]
    # Safe: without the working directory.
    settings = {"PYTHONPATH": str(tree), "PYTHONSAFEPATH": "1", "COPYDESK_WORKERS": "2"}
    return run_tree(command, settings | compiled_in(warehouse.parent.parent / "compiled"))


def compare(trees: tuple[Path, Path], place: Path, works: dict[str, tuple[Path, str]], rounds: int) -> None:
    """Print the costs of each work in all rounds."""
    spent: dict[str, list[tuple[Spent, Spent]]] = {name: [] for name in works}
    for tree in trees:
        measure(tree, works["five files"][0], place / "first" / tree.name)
    for turn in range(rounds):
        for name, (folder, warehouse) in works.items():
            order = reversed(trees) if turn % 2 else trees
            costs = {tree: measure(tree, folder, place / tree.name / warehouse) for tree in order}
            before, after = (costs[tree] for tree in trees)
            spent[name].append((before, after))
            print(f"{name}: {before.cpu_seconds:.1f} to {after.cpu_seconds:.1f} CPU s", flush=True)
        for tree in trees:
            shutil.rmtree(place / tree.name)
    for name, pairs in spent.items():
        print(
            f"{name}: {median(after.cpu_seconds / before.cpu_seconds for before, after in pairs):.2f},"
            f" main process {median(after.main_cpu_seconds / before.main_cpu_seconds for before, after in pairs):.2f},"
            f" peak memory {median(after.peak_mb / before.peak_mb for before, after in pairs):.2f}"
        )


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        tree_of(options.revision, Path(folder) / "old") as old,
        tree_of("HEAD", Path(folder) / "new") as new,
    ):
        place = Path(folder)
        pages, rows, five = lay_out(place, options.pages, options.rows)
        works = {
            "pages": (pages, "w-pages"),
            "texts": (rows, "w-texts"),
            "five files": (five, "w-five"),
            "nothing new": (five, "w-five"),
        }
        compare((old, new), place / "warehouses", works, options.rounds)


if __name__ == "__main__":
    main()
