"""Measure the harm of each rule, cue, glued cut and container name: what it takes from real texts and pages.

    python -m benchmarks.harm count [--every N]         a row a rule: hits, outlets, labels, judgements
    python -m benchmarks.harm read RULE [--most 40]     hits that nobody has judged yet, with their neighbours
    python -m benchmarks.harm judge RULE [--story HASH ...]   the hits last read: these are the story's, the rest junk
    python -m benchmarks.harm wrong                     judged story that still goes, judged junk that no longer does

Texts: news_dev.parquet; pages: pages_dev and fundus_dev, extracted once and kept (--fresh extracts again). Outlets fall
into halves by a hash of their host: `read` shows the learning half alone, unless told --half 1 at the very end.
A hit is `labelled` where realtext_dev or a page's gold says what the line is; `judged` where somebody has read it.
Judgements are a file of hashes (tests/transforms/clean/judged.txt): no sentence of a stranger is in the repository.
"""

import argparse
import gzip
import hashlib
import importlib
import json
import pickle
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.corpora import ROOT, half_of, host_of, shared, squash
from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Extracted, Payload, Span
from copydesk.transforms.refuse import Unextractable
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.rules.records import RuleSet

KEPT = Path(tempfile.gettempdir())
VERDICTS = ROOT / "tests/transforms/clean/judged.txt"
HASH_CHARS = 12
FEWEST_CHARS = 12
"""A shorter line stands in a gold body by chance."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as extracted, its outlet, and what a reader's eye said of its lines."""

    doc: str
    host: str
    extracted: Extracted
    labels: dict[str, str] | None = None
    gold: str | None = None

    @property
    def half(self) -> int:
        """Tell the half of the outlets: 0 to learn from, 1 to validate on."""
        return half_of(self.host)


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that a rule took, with the lines around it."""

    rule: str
    doc: str
    host: str
    text: str
    before: str
    after: str
    evidence: str
    place: str
    label: str | None

    @property
    def key(self) -> str:
        """Name the stretch without telling it."""
        return hash_line(self.text)


def hash_line(text: str) -> str:
    """Return the hash of a folded stretch."""
    return hashlib.sha256(" ".join(fold(text).split()).encode()).hexdigest()[:HASH_CHARS]


def read_texts(every: int = 1) -> Iterator[Text]:
    """Read every Nth text of news_dev, and all that are labelled line by line."""
    with shared("corpora/realtext_dev.jsonl").open(encoding="utf-8") as rows:
        labels = {row["doc_id"]: row["labels"] for row in map(json.loads, rows)}
    for number, row in enumerate(pq.read_table(shared("corpora/news_dev.parquet")).to_pylist()):
        if number % every == 0 or row["doc_id"] in labels:
            extracted = Extracted(row["text"], "plain", title=row["title"])
            host = host_of(row["url"]) or row["source"]
            yield Text(row["doc_id"], host, extracted, labels.get(row["doc_id"]))


def read_pages(*, is_fresh: bool = False) -> list[Text]:
    """Read the pages with a gold body, extracted."""
    kept = KEPT / "harm_pages.pickle"
    if is_fresh or not kept.exists():
        with Pool(2) as pool:
            kept.write_bytes(
                pickle.dumps([text for text in pool.imap(_extracted, list(_pages()), 8) if text])
            )
    return list(pickle.loads(kept.read_bytes()))


def _pages() -> Iterator[tuple[str, str, str, Path, str]]:
    with gzip.open(shared("corpora/pages_dev/index.jsonl.gz"), "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["gold"] and row["news"]:
                gold = "\n".join((*row["gold"], *row.get("optional", ())))
                yield (
                    row["doc_id"],
                    row["domain"],
                    row["url"],
                    shared(f"corpora/pages_dev/{row['file']}"),
                    gold,
                )
    with shared("corpora/fundus_dev/index.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            parts = [text for part in row["sections"] for text in (*part["headline"], *part["paragraphs"])]
            gold = "\n".join((*row["summary"], *parts))
            yield (
                row["file"],
                host_of(row["url"]),
                row["url"],
                shared(f"corpora/fundus_dev/{row['file']}"),
                gold,
            )


def _extracted(page: tuple[str, str, str, Path, str]) -> Text | None:
    doc, host, url, file, gold = page
    try:
        extracted = extract(Payload(gzip.decompress(file.read_bytes()), "text/html", url=url))
    except Unextractable:
        return None
    return Text(doc, host, replace(extracted, page=None), gold=squash(gold))


def find_hits(text: Text, rules: RuleSet) -> list[Hit]:
    """Clean a text and return what each rule took; a container by the name that it bears, a word by each cue."""
    source = text.extracted.text
    spans = clean(text.extracted, rules=rules).spans
    return [_hit(text, span, rule) for span in spans for rule in _rules_of(span) if source]


def _rules_of(span: Span) -> list[str]:
    if span.rule_id == "words.tail":
        words = span.evidence.partition("says: ")[2]
        return [span.rule_id, *(f"cue:{word}" for word in words.split(", ") if word)]
    return [span.rule_id + ("+glued" if span.evidence.startswith("glued") else "")]


def _hit(text: Text, span: Span, rule: str) -> Hit:
    source, start, end = text.extracted.text, span.start_char, span.end_char
    taken = source[start:end]
    above, below = source[:start].rstrip(), source[end:].strip()
    place = "head" if not above else "last" if not below else f"{start * 100 // len(source)}%"
    before, after = above[-160:].split("\n")[-1], below[:160].split("\n")[0]
    return Hit(
        rule, text.doc, text.host, taken, before, after, span.evidence, place, _label(text, span, taken)
    )


def _label(text: Text, span: Span, taken: str) -> str | None:
    """Return what a reader's eye said of a stretch: junk, story, or None where nobody said."""
    if text.gold is not None:
        return ("story" if squash(taken) in text.gold else "junk") if len(taken) >= FEWEST_CHARS else None
    if text.labels is None:
        return None
    number = text.extracted.text.count("\n", 0, span.start_char)
    label = text.labels.get(str(number), "body")
    return {"body": "story", "drop": "junk", "meta": "junk"}.get(label[:4])


def all_hits(every: int, *, is_fresh: bool = False) -> list[Hit]:
    """Return the hits of all rules over all texts and pages."""
    texts = [*read_texts(every), *read_pages(is_fresh=is_fresh)]
    with Pool(2) as pool:
        found = pool.imap(partial(find_hits, rules=load_rules()), texts, 64)
        return [hit for hits in found for hit in hits]


def read_verdicts() -> dict[tuple[str, str], str]:
    """Return the verdicts by rule and hash."""
    rows = VERDICTS.read_text(encoding="utf-8").split("\n") if VERDICTS.exists() else []
    return {(rule, key): verdict for rule, key, verdict, _ in (row.split("\t") for row in rows if row)}


def write_verdicts(hits: list[Hit], story: set[str], wanted: str) -> None:
    """Note the verdicts on some hits; the rows stay sorted, so that a change reads as a change."""
    rows = set(VERDICTS.read_text(encoding="utf-8").split("\n")) if VERDICTS.exists() else set()
    for hit in hits:
        verdict = "story" if hit.key.startswith(tuple(story)) else wanted
        rows = {row for row in rows if not row.startswith(f"{hit.rule}\t{hit.key}\t")}
        rows.add(f"{hit.rule}\t{hit.key}\t{verdict}\t{hit.doc}")
    VERDICTS.write_text("\n".join(sorted(filter(None, rows))) + "\n", encoding="utf-8")


def print_counts(hits: list[Hit]) -> None:
    """Print a row a rule, most hits first."""
    verdicts, by_rule = read_verdicts(), defaultdict(list)
    for hit in hits:
        by_rule[hit.rule].append(hit)
    print(
        "| rule | hits 0 / 1 | outlets 0 / 1 | of one | labelled story of 0 / 1 | judged story of | precision |"
    )
    print("|---|---|---|---|---|---|---|")
    for rule, found in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
        print("|", " | ".join((rule, *_cells(found, verdicts))), "|")


def _cells(found: list[Hit], verdicts: dict[tuple[str, str], str]) -> list[str]:
    halves = [[hit for hit in found if half_of(hit.host) == half] for half in (0, 1)]
    hosts = [Counter(hit.host for hit in hits) for hits in halves]
    largest = max((hosts[0] + hosts[1]).values()) / len(found)
    labels = [[hit.label for hit in hits if hit.label] for hits in halves]
    judged = [verdicts[hit.rule, hit.key] for hit in found if (hit.rule, hit.key) in verdicts]
    # Who read a hit knows better than a label: a credit that nobody labelled counts as the story's there.
    known = [verdicts.get((hit.rule, hit.key)) or (None if half_of(hit.host) else hit.label) for hit in found]
    count = len(known) - known.count(None)
    precision = f"{1 - known.count('story') / count:.3f}" if count else "-"
    return [
        f"{len(halves[0])} / {len(halves[1])}",
        f"{len(hosts[0])} / {len(hosts[1])}",
        f"{largest:.2f}",
        " / ".join(f"{label.count('story')} of {len(label)}" for label in labels),
        f"{judged.count('story')} of {len(judged)}",
        precision,
    ]


def print_wrong(hits: list[Hit]) -> None:
    """Print what was judged the story's and is taken, whatever rule takes it now, and how much junk stays."""
    taken = {(hit.doc, hit.key): hit for hit in hits}
    rows = [row.split("\t") for row in VERDICTS.read_text(encoding="utf-8").split("\n") if row]
    for rule, key, verdict, doc in rows:
        hit = taken.get((doc, key))
        if verdict == "story" and hit is not None:
            print(f"{rule} was wrong, and {hit.rule} is now: {key} in {doc}, half {half_of(hit.host)}")
    junk = [(doc, key) in taken for _, key, verdict, doc in rows if verdict == "junk"]
    print(f"{sum(junk)} of {len(junk)} stretches that were judged junk go")


def pick(hits: list[Hit], rule: str, half: int, most: int) -> list[Hit]:
    """Return unjudged hits of a rule, each stretch once, spread over the outlets by a hash."""
    verdicts = read_verdicts()
    fresh = {
        hit.key: hit
        for hit in hits
        if hit.rule == rule and half_of(hit.host) == half and (rule, hit.key) not in verdicts
    }
    seen: Counter[str] = Counter()
    ranked = []
    for hit in sorted(fresh.values(), key=lambda hit: hit.key):
        seen[hit.host] += 1
        ranked.append((seen[hit.host], hit.key, hit))
    return [hit for _, _, hit in sorted(ranked, key=lambda row: row[:2])][:most]


def main() -> None:
    """Do what the command says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("command", choices=["count", "read", "judge", "wrong"])
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--half", type=int, default=0)
    parser.add_argument("--story", nargs="*", default=[])
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--again", action="store_true", help="take the hits of the last run")
    wanted = parser.parse_args()
    kept, shown = KEPT / "harm_hits.pickle", KEPT / "harm_shown.pickle"
    if wanted.command == "judge":
        last: list[Any] = pickle.loads(shown.read_bytes())
        write_verdicts([hit for hit in last if hit.rule in wanted.rules], set(wanted.story), "junk")
        return
    hits = pickle.loads(kept.read_bytes()) if wanted.again else all_hits(wanted.every, is_fresh=wanted.fresh)
    kept.write_bytes(pickle.dumps(hits))
    if wanted.command == "count":
        print_counts(hits)
    elif wanted.command == "wrong":
        print_wrong(hits)
    else:
        found = [hit for rule in wanted.rules for hit in pick(hits, rule, wanted.half, wanted.most)]
        shown.write_bytes(pickle.dumps(found))
        for hit in found:
            print(f"{hit.key[:6]} {hit.rule} {hit.host} {hit.place} {hit.label or ''}")
            print(f"  - {hit.before[-70:]}\n  > {hit.text[:230]}\n  + {hit.after[:50]}")


if __name__ == "__main__":
    # What is kept between runs names this module, whoever reads it.
    importlib.import_module("benchmarks.harm").main()
