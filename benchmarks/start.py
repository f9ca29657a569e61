"""What a user waits for first, in processor seconds of the whole tree: python -m benchmarks.start [--rounds 3].

Medians, each command in turn after one round that does not count. Five files are those of `benchmarks.ingest`, without
Prefect, into a new warehouse and again. Also the size of the environment that runs it.
"""

import argparse
import shutil
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.ingest import compiled_in, lay_out
from benchmarks.tree import Spent, run_tree

AIMS = {"--help": 0.3, "import copydesk": 0.1, "five files": 2.0, "nothing new": 1.5, "sql": 1.0}


def main() -> None:
    """Print one line a thing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder:
        place = Path(folder)
        _, _, five = lay_out(place, 1, 1)
        settings = compiled_in(place / "compiled")
        warehouse = place / "w"
        ask = [sys.executable, "-m", "copydesk"]
        ingest = [*ask, "ingest", str(five), "-w", str(warehouse), "--no-prefect"]
        commands = {
            "--help": [*ask, "--help"],
            "import copydesk": [sys.executable, "-c", "import copydesk"],
            "five files": ingest,
            "nothing new": ingest,
            "sql": [*ask, "sql", "-w", str(warehouse), "select count(*) from articles_latest"],
        }

        def once(name: str) -> Spent:
            if name == "five files":
                shutil.rmtree(warehouse, ignore_errors=True)
            return run_tree(commands[name], settings)

        measure(once, rounds)
    print_size(Path(sysconfig.get_path("purelib")))


def measure(once: Callable[[str], Spent], rounds: int) -> None:
    """Run all in turn, once without counting."""
    spent: dict[str, list[float]] = {name: [] for name in AIMS}
    for turn in range(rounds + 1):
        for name, found in spent.items():
            seconds = once(name).cpu_seconds
            if turn:
                found.append(seconds)
    for name, found in spent.items():
        print(f"{name}: {median(found):.2f} CPU s (aim {AIMS[name]})")


def print_size(packages: Path) -> None:
    """Print how large the installed packages are, and which are largest."""
    sizes = {each.name: size_of(each) for each in packages.iterdir()}
    largest = sorted(sizes, key=sizes.__getitem__, reverse=True)[:5]
    print(
        f"packages: {sum(sizes.values()) / 1e6:.0f} MB ({', '.join(f'{n} {sizes[n] / 1e6:.0f}' for n in largest)})"
    )


def size_of(path: Path) -> int:
    """Return the bytes below a path."""
    return (
        path.stat().st_size
        if path.is_file()
        else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
    )


if __name__ == "__main__":
    main()
