"""What was judged while reading what rules take (judged.txt): the story's stays, and junk still goes.

A row is a rule, the hash of a stretch, the verdict and the text's name. benchmarks/harm.py prints what to read and notes verdicts.
"""

import hashlib
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Extracted
from copydesk.transforms.rules.fold import fold

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parents[4] / "shared"))
TEXTS = SHARED / "corpora" / "news_dev.parquet"
ROWS = [
    row.split("\t") for row in Path(__file__).with_name("judged.txt").read_text(encoding="utf-8").splitlines()
]
MOST_DOCS = 160
"""Texts with a story's line that was once taken, and as many others by their names."""

pytestmark = pytest.mark.skipif(not TEXTS.exists(), reason=f"no {TEXTS}: set COPYDESK_SHARED")


@pytest.fixture(scope="module")
def taken() -> dict[str, set[str]]:
    """The hashes of what cleaning takes, by text."""
    wanted = sorted({(verdict != "story", doc) for _, _, verdict, doc in ROWS})[:MOST_DOCS]
    docs = {doc for _, doc in wanted}
    rules, out = load_rules(), {}
    columns = pq.read_table(TEXTS, columns=["doc_id", "title", "text"])
    for row in columns.to_pylist():
        if row["doc_id"] in docs:
            spans = clean(Extracted(row["text"], "plain", title=row["title"]), rules=rules).spans
            out[row["doc_id"]] = {hash_line(row["text"][span.start_char : span.end_char]) for span in spans}
    return out


def hash_line(text: str) -> str:
    """Return the hash under which benchmarks/harm.py notes a stretch."""
    return hashlib.sha256(" ".join(fold(text).split()).encode()).hexdigest()[:12]


def test_judged_story_stays(taken: dict[str, set[str]]) -> None:
    """No stretch that somebody judged to be the story's is taken, by whatever rule."""
    story = {(doc, key) for _, key, verdict, doc in ROWS if verdict == "story" and doc in taken}
    assert story
    assert [(doc, key) for doc, key in sorted(story) if key in taken[doc]] == []


def test_judged_junk_goes(taken: dict[str, set[str]]) -> None:
    """Of the stretches that were judged junk, nineteen of twenty go: a narrowed rule shows here."""
    gone = [key in taken[doc] for _, key, verdict, doc in ROWS if verdict == "junk" and doc in taken]
    assert sum(gone) >= 0.95 * len(gone)
