"""Makes `transforms/stories/english_vocabulary.npz`: in how many English news articles each common term stands.

    python -m benchmarks.make_vocabulary

Reads news_dev.parquet. What it writes is hashes and counts, no text: `terms`
as `fold_terms` makes them, sorted; `counts`, each to an eighth of a doubling; `article_count`.
"""

import numpy as np

from benchmarks.corpora import ROOT
from benchmarks.story_corpora import read_news
from copydesk.transforms.stories.scan_texts import KIND_SHIFT, TITLE, scan_texts
from copydesk.transforms.stories.vocabulary import fold_terms
from copydesk.transforms.text.segments import number_values

WRITTEN = ROOT / "transforms" / "stories" / "english_vocabulary.npz"
FEWEST = 30
"""Terms of fewer articles than this are left out."""
BATCH = 500


def main():
    rows = read_news()
    found = []
    for at in range(0, len(rows), BATCH):
        batch = [(row[2] or "", row[3]) for row in rows[at : at + BATCH]]
        texts = [f"{title}\n{body}" for title, body in batch]
        found.append(scan_texts(texts, [len(title) for title, _ in batch]).terms)
    told = np.concatenate(found)
    terms, numbers = number_values(told[told >> KIND_SHIFT < TITLE])
    counts = np.bincount(numbers)
    terms, counts = terms[counts >= FEWEST], counts[counts >= FEWEST]
    folded, first = np.unique(fold_terms(terms), return_index=True)
    coarse = np.exp2((np.log2(counts[first]) * 8).round() / 8).round()
    np.savez_compressed(
        WRITTEN, terms=folded.astype(np.uint32), counts=coarse.astype(np.uint16), article_count=len(rows)
    )
    print(f"{len(folded)} terms of {len(rows)} articles, {WRITTEN.stat().st_size} bytes")


if __name__ == "__main__":
    main()
