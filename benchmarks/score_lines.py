"""Print what the rules take from labelled lines of real pages, by rule, and each story line that they take.

Usage: python benchmarks/score_lines.py [--half a|b|ab] [--extractor traf_recall] [--show 20]
Lines are labelled body, boilerplate or uncertain by alignment with the pages' gold. Only their text is used: no links,
no containers. Sites are halved by a hash of their domain, so that rules written after one half are tried on the other.
"""

import argparse
import gzip
import hashlib
import json
import os
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from copydesk.flows.load_rules import load_rules  # noqa: E402
from copydesk.schemas.enums import STAYS_IN_BODY  # noqa: E402
from copydesk.transforms.clean.clean import clean  # noqa: E402
from copydesk.transforms.records import Extracted  # noqa: E402

SHARED = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))
LABELS = ("body", "boilerplate", "uncertain")


def half_of(domain: str) -> str:
    """Return the half of the sites that a domain belongs to."""
    return "ab"[int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % 2]


def main() -> None:
    """Score the news pages of the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", default="ab", choices=["a", "b", "ab"])
    parser.add_argument("--extractor", default="traf_recall")
    parser.add_argument("--show", type=int, default=20)
    wanted = parser.parse_args()
    corpus = SHARED / "corpora" / "cleaning_dev.jsonl.gz"
    if not corpus.exists():
        sys.exit(f"the corpora are not in {SHARED}: set COPYDESK_SHARED")
    rules = load_rules()
    total: Counter = Counter()
    by_rule: dict[str, Counter] = defaultdict(Counter)
    lost = []
    with gzip.open(corpus, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if (
                row["extractor"] != wanted.extractor
                or not row["news"]
                or half_of(row["domain"]) not in wanted.half
            ):
                continue
            total["documents"] += 1
            texts = [line["text"].replace("\n", " ") for line in row["lines"]]
            title = next((line["text"] for line in row["lines"] if line.get("why") == "title"), None)
            cleaned = clean(Extracted("\n".join(texts), "lines", title=title), rules=rules)
            spans = [span for span in cleaned.spans if span.kind not in STAYS_IN_BODY]
            start = 0
            for line, text in zip(row["lines"], texts, strict=True):
                end = start + len(text)
                over = [span for span in spans if span.start_char < end and span.end_char > start]
                gone = sum(min(end, span.end_char) - max(start, span.start_char) for span in over)
                total[line["label"]] += len(text)
                total[line["label"], "lines"] += 1
                total[line["label"], "gone"] += gone
                total[line["label"], "gone lines"] += gone > len(text) / 2
                for span in over:
                    by_rule[span.rule_id][line["label"]] += min(end, span.end_char) - max(
                        start, span.start_char
                    )
                if gone and line["label"] == "body":
                    lost.append((over[0].rule_id, row["domain"], text[:120]))
                start = end + 1
    print(f"{total['documents']} documents of half {wanted.half}, {wanted.extractor}")
    for label in LABELS:
        share = 100 * total[label, "gone"] / max(1, total[label])
        lines = f"lines {total[label, 'lines']:6} taken {total[label, 'gone lines']:5}"
        print(f"{label:12} {lines}  chars {total[label]:8} taken {share:7.3f} %")
    good, bad = total["boilerplate", "gone lines"], total["body", "gone lines"]
    print(f"precision of lines, the uncertain apart: {good / max(1, good + bad):.3f}")
    for rule_id, chars in sorted(by_rule.items(), key=lambda item: (-item[1]["body"], item[0])):
        print(f"  {rule_id:26} " + "  ".join(f"{label} {chars[label]:6}" for label in LABELS))
    for rule_id, domain, text in lost[: wanted.show]:
        print(f"lost by {rule_id} ({domain}): {text}")


if __name__ == "__main__":
    main()
