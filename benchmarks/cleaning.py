"""Compare extraction and cleaning with other tools on whole pages, and tell what cleaning removes.

    python -m benchmarks.cleaning [--processes 2] [--lost]

Prints, all from one run: word F1 per gold set and half of the sites, pages below .8, segments, seconds a tool took;
then what of the extracted lines cleaning removed, by the label of the line; with --lost each body line that lost
characters. Lines are labelled by the gold: body (stands in a gold paragraph), optional, title or the like
("uncertain" in the corpus), junk. Nothing here is trained, so there is nothing to cross-validate. The halves of the
sites show how figures vary; leftovers of both were read while rules were written, so neither is held out.
"""

import argparse
import gzip
import json
import logging
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import Pool
from statistics import mean

import lxml.html
import trafilatura
from readability import Document
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from benchmarks.corpora import shared
from benchmarks.pages import BAD_PAGE, GOLD_SETS, Page, load_pages, score, segments
from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Cleaned, Extracted, Payload
from copydesk.transforms.refuse import Unextractable
from copydesk.transforms.text.letters_of import letters_of

RULES = load_rules()


def of_trafilatura(page: Page, **options: bool) -> str:
    return trafilatura.extract(page.content, **options) or ""


def of_readability(page: Page) -> str:
    try:
        summary = Document(page.content.decode("utf-8", "replace")).summary()
    except Exception:  # noqa: BLE001 - a peer that fails on a page has found nothing there
        return ""
    return lxml.html.fromstring(summary).text_content()


def of_resiliparse(page: Page) -> str:
    tree = HTMLTree.parse_from_bytes(page.content, "utf-8")
    return extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False, comments=False)


TOOLS: dict[str, Callable[[Page], str]] = {
    "trafilatura": of_trafilatura,
    "  precision": lambda page: of_trafilatura(page, favor_precision=True),
    "  no comments": lambda page: of_trafilatura(page, include_comments=False),
    "readability-lxml": of_readability,
    "resiliparse": of_resiliparse,
}
Result = tuple[str, dict[str, str], dict[str, float], tuple[Extracted, Cleaned] | None]


def run_page(page: Page) -> Result:
    """Run every tool over one page; seconds are of the processor."""
    logging.disable(logging.CRITICAL)
    texts, seconds = {}, {}
    for name, tool in TOOLS.items():
        started = time.process_time()
        texts[name] = tool(page)
        seconds[name] = time.process_time() - started
    started = time.process_time()
    try:
        extracted = extract(Payload(page.content, "text/html", url=page.url))
    except Unextractable:
        extracted = None
    seconds["copydesk extract"] = time.process_time() - started
    cleaned = clean(extracted, rules=RULES) if extracted else None
    seconds["copydesk"] = time.process_time() - started
    texts["copydesk extract"] = extracted.text if extracted else ""
    texts["copydesk"] = cleaned.body if cleaned else ""
    kept = (replace(extracted, page=None), cleaned) if extracted and cleaned else None
    return page.page_id, texts, seconds, kept


def print_whole_pages(pages: list[Page], results: dict[str, Result]) -> None:
    names = list(next(iter(results.values()))[1])
    base = sum(result[2]["trafilatura"] for result in results.values())
    print(
        "| tool | sh | fe | ft | pages below .8 | half a | half b | te has / leaks | wcxb recall | docs/s | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for name in names:
        scores = {page.page_id: score(page, results[page.page_id][1][name]) for page in pages if page.gold}
        by_set = [[scores[page.page_id].f1 for page in pages if page.dataset == gold] for gold in GOLD_SETS]
        by_half = [
            mean(scores[page.page_id].f1 for page in pages if page.dataset in GOLD_SETS and page.half == half)
            for half in "ab"
        ]
        wcxb = mean(scores[page.page_id].recall for page in pages if page.dataset == "wcxb" and page.gold)
        te = segments(
            [page for page in pages if page.dataset == "te"], lambda p, n=name: results[p.page_id][1][n]
        )
        spent = sum(result[2][name] for result in results.values())
        cells = [f"{mean(values):.4f}" for values in by_set]
        low = " / ".join(str(sum(value < BAD_PAGE for value in values)) for values in by_set)
        halves = [f"{value:.4f}" for value in by_half]
        tail = [
            f"{te[0]:.3f} / {te[1]:.3f}",
            f"{wcxb:.3f}",
            f"{len(pages) / spent:.0f}",
            f"{base / spent:.2f}",
        ]
        print("|", " | ".join([name, *cells, low, *halves, *tail]), "|")


def load_labels() -> dict[str, dict[str, str]]:
    """Load the corpus's labels of lines, by page and folded line."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    with gzip.open(shared("corpora/cleaning_dev.jsonl.gz"), "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            for line in row["lines"]:
                labels[row["doc_id"]].setdefault(letters_of(line["text"]), line["label"])
    return labels


def labeller(page: Page, labels: dict[str, str]) -> Callable[[str], str]:
    """Give the function that labels a line of this page."""
    gold, optional, parts = (
        letters_of("".join(page.gold)),
        letters_of("".join(page.optional)),
        [letters_of(part) for part in page.gold],
    )

    def label_of(line: str) -> str:
        folded = letters_of(line)
        if folded in gold:
            return "body"
        if folded in optional:
            return "optional"
        if any(len(part) > 25 and part in folded for part in parts) or labels.get(folded) == "body":
            return "body"
        return "uncertain" if labels.get(folded) == "uncertain" else "junk"

    return label_of


def removed_chars(extracted: Extracted, cleaned: Cleaned) -> list[tuple[str, int, int, str]]:
    """Give each line with its characters, how many of them were removed, and the rules that did it."""
    rows, start = [], 0
    spans = [span for span in cleaned.spans if span.kind != "dateline"]
    for line in extracted.text.split("\n"):
        gone, rules = 0, []
        for span in spans:
            low, high = max(start, span.start_char), min(start + len(line), span.end_char)
            if low < high:
                gone += len(re.sub(r"\s", "", extracted.text[low:high]))
                rules.append(span.rule_id)
        rows.append((line, len(re.sub(r"\s", "", line)), gone, " ".join(rules)))
        start += len(line) + 1
    return rows


def print_lines(pages: list[Page], results: dict[str, Result], *, show_lost: bool) -> None:
    labels = load_labels()
    lines, chars, by_rule = Counter(), Counter(), Counter()
    hurt, lost = set(), []
    groups = {"news": lambda p: p.dataset in GOLD_SETS, "blogs": lambda p: p.dataset == "wcxb"}
    for page in pages:
        group = next((name for name, holds in groups.items() if holds(page)), None)
        kept = results[page.page_id][3]
        if group is None or kept is None:
            continue
        label_of = labeller(page, labels[page.page_id])
        for line, total, gone, rules in removed_chars(*kept):
            label = label_of(line)
            for half in ("all", page.half):
                lines[group, half, label] += 1
                lines[group, half, label, "gone"] += gone * 2 > total
                chars[group, half, label] += total
                chars[group, half, label, "gone"] += gone
            if gone and group == "news":
                by_rule[rules.split(" ")[0].partition(":")[0].partition(".")[0], label] += 1
            if gone and label == "body" and group == "news":
                hurt.add(page.page_id)
                lost.append((page.page_id, gone, rules, line))
    print(
        "\n| lines of | half | junk removed | precision | recall | F1 | body characters lost | optional | uncertain |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for group in groups:
        for half in ("all", "a", "b"):
            cell = lambda label, g=group, h=half: (lines[g, h, label, "gone"], lines[g, h, label])  # noqa: E731
            junk, body = cell("junk"), cell("body")
            precision, recall = junk[0] / max(1, junk[0] + body[0]), junk[0] / max(1, junk[1])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            loss = chars[group, half, "body", "gone"] / max(1, chars[group, half, "body"])
            rest = ["{} of {}".format(*cell(label)) for label in ("optional", "uncertain")]
            numbers = [
                f"{junk[0]} of {junk[1]}",
                f"{precision:.3f}",
                f"{recall:.3f}",
                f"{f1:.3f}",
                f"{loss:.3%}",
            ]
            print("|", " | ".join([group, half, *numbers, *rest]), "|")
    print(f"\nnews pages with a body line hurt: {len(hurt)} of {sum(p.dataset in GOLD_SETS for p in pages)}")
    print("first rule of removed news lines:", ", ".join(f"{k} {v}" for k, v in by_rule.most_common(24)))
    for row in lost if show_lost else ():
        print("lost", *row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--lost", action="store_true")
    options = parser.parse_args()
    pages = load_pages()
    with Pool(options.processes) as pool:
        results = {result[0]: result for result in pool.imap_unordered(run_page, pages, 8)}
    print_whole_pages(pages, results)
    print_lines(pages, results, show_lost=options.lost)


if __name__ == "__main__":
    main()
