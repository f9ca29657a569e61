"""Measures site memory: what it takes out of real news, read against labels, and what it costs.

Run `python -m benchmarks.site_memory`.
"""

import gzip
import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import pyarrow.parquet as pq

from benchmarks.corpora import as_date, shared
from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.identify import registered_domain
from copydesk.transforms.records import Extracted
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.judge_sightings import Sampled, SiteThresholds, judge_sightings
from copydesk.transforms.site_memory.line_keys import fold_line
from copydesk.transforms.site_memory.place_paragraphs import Paragraph
from copydesk.transforms.site_memory.settle_revision import witness
from copydesk.transforms.site_memory.sight_lines import sight_lines

THRESHOLDS = SiteThresholds()
Texts = list[tuple[str, str, date | None, str]]
Line = tuple[str, str, str]


def labelled_pages() -> tuple[Texts, dict[tuple[str, str], str]]:
    """Return the extracted texts of labelled pages, and the label of each folded line of a page."""
    texts: Texts = []
    labels: dict[tuple[str, str], str] = {}
    with gzip.open(shared("corpora/cleaning_dev.jsonl.gz"), "rt", encoding="utf-8") as file:
        for page in map(json.loads, file):
            if page["extractor"] != "traf_recall":
                continue
            lines = page["lines"]
            texts.append((page["doc_id"], page["domain"], None, "\n".join(line["text"] for line in lines)))
            for line in lines:
                labels.setdefault((page["doc_id"], fold_line(line["text"])), line["label"])
    return texts, labels


def outlets() -> Texts:
    """Return real articles by site, with their days."""
    rows = pq.read_table(shared("corpora/news_dev.parquet")).to_pylist()
    return [
        (row["doc_id"], registered_domain(row["url"]) or row["source"], as_date(row["date"]), row["text"])
        for row in rows
    ]


def _paragraphs(body: str) -> Iterator[Paragraph]:
    at = 0
    for text in body.split("\n\n"):
        yield Paragraph(at, at + len(text), text, True)
        at += len(text) + 2


def measure(texts: Texts, rules: RuleSet) -> tuple[dict[Line, dict[str, Sampled]], dict[Line, str], Counter]:
    """Return the carriers of each line, an example of each, and counts; prints how long it took."""
    carriers: dict[Line, dict[str, Sampled]] = defaultdict(dict)
    example: dict[Line, str] = {}
    counts: Counter[str] = Counter()
    seconds = []
    for name, site, day, text in texts:
        body = clean(Extracted(text=text, extractor="plain"), rules=rules).body
        if not body:
            continue
        started = time.perf_counter()
        paragraphs = tuple(_paragraphs(body))
        teller = witness(paragraphs)
        found = sight_lines(paragraphs, site=site, rules=rules)
        seconds.append(time.perf_counter() - started)
        counts["articles"] += 1
        counts["chars"] += len(body)
        counts["sightings"] += len(found)
        for each in found:
            line = (site, each.place, each.key)
            example[line] = paragraphs[each.index].text
            carriers[line].setdefault(
                name, Sampled(name, day, each.is_sentence, each.is_closing, each.related_ratio, teller)
            )
    counts["micros_per_article"] = round(statistics.mean(seconds) * 1e6)
    return carriers, example, counts


def taken_out(carriers: dict[Line, dict[str, Sampled]]) -> list[Line]:
    """Return the lines that the verdict takes out, in order."""
    return sorted(
        line
        for line, found in carriers.items()
        if len(found) > 1 and judge_sightings(line[1], list(found.values()), THRESHOLDS).is_boilerplate
    )


def main() -> None:
    """Print the tables; with an argument, also every line that is taken out of the outlets."""
    rules = load_rules()
    texts, labels = labelled_pages()
    carriers, example, counts = measure(texts, rules)
    lines = taken_out(carriers)
    found = Counter(
        labels.get((name, fold_line(example[line])), "unlabelled")
        for line in lines
        for name in carriers[line]
    )
    print(f"labelled pages: {dict(counts)}")
    print(f"  lines taken out {len(lines)}, occurrences by label {dict(found)}")
    carriers, example, counts = measure(outlets(), rules)
    lines = taken_out(carriers)
    chars = sum(len(example[line]) * len(carriers[line]) for line in lines)
    print(f"outlets: {dict(counts)}")
    print(f"  sightings per article {counts['sightings'] / counts['articles']:.1f}")
    print(f"  lines taken out {len(lines)}, occurrences {sum(len(carriers[line]) for line in lines)}")
    print(f"  characters taken out {chars:,} of {counts['chars']:,} ({chars / counts['chars']:.3%})")
    if len(sys.argv) > 1:
        for line in lines:
            print(f"  {line[0]} {line[1]} {len(carriers[line])} x {example[line][:200]}")


if __name__ == "__main__":
    main()
