"""Loads one warehouse from two machines at once, over and over, each killed at random moments.

    python -m benchmarks.two_machines [TRIALS] [KILLS] [SEED]

Each trial is an empty catalog in a PostgreSQL of its own and two homes that read the same source and one of their own.
The tables must be those that one machine makes of all of it.
"""

import random
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]

from postgres_server import postgres_server  # noqa: E402
from two_homes import load_with_kills, two_homes  # noqa: E402


def main() -> None:
    trials, kills, seed = (int(given) for given in (*sys.argv[1:], *("20", "2", "1")[len(sys.argv) - 1 :]))
    chance = random.Random(seed)
    fell = 0
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        homes = two_homes(Path(folder))
        for trial in range(trials):
            name = f"trial{trial}"
            fell += load_with_kills(homes, name=name, catalog=server.create(name), chance=chance, kills=kills)
            print(f"{trial + 1} trials, {fell} runs killed, all tables equal", flush=True)


if __name__ == "__main__":
    main()
