"""Read the texts that the line model learns from, with what is known of each line (line_model.py)."""

import gzip
import hashlib
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

import copydesk.transforms.clean.clean as cleaning
from benchmarks.corpora import half_of, host_of, shared, squash
from benchmarks.realtext import load_gold
from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.lines import Line, split_lines
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Payload
from copydesk.transforms.refuse import Unextractable

RULES = load_rules()
cleaning.mark_unlike = lambda sheets: (
    [False] * len(sheets)
)  # what rules leave, without the model that is to learn from it
LABELS = Path(__file__).with_name("line_labels.jsonl")
REPEATED = 3
"""Articles of a host that carry a line: from so many on, an unlabelled line is taken for junk."""
WEAK_JUNK, WEAK_BODY, PAGE_WEIGHT = 0.5, 0.15, 0.3
TEMPLATE_WORDS = 30
Row = dict[str, Any]


@dataclass(slots=True)
class Text:
    """The lines of a text: truth 1 for junk, 0 for body, NaN where nobody knows; `left` are those that rules leave."""

    text_id: str
    source: str
    host: str
    lines: list[Line]
    labels: list[str]
    truth: NDArray[np.float64]
    weight: NDArray[np.float64]
    left: NDArray[np.bool_]

    @property
    def half(self) -> int:
        """Return the half of the text's host."""
        return half_of(self.host)


def load_texts() -> list[Text]:
    """Return labelled real texts, unlabelled ones of the same kind, seed-like ones, and lines of pages."""
    rows = pq.read_table(shared("corpora/news_dev.parquet")).to_pylist()
    with Pool(2) as pool:
        news = [text for text in pool.imap(_news, rows, chunksize=50) if text]
    _guess(news)
    return [*news, *_more(), *_seedlike(), *_pages()]


def _more() -> list[Text]:
    """Return the texts of other collections that line_labels.jsonl tells of, as far as COPYDESK_MORE_TEXTS has them."""
    file = os.environ.get("COPYDESK_MORE_TEXTS")
    if not file:
        print("COPYDESK_MORE_TEXTS is not set: the texts of other collections are left out", file=sys.stderr)
        return []
    labelled = {
        row["sha256"]: row for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    }
    texts = []
    for row in map(json.loads, Path(file).read_text(encoding="utf-8").splitlines()):
        gold = labelled.get(hashlib.sha256(row["text"].encode()).hexdigest())
        if gold and (text := _read(row, gold, "more")):
            texts.append(text)
    return texts


def _news(row: Row) -> Text | None:
    gold = GOLD.get(row["doc_id"])
    return _read(row, gold, "real" if gold else "news")


def _read(row: Row, gold: Row | None, source: str) -> Text | None:
    try:
        extracted = extract(Payload(row["text"], "text/plain", url=row["url"], title=row["title"]))
    except Unextractable:
        return None
    lines = split_lines(extracted.text)
    labels = _labels(row["text"], gold["labels"], lines) if gold else [""] * len(lines)
    spans = cleaning.clean(extracted, rules=RULES).spans
    left = np.array(
        [
            not any(
                s.start_char <= line.start and line.end <= s.end_char and s.kind != "dateline" for s in spans
            )
            for line in lines
        ],
        bool,
    )
    truth = np.array([_truth(label) for label in labels])
    weight = np.ones(len(lines)) * (gold is not None)
    host = gold["host"] if gold else host_of(row["url"])
    return Text(row["doc_id"], source, host, lines, labels, truth, weight, left)


GOLD = load_gold()


def _labels(text: str, labels: dict[str, str], lines: Sequence[Line]) -> list[str]:
    known = [
        (squash(raw), labels.get(str(at), "body")) for at, raw in enumerate(text.split("\n")) if raw.strip()
    ]
    out, at = [], 0
    for line in lines:
        bare = squash(line.text)
        found = next((i for i in range(at, len(known)) if bare.startswith(known[i][0])), None)
        out.append("either" if found is None else known[found][1])
        at = at if found is None else found + 1
    return out


def _truth(label: str) -> float:
    if label in {"body", "part"}:
        return 0.0
    return 1.0 if label.startswith(("drop", "meta")) else float("nan")


def name_of(line: Line) -> str:
    """Return the form under which a line is the same in another article."""
    return _GAP.sub(" ", re.sub(r"\d+", "0", _ADDRESS.sub("0", line.fold))).strip()


_ADDRESS = re.compile(r"https?:\S+|www\.\S+|\S*[@#]\S+")
_GAP = re.compile(r"\W+")


def _edges(name: str) -> list[str]:
    """Return how a line that may follow a template begins and ends."""
    words = name.split()
    return (
        [" ".join(words[:3]) + " ^", "$ " + " ".join(words[-3:])] if 3 <= len(words) <= TEMPLATE_WORDS else []
    )


def _guess(texts: Sequence[Text]) -> None:
    """Take for junk what an unlabelled text shares with others of its host, and what rules take, each wording twice.

    What begins or ends as lines of other articles do may follow a template: nobody knows.
    """
    carriers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text in texts:
        for line in text.lines:
            name = name_of(line)
            for each in (name, *_edges(name)):
                carriers[text.host, each].add(text.text_id)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for text in texts:
        if text.source != "news":
            continue
        for at, line in enumerate(text.lines):
            name = name_of(line)
            is_junk = len(carriers[text.host, name]) >= REPEATED or not text.left[at]
            is_template = any(len(carriers[text.host, edge]) > REPEATED for edge in _edges(name))
            seen[text.host, name] += is_junk
            text.truth[at] = float(is_junk)
            weak = WEAK_JUNK if seen[text.host, name] <= 2 else 0.0
            text.weight[at] = weak if is_junk else WEAK_BODY * (not is_template)


def _seedlike() -> Iterator[Text]:
    folder = shared("corpora/seedlike_dev")
    for row in json.loads((folder / "gold.json").read_text(encoding="utf-8")):
        text = (folder / row["file"]).read_bytes().decode()
        lines = split_lines(text)
        labels = []
        for line in lines:
            inside = [
                span for span in row["spans"]
                if span["start"] <= line.start and line.end <= span["end"] and not span["action"].startswith("keep")
            ]  # fmt: skip
            labels.append(f"drop:{inside[0]['cls']}" if inside else "body")
        truth = np.array([_truth(label) for label in labels])
        yield Text(
            row["doc"], "seed", row["outlet"], lines, labels, truth, np.ones(len(lines)), truth == truth
        )


def _pages() -> Iterator[Text]:
    kinds = {"body": 0.0, "boilerplate": 1.0}
    with gzip.open(shared("corpora/cleaning_dev.jsonl.gz"), "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["extractor"] != "traf_recall":
                continue
            told = [each for each in row["lines"] if each["text"].strip() and "\n" not in each["text"]]
            lines, at = [], 0
            for each in told:
                lines.append(Line(at, at + len(each["text"]), each["text"]))
                at += len(each["text"]) + 1
            truth = np.array([kinds.get(each["label"], float("nan")) for each in told])
            weight = np.full(len(lines), PAGE_WEIGHT if row["news"] else PAGE_WEIGHT / 2)
            yield Text(row["doc_id"], "page", row["domain"], lines, [each["label"] for each in told], truth, weight,
                       np.ones(len(lines), bool))  # fmt: skip
