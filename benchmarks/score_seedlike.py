"""Print how much boilerplate cleaning removes from the seed-like corpus, what it costs, and how fast it is.

Usage: python -m benchmarks.score_seedlike [--outlets hl,nc] [--errors] [--speed]
"""

import argparse
import json
import re
import time
from collections import defaultdict

from benchmarks.corpora import shared
from copydesk.flows.load_rules import load_rules
from copydesk.schemas.enums import STAYS_IN_BODY
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.span_rows import restore


def read_gold() -> list[dict]:
    """Return the documents of both golds in one form: doc, lang, text, spans, must_keep."""
    docs = []
    for gold in (shared("articles/gold.json"), shared("corpora/seedlike_dev/gold.json")):
        rows = json.loads(gold.read_text(encoding="utf-8"))
        for row in rows["docs"] if isinstance(rows, dict) else rows:
            text = (gold.parent / row["file"]).read_bytes().decode("utf-8")
            action = {"drop": "drop", "keep": "keep"}
            spans = [{**s, "action": action.get(s["action"].split("+")[0], "metadata")} for s in row["spans"]]
            authors = row.get("authors", row.get("byline"))
            docs.append(
                {
                    **row,
                    "lang": row.get("lang", row.get("language")),
                    "text": text,
                    "spans": spans,
                    "authors": authors,
                }
            )
    return docs


def label(doc: dict) -> list[str]:
    """Return what each character of the text is: the class of a dropped span, metadata, or body."""
    out = ["body"] * len(doc["text"])
    for span in doc["spans"]:
        word = {"drop": span["cls"], "metadata": "metadata", "keep": "body"}[span["action"]]
        out[span["start"] : span["end"]] = [word] * (span["end"] - span["start"])
    return out


def removed(text: str, cleaned: Cleaned) -> list[bool]:
    """Return for each character whether cleaning took it."""
    out = [False] * len(text)
    for span in cleaned.spans:
        if span.kind not in STAYS_IN_BODY:
            out[span.start_char : span.end_char] = [True] * (span.end_char - span.start_char)
    return out


def score(docs: list[dict], rules: RuleSet, *, errors: bool) -> None:
    """Print recall and loss by class and language, and the readings that are right."""
    by_class: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    by_lang: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    kept = lost_keep = 0
    right: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for doc in docs:
        text = doc["text"]
        cleaned = clean(Extracted(text, "plain"), rules=rules)
        labels, gone = label(doc), removed(text, cleaned)
        lang = by_lang[doc["lang"]]
        for char, what, is_gone in zip(text, labels, gone, strict=True):
            if char.isspace() or what == "metadata":
                continue
            if what == "body":
                lang[2] += 1
                lang[3] += is_gone
            else:
                lang[0] += 1
                lang[1] += is_gone
                by_class[what][0] += 1
                by_class[what][1] += is_gone
        kept += len(doc["must_keep"])
        flat = re.sub(r"\s+", "", cleaned.body)
        misses = [keep for keep in doc["must_keep"] if re.sub(r"\s+", "", keep) not in flat]
        lost_keep += len(misses)
        for name, wanted, got in (
            ("title", doc["title"], cleaned.readings.title),
            ("dek", doc["dek"], cleaned.readings.dek),
            ("authors", list(doc["authors"] or []), list(cleaned.readings.authors)),
        ):
            right[name][0] += 1
            right[name][1] += wanted == got
            if errors and wanted != got:
                print(f"{doc['doc']} {name}: wanted {wanted!r}, got {got!r}")
        texts = [text[s.start_char : s.end_char] for s in cleaned.spans]
        assert restore(cleaned.body, cleaned.spans, texts, cleaned.layout) == text, doc["doc"]
        again = clean(Extracted(cleaned.body, "plain"), rules=rules).body
        if again != cleaned.body:
            print(f"{doc['doc']}: cleaning the body again changes it")
        if errors:
            print_errors(doc, cleaned, labels, gone, misses)
    print(f"{'':12} {'to drop':>8} {'recall':>7} {'body':>8} {'lost':>6} {'lost %':>7}")
    total = [sum(row[i] for row in by_lang.values()) for i in range(4)]
    for name, row in [*sorted(by_lang.items()), ("all", total)]:
        print(
            f"{name:12} {row[0]:8} {row[1] / max(1, row[0]):7.4f} {row[2]:8} {row[3]:6}"
            f" {100 * row[3] / max(1, row[2]):7.4f}"
        )
    for name, (chars, got) in sorted(by_class.items()):
        print(f"  {name:20} {chars:7} {got / chars:7.4f}")
    print(f"must keep: {kept - lost_keep} of {kept} kept")
    print("read right: " + ", ".join(f"{name} {got} of {count}" for name, (count, got) in right.items()))


def print_errors(doc: dict, cleaned: Cleaned, labels: list[str], gone: list[bool], misses: list[str]) -> None:
    """Print each run of characters that should have gone and stayed, or the reverse."""
    text = doc["text"]
    for keep in misses:
        print(f"{doc['doc']} LOST a must-keep: {keep}")
    for found in re.finditer(r"[^\n]+", text):
        part = slice(found.start(), found.end())
        kinds = {w for w, c in zip(labels[part], text[part], strict=True) if not c.isspace()}
        left = [
            c
            for c, w, g in zip(text[part], labels[part], gone[part], strict=True)
            if w not in {"body", "metadata"} and not g and not c.isspace()
        ]
        lost = [
            c
            for c, w, g in zip(text[part], labels[part], gone[part], strict=True)
            if w == "body" and g and not c.isspace()
        ]
        if left:
            print(f"{doc['doc']} left  {'/'.join(sorted(kinds))}: {found[0][:150]}")
        if lost:
            by = [
                (s.rule_id, s.evidence)
                for s in cleaned.spans
                if s.start_char < found.end() and s.end_char > found.start()
            ]
            print(f"{doc['doc']} LOST: {found[0][:150]} BY {by}")


def speed(docs: list[dict], rules: RuleSet) -> None:
    """Print articles a second, beside a loop that tries every pattern on every line."""
    texts = [Extracted(doc["text"], "plain") for doc in docs] * 5
    for extracted in texts[: len(docs)]:
        clean(extracted, rules=rules)
    start = time.process_time()
    for extracted in texts:
        clean(extracted, rules=rules)
    ours = len(texts) / (time.process_time() - start)
    patterns = {form.pattern for form in rules.forms}
    start = time.process_time()
    for extracted in texts[: len(docs)]:
        for line in fold(extracted.text.replace("\n", "\0")).split("\0"):
            for pattern in patterns:
                pattern.search(line)
    naive = len(docs) / (time.process_time() - start)
    chars = sum(len(doc["text"]) for doc in docs) / len(docs)
    print(
        f"speed: {ours:.0f} articles/s of {chars:.0f} characters on one core;"
        f" every pattern on every line: {naive:.0f}; ratio {ours / naive:.1f}"
    )


def main() -> None:
    """Score all documents, or those of some outlets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", default="", help="first letters of documents, comma-separated")
    parser.add_argument("--errors", action="store_true", help="print each miss and each loss")
    parser.add_argument("--speed", action="store_true", help="measure speed too")
    wanted = parser.parse_args()
    prefixes = tuple(filter(None, wanted.outlets.split(",")))
    docs = [doc for doc in read_gold() if not prefixes or doc["doc"].startswith(prefixes)]
    rules = load_rules()
    score(docs, rules, errors=wanted.errors)
    if wanted.speed:
        speed(docs, rules)


if __name__ == "__main__":
    main()
