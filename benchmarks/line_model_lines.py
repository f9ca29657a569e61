"""Read the labelled lines that the rules leave of news pages, for the line model (line_model.py)."""

import gzip
import hashlib
import json
import logging
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pages import GOLD_SETS, PAGES, load_pages

from flows.load_rules import load_rules
from transforms.clean.clean import clean
from transforms.records import Cleaned, Extracted, LineEvidence, Payload
from transforms.rules.fold import fold

RULES = load_rules()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that the rules left, with its neighbours among those lines and what a second extractor says."""

    text: str
    label: str
    doc_id: str
    domain: str
    before: str
    after: str
    index: int
    count: int
    is_absent: bool
    is_target: bool
    evidence: LineEvidence | None = None


def size(line: Line) -> int:
    """Count a line's characters without white space."""
    return len(re.sub(r"\s", "", line.text))


def left_lines(extracted: Extracted, cleaned: Cleaned) -> list[tuple[str, int]]:
    """Give the lines of which more than half is left, each with its number."""
    rows, start = [], 0
    gone = [s for s in cleaned.spans if s.kind != "dateline" and s.action != "keep"]
    for number, text in enumerate(extracted.text.split("\n")):
        end = start + len(text)
        lost = sum(max(0, min(end, s.end_char) - max(start, s.start_char)) for s in gone)
        if text.strip() and lost * 2 <= len(text):
            rows.append((text, number))
        start = end + 1
    return rows


def as_lines(
    rows: Sequence[tuple[str, int]],
    label_of: Callable[[str, int], str],
    is_absent: Callable[[str, int], bool],
    *,
    doc: tuple[str, str],
    is_target: bool,
    evidence: Sequence[LineEvidence] = (),
) -> list[Line]:
    texts = ["", *(text for text, _ in rows), ""]
    return [
        Line(
            text, label_of(text, number), *doc, texts[i], texts[i + 2], i, len(rows), is_absent(text, number),
            is_target, evidence[number] if evidence else None,
        )
        for i, (text, number) in enumerate(rows)
    ]  # fmt: skip


def letters(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def from_corpus(also: Sequence[str], *, take: str = "left") -> list[Line]:
    """Read what the rules leave of the corpus's news lines, and what to learn from beside it.

    `also` may name: removed (the junk that the rules take) and resiliparse (what it takes of the same pages).
    """
    docs: dict[str, list[dict]] = {"traf_recall": [], "resiliparse": [], "html2text": []}
    with gzip.open(PAGES.parent / "cleaning_dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            docs[row["extractor"]].append(row)
    seen = {row["doc_id"]: letters(" ".join(x["text"] for x in row["lines"])) for row in docs["resiliparse"]}
    news = [row for row in docs["traf_recall"] if row["news"]]
    out = [line for row in news for line in of_row(row, seen, is_target=True, take=take)]
    if "removed" in also:
        out += [line for row in news for line in of_row(row, seen, is_target=False, take="removed")]
    if "resiliparse" in also:
        more = (row for row in docs["resiliparse"] if row["news"])
        out += [line for row in more for line in of_row(row, seen, is_target=False, take="all")]
    return out


def of_row(row: dict, second: dict[str, str], *, is_target: bool, take: str = "left") -> list[Line]:
    """Give the lines of one document of the corpus that the rules left, or those that they removed, or all."""
    labels = [line["label"] for line in row["lines"]]
    texts = [line["text"].replace("\n", " ") for line in row["lines"]]
    rows = [(text, number) for number, text in enumerate(texts) if text.strip()]
    if take != "all":
        title = next((line["text"] for line in row["lines"] if line.get("why") == "title"), None)
        extracted = Extracted("\n".join(texts), "lines", title=title)
        left = left_lines(extracted, clean(extracted, rules=RULES))
    if take == "left":
        rows = left
    seen = second.get(row["doc_id"], "")
    lines = as_lines(
        rows,
        lambda _, number: labels[number],
        lambda text, _: letters(text) not in seen,
        doc=(row["doc_id"], row["domain"]),
        is_target=is_target,
    )
    if take == "removed":
        kept = {number for _, number in left}
        lines = [line for line, (_, number) in zip(lines, rows, strict=True) if number not in kept]
        lines = [line for line in lines if line.label == "boilerplate"]
    return lines


def from_pages() -> list[Line]:
    """Run the product over the news pages and take what it leaves, with the page's evidence."""
    from cleaning import labeller, load_labels  # noqa: PLC0415 - brings the peers along

    from transforms.extract.extract import extract  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    labels, out = load_labels(), []
    names = {"body": "body", "junk": "boilerplate"}
    for page in load_pages():
        if page.dataset not in GOLD_SETS or not page.is_news:
            continue
        extracted = extract(Payload(page.content, "text/html", url=page.url))
        label_of, shown = labeller(page, labels[page.page_id]), extracted.lines
        out += as_lines(
            left_lines(extracted, clean(extracted, rules=RULES)),
            lambda text, _, label_of=label_of: names.get(label_of(text), "uncertain"),
            lambda _, number, shown=shown: bool(shown) and shown[number].agreement_ratio == 0,
            doc=(page.page_id, page.domain),
            is_target=True,
            evidence=shown,
        )
    return out


def draw(name: str, seed: int) -> int:
    return int.from_bytes(hashlib.md5(f"{seed} {name}".encode(), usedforsecurity=False).digest()[:4], "big")
