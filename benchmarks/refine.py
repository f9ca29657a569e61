"""Measure refining in one process, by its own processor time and by step: pages beside bare trafilatura, and texts.

Each page is done by both sides in turn, so that both see the same machine; the first round warms both up, the best of
the others counts. A step's time is its own, without that of the steps that it calls; watching costs some microseconds.
Usage: python -m benchmarks.refine [--every N] [--rows N] [--rounds N]
"""

import argparse
import gc
import gzip
import importlib
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow.parquet as pq
import trafilatura
from trafilatura import xpaths

from benchmarks.corpora import shared
from copydesk.flows.load_rules import load_rules
from copydesk.transforms.extract.prune_sections import prune_sections
from copydesk.transforms.extract.remember_pruning import LISTS, remember_pruning
from copydesk.transforms.refine import refine_row
from copydesk.transforms.rules.records import RuleSet

FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
STEPS = {
    "copydesk.transforms.refine": ["extract", "apply_rules", "apply_line_model", "write_body", "find_dates"],
    "copydesk.transforms.extract.extract": [
        "decode_html", "parse_page", "walk_page", "choose_text", "read_authors",
        "read_title", "read_dek", "read_images", "read_language", "line_evidence",
    ],
    "copydesk.transforms.extract.choose_text": ["trafilatura_text", "resiliparse_text", "restore_paragraphs"],
    "copydesk.transforms.clean.clean": [
        "split_lines", "judge_line", "cut_glued", "page_spans", "read_head", "mark_captions", "cut_tail",
        "compose_body",
    ],
    "copydesk.transforms.clean.marks": ["weigh_cues", "find_rule"],
    "copydesk.transforms.dates.find_dates": [
        "read_prose", "read_page", "read_declared", "choose_date", "bound_text",
    ],
}  # fmt: skip
"""The functions that are timed, by the module that calls them."""
LEAST_SHARE = 0.01
BASELINE: Any = importlib.import_module("trafilatura.baseline")
MAIN: Any = importlib.import_module("trafilatura.main_extractor")
Row = dict[str, Any]


def expressions() -> dict[str, Any]:
    """Return trafilatura's expressions and its pruning as they are now."""
    lists = {name: list(getattr(xpaths, name)) for name in LISTS}
    return lists | {"": BASELINE.BASIC_CLEAN_XPATH, "sections": MAIN.prune_unwanted_sections}


ITS_OWN = expressions()
"""As trafilatura came, for the bare side."""
remember_pruning()
OURS = expressions() | {"sections": prune_sections}


def use_expressions(lists: dict[str, Any]) -> None:
    """Prune by these expressions from here on."""
    for name in LISTS:
        getattr(xpaths, name)[:] = lists[name]
    BASELINE.BASIC_CLEAN_XPATH = lists[""]
    MAIN.prune_unwanted_sections = lists["sections"]


class Watch:
    """Adds up the processor seconds of steps, each without the steps inside it."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self._inner: list[float] = []

    def timed(self, step: str, do: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and adds its time to a step."""

        def watched(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            self._inner.append(0.0)
            try:
                return do(*args, **options)
            finally:
                spent = time.process_time() - start
                self.times[step] += spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent

        return watched

    def watch_steps(self) -> None:
        """Put timed functions in the place of all steps."""
        for place, names in STEPS.items():
            module = importlib.import_module(place)
            for name in names:
                step = f"{place.split('.')[1].removesuffix('refine')}.{name}".lstrip(".")
                setattr(module, name, self.timed(step, getattr(module, name)))


def time_round(rows: list[Row], rules: RuleSet, watch: Watch, *, with_bare: bool) -> Counter[str]:
    """Return the seconds of each step over all documents."""
    watch.times = Counter()
    bare = watch.timed("bare", trafilatura.extract)
    refine = watch.timed("the rest", refine_row)
    for row in rows:
        if with_bare:
            use_expressions(ITS_OWN)
            bare(row["payload"])
            use_expressions(OURS)
        refine(row, rules, lambda _step: None)
    return watch.times


def measure(
    name: str, rows: list[Row], rules: RuleSet, watch: Watch, *, rounds: int, with_bare: bool
) -> None:
    """Print milliseconds a document by step, of the round that took the least."""
    results = [time_round(rows, rules, watch, with_bare=with_bare) for _ in range(rounds + 1)][1:]
    times = min(results, key=lambda times: sum(times.values()))
    bare = times.pop("bare", 0.0)
    total = sum(times.values())
    scale = 1000 / len(rows)
    ratio = (
        f"; bare trafilatura.extract {bare * scale:.2f} ms, ratio {total / bare:.2f} of it" if bare else ""
    )
    print(f"{name}: {len(rows)} documents, refine {total * scale:.2f} ms each{ratio}")
    for step, seconds in times.most_common():
        if seconds > LEAST_SHARE * total:
            print(f"  {step:32} {seconds * scale:8.3f} ms {seconds / total:6.1%}")


def row_of(payload: bytes | str, media_type: str) -> Row:
    """Return a row of arrivals."""
    known = {"document_id": "", "source_id": "", "origin": "", "line": None, "fetched_at": FETCHED_AT}
    return known | {"payload": payload, "media_type": media_type}


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
    files = sorted(shared("corpora/pages_dev").glob("*.html.gz"))[:: options.every]
    pages = [row_of(gzip.decompress(file.read_bytes()), "text/html") for file in files]
    table = pq.read_table(shared("corpora/news_dev.parquet"), columns=["text"]).slice(0, options.rows)
    texts = [row_of(text, "text/plain") for text in table["text"].to_pylist() if text and text.strip()]
    watch = Watch()
    watch.watch_steps()
    gc.freeze()
    measure("pages", pages, rules, watch, rounds=options.rounds, with_bare=True)
    measure("texts", texts, rules, watch, rounds=options.rounds, with_bare=False)


if __name__ == "__main__":
    main()
