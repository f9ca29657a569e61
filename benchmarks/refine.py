"""Measure refining in one process, by its own processor time: pages by step against bare trafilatura, and text rows.

Each document is done by both sides in turn, so that both see the same machine; the first round warms both up.
Usage: python benchmarks/refine.py [--every N] [--rows N] [--rounds N]
"""

import argparse
import gc
import gzip
import importlib
import os
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import trafilatura
from trafilatura import xpaths

from flows.load_rules import load_rules
from transforms.clean.clean import clean
from transforms.dates.date_input import DateInput
from transforms.dates.find_dates import find_dates
from transforms.extract.extract import extract
from transforms.extract.remember_pruning import LISTS, remember_pruning
from transforms.extract.unextractable import Unextractable
from transforms.records import Extracted, Payload
from transforms.rules.records import RuleSet

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parent.parent.parent / "shared"))
FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
STEPS = ("bare", "extract", "clean", "dates")
Times = dict[str, float]
BASELINE: Any = importlib.import_module("trafilatura.baseline")


def expressions() -> dict[str, Any]:
    """Return trafilatura's expressions as they are now."""
    return {name: list(getattr(xpaths, name)) for name in LISTS} | {"": BASELINE.BASIC_CLEAN_XPATH}


ITS_OWN = expressions()
"""As trafilatura came, for the bare side."""
remember_pruning()
OURS = expressions()


class Clock:
    """Adds up the processor time of steps."""

    def __init__(self) -> None:
        self.times: Times = dict.fromkeys(STEPS, 0.0)

    def time(self, step: str, do: Callable[[], Any]) -> Any:
        """Do something and add its time to a step; None where the document is no article."""
        start = time.process_time()
        try:
            return do()
        except Unextractable:
            return None
        finally:
            self.times[step] += time.process_time() - start


def refine_by_step(payload: Payload, rules: RuleSet, clock: Clock) -> None:
    """Take one document through the steps of transforms/refine.py."""
    extracted = clock.time("extract", lambda: extract(payload))
    if extracted is None:
        return
    cleaned = clock.time("clean", lambda: clean(extracted, rules=rules))
    document = DateInput(
        tree=extracted.page,
        text=extracted.text,
        title=extracted.title or cleaned.readings.title,
        spans=cleaned.spans,
        language=extracted.language,
        url=payload.url or extracted.canonical_url,
        fetched_at=FETCHED_AT,
    )
    clock.time("dates", lambda: find_dates(document))


def use_expressions(lists: dict[str, Any]) -> None:
    """Prune by these expressions from here on."""
    for name in LISTS:
        getattr(xpaths, name)[:] = lists[name]
    BASELINE.BASIC_CLEAN_XPATH = lists[""]


def best_of(rounds: int, run: Callable[[], Times]) -> Times:
    """Return the least time of each step over some rounds, after one to warm up."""
    results = [run() for _ in range(rounds + 1)][1:]
    return {step: min(result[step] for result in results) for step in STEPS}


def time_documents(payloads: Iterable[Payload], rules: RuleSet, *, with_bare: bool) -> Times:
    """Return the seconds of each step over all documents."""
    clock = Clock()
    for payload in payloads:
        if with_bare:
            use_expressions(ITS_OWN)
            clock.time("bare", partial(trafilatura.extract, payload.content))
            use_expressions(OURS)
        refine_by_step(payload, rules, clock)
    return clock.times


def print_steps(name: str, count: int, times: Times) -> None:
    """Print milliseconds a document by step."""
    total = sum(times[step] for step in STEPS[1:])
    parts = "  ".join(f"{step} {1000 * times[step] / count:6.2f}" for step in STEPS if times[step])
    print(f"{name}: {count} documents, ms each: {parts}  refine {1000 * total / count:6.2f}")
    if times["bare"]:
        print(f"  ratio to bare trafilatura.extract {times['bare'] / total:.2f}")


def main() -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=8, help="take every Nth page")
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    start = time.process_time()
    rules = load_rules()
    print(f"load_rules: {time.process_time() - start:.3f} s")
    files = sorted((SHARED / "corpora" / "pages_dev").glob("*.html.gz"))[:: options.every]
    pages = [Payload(gzip.decompress(file.read_bytes()), "text/html") for file in files]
    table = pq.read_table(SHARED / "corpora" / "news_dev.parquet", columns=["text"]).slice(0, options.rows)
    texts = [text for text in table["text"].to_pylist() if text and text.strip()]
    rows = [Payload(text, "text/plain") for text in texts]
    gc.freeze()
    print_steps(
        "pages",
        len(pages),
        best_of(options.rounds, lambda: time_documents(pages, rules, with_bare=True)),
    )
    print_steps(
        "text rows",
        len(rows),
        best_of(options.rounds, lambda: time_documents(rows, rules, with_bare=False)),
    )
    extracted = [Extracted(text, "plain text") for text in texts]

    def clean_all() -> Times:
        clock = Clock()
        clock.time("clean", lambda: [clean(text, rules=rules) for text in extracted])
        return clock.times

    seconds = best_of(options.rounds, clean_all)["clean"]
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"cleaning alone: {len(texts) / seconds:.0f} texts/s a core, of {words:.0f} words on average")


if __name__ == "__main__":
    main()
