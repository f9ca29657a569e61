"""Prints how many quotations have a speaker in both halves of news_dev, some to read, and what reading them costs.

    python -m benchmarks.quotations [--articles 400] [--read N]

The outlets are halved by a hash of their name; what is to be read is of half a. Cost: CPU seconds of refining the
same articles with and without quotations, in turn in one process.
"""

import argparse
import hashlib
import random
import time
from datetime import UTC, datetime
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpora import shared
from copydesk.flows.load_rules import load_rules
from copydesk.schemas.staged import ARRIVALS
from copydesk.transforms.refine import refine
from copydesk.transforms.stories import read_features

BATCH = 50


def half(source: str) -> str:
    """Return the half of an outlet."""
    return "ab"[hashlib.sha256(source.encode()).digest()[0] % 2]


def arrivals(rows: list[dict]) -> pa.Table:
    """Return articles as a run takes them in."""
    seen = datetime.now(UTC)
    taken = [
        {"document_id": row["doc_id"], "source_id": "s", "origin": row["doc_id"], "fetched_at": seen}
        | {"media_type": "text/plain", "payload": row["text"].encode(), "payload_bytes": len(row["text"])}
        for row in rows
    ]
    return pa.Table.from_pylist(taken, schema=ARRIVALS.schema)


def nowhere(_scan: object, starts: list) -> pa.Array:
    """Find no place of a quotation."""
    return pa.array([[]] * len(starts), read_features.QUOTATIONS)


def main() -> None:
    """Print the table, the cost, and quotations to read."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--read", type=int, default=0)
    options = parser.parse_args()
    news = [row for row in pq.read_table(shared("corpora/news_dev.parquet")).to_pylist() if row["source"]]
    rules = load_rules(())
    with_them = without = 0.0
    for side in "ab":
        rows = [row for row in news if half(row["source"]) == side]
        random.Random(7).shuffle(rows)
        found = []
        for first in range(0, options.articles, BATCH):
            batch = arrivals(rows[first : min(first + BATCH, options.articles)])
            began = time.process_time()
            with patch.object(read_features, "_quotations", nowhere):
                refine(batch, rules=rules, versions={})
            middle = time.process_time()
            found += refine(batch, rules=rules, versions={})["quotations"].to_pylist()
            if first:  # the first batch loads word lists and models
                without += middle - began
                with_them += time.process_time() - middle
        speakers = sum(bool(each["speaker"]) for each in found)
        print(f"half {side}: {options.articles} articles, {len(found)} quotations, {speakers} with a speaker")
        texts = {row["doc_id"]: row["text"] for row in rows}
        for each in found[: options.read] if side == "a" else ():
            before, _, behind = texts[each["document_id"]].partition(each["text"])
            print(
                f"  {each['speaker']} ({each['evidence']}): {before[-90:]}[{each['text']}]{behind[:90]}".replace(
                    "\n", " "
                )
            )
    print(f"refining with quotations / without, CPU: {with_them / without:.4f}")


if __name__ == "__main__":
    main()
