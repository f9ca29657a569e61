"""Makes the small warehouse of a released form, with the code of that release: `form_<number>.tar.xz` beside this file.

Check the release out into a folder of its own, install nothing, and run

    cd <that folder> && PYTHONPATH=$PWD python <this file> <number>

It lives in /srv/copydesk while it is made, since a catalog of form 1 names its files by absolute paths. Texts are the
sample's and made up; the only server asked is the small newspaper on 127.0.0.1.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACE = Path("/srv/copydesk")
WAREHOUSE, DESK = PLACE / "warehouse", PLACE / "desk"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINE = "Sign the visitors' book of this paper at the old customs house"

sys.path.insert(0, str(HERE.parent.parent))


def dock(number: int, day: str, line: str = LINE) -> str:
    """Write an article of an event that others tell too, undated where `day` is a weekday, with its site's line."""
    return (
        f"Kestrel Sound opens its ferry dock, part {number}\n\nThe ferry dock of Kestrel Sound opened again on {day}"
        f" after nine weeks of work, and {400 + number} people stood in the rain to see it.\n\nWarden Ines Tallow said"
        f" the dock had been tested {number} times. “It stands as straight as it did,” Ines Tallow said of pier"
        f" {number}.\n\nThe council of Kestrel Sound paid 1.2 million crowns for it.\n\n{line}\n"
    )


def rows(run: int) -> list[dict[str, object]]:
    """Return the articles of a run: the second rewords one and joins two groups of copies."""
    given: list[dict[str, object]] = [
        {"id": f"dock-{number}", "url": f"https://desk.example/{number}", "text": dock(number, "Tuesday")}
        | ({"published_at": f"2026-02-{10 + number}"} if number % 3 else {})
        for number in range(6)
    ]
    given.append({"id": "copy", "url": "https://other.example/1", "text": dock(1, "Tuesday", "Share this:")})
    given.append({"id": "nothing", "text": "Share this:"})
    if run:
        given[0]["text"] = dock(0, "Tuesday").replace("Warden", "A second ferry was late.\n\nWarden")
        both = dock(2, "Tuesday", "") + dock(3, "Tuesday", "").partition("\n")[2]
        given.append({"id": "both", "url": "https://other.example/2", "text": both})
    return given


def write_desk(run: int, seeds: Path) -> None:
    """Write what a run reads: the sample's pages, once, and the articles of the desk."""
    DESK.mkdir(exist_ok=True)
    (DESK / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows(run)), "utf-8")
    for name in (
        "harbour-gazette-ferry-deal.html",
        "lantern-desk-ferry-deal.txt",
        "fellside-post-ferry-deal.txt",
    ):
        shutil.copy(seeds / name, DESK / name)


def ingest_all() -> None:
    """Two runs over the folder, one over a feed, and a check."""
    from small_newspaper import Newspaper, rss

    from copydesk.flows.check_tables import check_tables
    from copydesk.flows.ingest.plan import ingest
    from copydesk.flows.settings import Settings
    from copydesk.warehouse.store_results import store_results

    settings = Settings(warehouse=WAREHOUSE, workers=1, sources=PLACE / "sources.toml")
    for run in (0, 1):
        write_desk(run, Path.cwd() / "seeds" / "articles")
        ingest([DESK], settings=settings, source="desk", now=NOW + timedelta(hours=run))
    os.environ["COPYDESK_ALLOW_PRIVATE_HOSTS"] = "127.0.0.1"
    with Newspaper() as paper:
        feed = rss(paper.base, range(1, 3)).replace(b" 2031 ", b" 2025 ")
        paper.put("/feed.xml", feed, etag='"one"')
        paper.put_articles(range(1, 3))
        settings.sources.write_text(
            f'[[source]]\nid = "lindmouth"\nkind = "feed"\nurl = "{paper.base}/feed.xml"\nlanguage = "en"\n'
        )
        ingest(settings=settings)
    store_results(settings.place, check_tables(settings, now=NOW), now=NOW)


def make_small() -> None:
    """Merge the files, let go of what earlier snapshots held, and seal what is left."""
    from copydesk.warehouse.connect import connect_writer
    from copydesk.warehouse.place import Place
    from copydesk.warehouse.seal_files import seal_files

    with connect_writer(Place(WAREHOUSE)) as con:
        con.execute("call ducklake_merge_adjacent_files('lake')")
        con.execute("call ducklake_expire_snapshots('lake', older_than => now())")
        con.execute("call ducklake_cleanup_old_files('lake', cleanup_all => true)")
        seal_files(con, Place(WAREHOUSE))
    for name in ("catalog.sqlite", "ledger.sqlite", "checksums.sqlite"):
        with closing(sqlite3.connect(WAREHOUSE / name)) as db:
            db.execute("vacuum")
    for name in ("tmp", "writer.lock"):
        path = WAREHOUSE / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def main(number: int) -> None:
    """Make the warehouse and pack it."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    ingest_all()
    make_small()
    packed = HERE / f"form_{number}.tar.xz"
    with tarfile.open(packed, "w:xz", preset=9) as archive:
        archive.add(WAREHOUSE, "warehouse")
    subprocess.run(["ls", "-l", str(packed)], check=True)
    shutil.rmtree(PLACE)


if __name__ == "__main__":
    main(int(sys.argv[1]))
