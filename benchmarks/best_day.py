"""Measure `articles_latest.best_day` by its certainty: what a run makes of pages and of texts whose day is known.

    python -m benchmarks.best_day [--corpus dates|fundus|shown|texts] [--every N]

Ingests a corpus into a warehouse of its own and compares days, both halves of the sites side by side. `texts` are
articles of news_dev in order of date, every fifth without its date: stories and sentences date those. `seen` says
nothing of archives: it is the day of the run.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import copydesk
from benchmarks.corpora import side_of
from benchmarks.dated_pages import load_dated_pages
from benchmarks.story_corpora import read_news

CERTAINTIES = ("stated", "high", "medium", "low", "seen")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", default="dates", choices=["dates", "fundus", "shown", "texts"])
    options.add_argument("--every", type=int, default=1, help="take every n-th document")
    chosen = options.parse_args()
    rows, gold = (texts if chosen.corpus == "texts" else pages)(chosen.corpus, chosen.every)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        copydesk.ingest(file, warehouse=Path(folder) / "w", workers=2)
        with copydesk.connect(Path(folder) / "w") as con:
            found = con.sql(
                "select external_id, best_day, best_day_certainty from articles_latest"
            ).fetchall()
    report(found, gold)


def pages(corpus, every):
    """Return rows of pages, and by their ids the half and the days that are right."""
    gold, rows = {}, []
    for number, page in enumerate(load_dated_pages(corpus)[::every]):
        gold[str(number)] = (page.half, page.days)
        rows.append({"id": str(number), "url": page.url, "html": page.html.decode("utf-8", "replace")})
    return rows, gold


def texts(_corpus, every):
    """Return rows of texts, every fifth without a date, and the days of those."""
    gold, rows = {}, []
    for number, (doc, outlet, title, body, at, *_) in enumerate(
        row for row in read_news()[::every] if row[4]
    ):
        row = {"id": doc, "title": title, "text": body, "source": outlet}
        if number % 5:
            row["date"] = at.date().isoformat()
        else:
            gold[doc] = (side_of(str(outlet)), frozenset([at.date()]))
        rows.append(row)
    return rows, gold


def report(found, gold):
    counts = defaultdict(Counter)
    for name, day, certainty in found:
        if name in gold:
            half, days = gold[name]
            counts[half, certainty][near(day, days)] += 1
    print("| certainty | a: articles | that day | within a day | b: articles | that day | within a day |")
    print("|---|---|---|---|---|---|---|")
    for certainty in CERTAINTIES:
        cells = []
        for half in "ab":
            count = counts[half, certainty]
            total = count.total()
            shares = [count[0] / total, (count[0] + count[1]) / total] if total else []
            cells += [f"{total}", *(f"{share:.3f}" for share in shares)] if total else ["0", "-", "-"]
        print(f"| {certainty} | {' | '.join(cells)} |")


def near(day: date, days):
    """Return how many days off it is: 0, 1, or 2 for more."""
    return min(2, *(abs((day - each).days) for each in days))


if __name__ == "__main__":
    main()
