"""Two machines on one warehouse: homes of their own, a catalog in PostgreSQL and a folder of files that both see."""

import random
import signal
from dataclasses import dataclass
from pathlib import Path

from forked import NOW, Forked, fork_ingest
from logical_rows import facts_of

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.ledger import list_attempts
from copydesk.warehouse.place import Place

SHARED, EACH = 4, 2


@dataclass(frozen=True, slots=True)
class Homes:
    """What two machines read, and what reading all of it on one makes."""

    folder: Path
    wanted: dict[str, list[str]]

    def paths(self, home: int) -> list[Path]:
        """Return what a machine reads: a source that both read, and one of its own."""
        return [self.folder / "both", self.folder / f"own{home}"]


def two_homes(folder: Path) -> Homes:
    """Write articles, copies across sources among them."""
    for name, count in (("both", SHARED), ("own0", EACH), ("own1", EACH)):
        (folder / name).mkdir(parents=True)
        for number in range(count):
            (folder / name / f"{number:02}.txt").write_text(_article(name, number))
    whole = Place(folder / "whole")
    paths = [folder / name for name in ("both", "own0", "own1")]
    ingest(paths, settings=Settings(warehouse=whole.folder, workers=1), now=NOW)
    return Homes(folder, facts_of(whole))


def load_with_kills(homes: Homes, *, name: str, catalog: str, chance: random.Random, kills: int) -> int:
    """Load everything from both machines at once, each killed up to so often at a random moment; return how many fell.

    Raises AssertionError where the tables or the ledger are not as they should be.
    """
    places = [
        Place(homes.folder / f"{name}-home{n}", catalog, str(homes.folder / f"{name}-files")) for n in (0, 1)
    ]
    left = [kills, kills]
    running = {home: _start(homes, home, places[home]) for home in (0, 1)}
    killed = 0
    while running:
        for home, run in sorted(running.items()):
            code = run.wait(chance.uniform(0.0, 1.5) if left[home] else None)
            if code is None:
                left[home] -= 1
                run.process.kill()
                code = run.wait()
            if code == -signal.SIGKILL:
                killed += 1
                running[home] = _start(homes, home, places[home])
            else:
                assert code == 0
                del running[home]
    for place in places:
        assert facts_of(place) == homes.wanted
        assert not place.staging.exists()
    attempts = list_attempts(places[0], limit=99)
    assert attempts == list_attempts(places[1], limit=99)
    assert {each.state for each in attempts} <= {"done", "nothing_new", "interrupted"}
    return killed


def _start(homes: Homes, home: int, place: Place) -> Forked:
    settings = {"warehouse": place.folder, "catalog": place.catalog, "files": place.files}
    return fork_ingest(homes.folder / f"said{home}", homes.paths(home), **settings)


def _article(name: str, number: int) -> str:
    """Return a text that shares little with any other, but that each third stands in every source."""
    piece = f"{number} of both" if number % 3 == 0 else f"{number} of {name}"
    chance = random.Random(piece)
    words = [
        "".join(chance.choices("bdfgklmnprst", k=2)) + ending for ending in ("ane", "ovel", "ist", "ur") * 9
    ]
    sentences = [f"{' '.join(chance.choices(words, k=12)).capitalize()}." for _ in range(14)]
    return "\n\n".join([f"Piece {piece}", *sentences, "Share this:", ""])
