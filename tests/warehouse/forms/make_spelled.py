"""Makes the small warehouse of form 1 in which one address has many articles: `spelled.tar.xz` beside this file.

As `make_form.py`, with the code of release 0.1.0: PYTHONPATH=<its folder> python <this file>
"""

import json
import shutil
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUNS = (0, 1, 2)


def story(place: str, more: str = "") -> str:
    """Write an article of a place."""
    return (
        f"{place} opens its ferry dock\n\nThe ferry dock of {place} opened again on Tuesday after nine weeks of work,"
        f" and four hundred people of {place} stood in the rain to see it.{more}\n\nWarden Ines Tallow said that the dock"
        f" had been tested twice. “It stands as straight as it did,” Ines Tallow said of {place}.\n\nThe council of"
        f" {place} paid 1.2 million crowns for it.\n\nSign the visitors' book of this paper at the old customs house\n"
    )


def rows(run: int) -> list[dict[str, str]]:
    """Return the rows of a run: spellings of five addresses, and texts whose address is none."""
    at = "https://www.courier.example/a"
    return [
        [
            {"id": "0", "url": f"{at}/1?utm_source=feed", "text": story("Kestrel Sound")},
            {"id": "1", "url": f"{at}/2", "text": story("Marrow Bay")},
            {"id": "2", "url": "HTTPS://www.Courier.example:443/a/1#top", "text": story("Kestrel Sound")},
            {"id": "3", "url": "http://www.courier.example/a/3", "text": story("Harrowgate")},
            {"id": "4", "url": "not a url", "text": story("Tidewell")},
            {"id": "5", "url": "not a url", "text": story("Gannet Point")},
            {"id": "6", "url": f"{at}?id=1", "text": story("Fellside")},
            {
                "id": "7",
                "url": "https://other.example/x",
                "text": story("Marrow Bay", " The band played on."),
            },
        ],
        [
            {"id": "8", "url": f"{at}/1", "text": story("Kestrel Sound", " The band played twice.")},
            {"id": "9", "url": f"{at}/2?fbclid=1", "text": story("Marrow Bay")},
            {"id": "10", "url": f"{at}/3", "text": story("Harrowgate", " Nobody sang.")},
            {
                "id": "11",
                "url": f"{at}?id=2",
                "text": story("Fellside", " Two boats sank at their moorings."),
            },
            {"id": "12", "url": f"{at}/?utm_source=feed", "text": story("Long Reach")},
        ],
        [
            {"id": "13", "url": f"{at}/1?gclid=7", "text": story("Kestrel Sound")},
            {"id": "14", "url": f"{at}/2#comments", "text": story("Marrow Bay", " The mayor slept.")},
        ],
    ][run]


def ingest_rows(warehouse: Path, desk: Path) -> None:
    """Ingest the rows of each run, an hour apart."""
    from copydesk.flows.ingest.plan import ingest
    from copydesk.flows.settings import Settings

    desk.mkdir(parents=True, exist_ok=True)
    for run in RUNS:
        text = "".join(json.dumps(row) + "\n" for row in rows(run))
        (desk / f"rows-{run}.jsonl").write_text(text, "utf-8")
        ingest(
            [desk],
            settings=Settings(warehouse=warehouse, workers=1),
            source="desk",
            now=NOW + timedelta(hours=run),
        )


def main() -> None:
    """Make the warehouse and pack it."""
    from make_form import PLACE, WAREHOUSE, make_small

    shutil.rmtree(PLACE, ignore_errors=True)
    ingest_rows(WAREHOUSE, PLACE / "desk")
    make_small()
    with tarfile.open(HERE / "spelled.tar.xz", "w:xz", preset=9) as archive:
        archive.add(WAREHOUSE, "warehouse")
    shutil.rmtree(PLACE)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
