"""Score cleaning on real scraped texts that people labelled line by line, both halves of their hosts side by side.

Counts as score_realtext.py beside the corpus does: of labelled lines, the characters that left the body (junk, and
captions and the like), and of the others the characters lost. The labelled articles are ingested with up to 15 others
of each host, so that a site's repeated lines can be seen (`--alone` leaves those out). Rules and thresholds are learnt
on half 0; what is lost, and what stays by class, is shown for that half only.

`--aside FILE` scores other texts in their place (`doc_id`, `url`, `title`, `text`; they are not kept here), of which
line_labels_aside.jsonl tells: the line model has learnt nothing from these.

usage: python -m benchmarks.realtext [--alone] [--lost] [--aside FILE]
"""

import argparse
import hashlib
import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.corpora import half_of, host_of, shared, squash
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

BESIDE = 15
Row = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Characters of labelled lines by label and those that left; characters of the body and those lost."""

    size: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    body: int = 0
    lost: int = 0
    hurt: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def share(self, action: str) -> float:
        """Return the share of the characters of one action's lines that left the body."""
        total = sum(count for label, count in self.size.items() if label.startswith(action))
        return sum(count for label, count in self.gone.items() if label.startswith(action)) / max(1, total)


def load_gold() -> dict[str, Row]:
    """Return the labelled texts by id: host and labels by number of the line."""
    with shared("corpora/realtext_dev.jsonl").open(encoding="utf-8") as lines:
        return {row["doc_id"]: row for row in map(json.loads, lines)}


def load_rows(gold: dict[str, Row], beside: int = BESIDE) -> list[Row]:
    """Return the labelled articles and up to so many of each host that come before or between them."""
    hosts, seen, rows = {row["host"] for row in gold.values()}, Counter[str](), []
    for row in pq.read_table(shared("corpora/news_dev.parquet")).to_pylist():
        host = host_of(row["url"])
        if row["doc_id"] not in gold:
            seen[host] += 1
            if host not in hosts or seen[host] > beside:
                continue
        rows.append(row)
    return rows


def load_aside(file: Path) -> tuple[dict[str, Row], list[Row]]:
    """Return what nothing has learnt from: labels by id, and the texts of a file that they tell of."""
    labels = Path(__file__).with_name("line_labels_aside.jsonl").read_text(encoding="utf-8")
    known = {row["sha256"]: row for row in map(json.loads, labels.splitlines())}
    rows = [
        {"source": None, "date": None, **row}
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    ]
    found = {row["doc_id"]: known.get(hashlib.sha256(row["text"].encode()).hexdigest()) for row in rows}
    gold = {doc_id: row for doc_id, row in found.items() if row}
    return gold, [row for row in rows if row["doc_id"] in gold]


def add_text(score: Score, doc_id: str, text: str, labels: dict[str, str], body: str) -> None:
    """Count what of one text's lines has left its body."""
    lines, whole, mine = {squash(line) for line in body.split("\n")} - {""}, squash(body), 0
    for index, raw in enumerate(text.split("\n")):
        line, label = squash(raw), labels.get(str(index), "body")
        if not line or label == "either":
            continue
        stays = line in whole
        if label.startswith(("drop", "meta")):
            score.size[label] += len(line)
            score.gone[label] += 0 if stays else len(line)
            continue
        score.body += len(line)
        if stays:
            continue
        left = max((len(part) for part in lines if part in line), default=0)
        lost = len(line) - left if label == "body" else (len(line) // 2 if left < 0.4 * len(line) else 0)
        mine += lost
        if lost:
            score.shown.append(f"lost {doc_id} {label} {lost} of {len(line)}: {raw.strip()}")
    score.lost += mine
    score.hurt += [doc_id] * (mine > 0)


def bodies_of(rows: list[Row]) -> dict[str, str]:
    """Ingest articles into a warehouse of their own; return their bodies by id."""
    with tempfile.TemporaryDirectory() as place:
        file, names = Path(place) / "rows.jsonl", {"id": "doc_id", "published_at": "date"}
        told = [
            {
                name: row[names.get(name, name)]
                for name in ("id", "url", "title", "text", "source", "published_at")
            }
            for row in rows
        ]
        file.write_text("\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in told))
        settings = Settings(warehouse=Path(place) / "warehouse")
        ingest([file], settings=settings)
        with connect_reader(settings.place) as con:
            query = "select external_id, body from revisions join articles using (article_id) where is_latest"
            return dict(con.execute(query).fetchall())


def print_scores(scores: tuple[Score, Score]) -> None:
    """Print both halves side by side, and by label what stays in the half that is learnt from."""
    print("| | half 0, learnt from | half 1, kept aside |\n|---|---|---|")
    for name, action in (("junk out", "drop"), ("captions and the like out", "meta")):
        print(f"| {name} |", " | ".join(f"{score.share(action):.3f}" for score in scores), "|")
    print("| body lost |", " | ".join(f"{score.lost / max(1, score.body):.3%}" for score in scores), "|")
    print("| articles hurt |", " | ".join(str(len(score.hurt)) for score in scores), "|")
    learnt = scores[0]
    for label in sorted(learnt.size, key=lambda label: learnt.gone[label] - learnt.size[label]):
        print(f"  {label:24} {learnt.gone[label] / learnt.size[label]:.2f} of {learnt.size[label]}")


def main() -> None:
    """Score the product."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--alone", action="store_true", help="without other articles of the hosts")
    parser.add_argument("--lost", action="store_true", help="print each line lost in half 0")
    parser.add_argument("--aside", type=Path, help="score the texts of this file")
    options = parser.parse_args()
    if options.aside:
        gold, rows = load_aside(options.aside)
    else:
        gold = load_gold()
        rows = load_rows(gold, 0 if options.alone else BESIDE)
    bodies, scores = bodies_of(rows), (Score(), Score())
    for row in rows:
        if row["doc_id"] in gold:
            labelled = gold[row["doc_id"]]
            add_text(
                scores[half_of(labelled["host"])],
                row["doc_id"],
                row["text"],
                labelled["labels"],
                bodies.get(row["doc_id"], ""),
            )
    print_scores(scores)
    if options.lost:
        print(*scores[0].shown, sep="\n")


if __name__ == "__main__":
    main()
