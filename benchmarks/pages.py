"""Load the development pages with their gold, and score a text against it.

Golds: `sh` and `fe` by hand, `ft` by parsers of about forty countries; their optional paragraphs are neither rewarded
nor punished. `te` has segments that must and must not be there. `wcxb` is mostly blogs and has no news gold: only its
recall counts.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.corpora import shared

GOLD_SETS = ("sh", "fe", "ft")
BAD_PAGE = 0.8
# A word of letters and digits; of the scripts that part no words, a character.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what a reader's eye found on it."""

    page_id: str
    dataset: str
    domain: str
    url: str
    is_news: bool
    gold: tuple[str, ...]
    optional: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    file: str

    @property
    def content(self) -> bytes:
        """Read the page's bytes."""
        return gzip.decompress(shared(f"corpora/pages_dev/{self.file}").read_bytes())

    @property
    def half(self) -> str:
        """Name the half of the sites that this page's site falls into, by a hash of its domain."""
        return "ab"[hashlib.md5(self.domain.encode(), usedforsecurity=False).digest()[0] % 2]


def load_pages() -> list[Page]:
    """Load the index of all pages."""
    with gzip.open(shared("corpora/pages_dev/index.jsonl.gz"), "rt", encoding="utf-8") as rows:
        return [_page(json.loads(row)) for row in rows]


def _page(row: dict) -> Page:
    return Page(
        row["doc_id"], row["dataset"], row["domain"], row["url"], row["news"], tuple(row["gold"]),
        tuple(row.get("optional", ())), tuple(row.get("with", ())), tuple(row.get("without", ())), row["file"],
    )  # fmt: skip


def words(text: str) -> list[str]:
    """Give the words of a text, lower case."""
    return WORD.findall(text.lower())


@dataclass(frozen=True, slots=True)
class Score:
    """Word F1, precision and recall of one page."""

    f1: float
    precision: float
    recall: float


def score(page: Page, text: str) -> Score:
    """Compare bags of words: found in the gold, and beyond it what is not optional either."""
    found, gold, optional = (
        Counter(words(part)) for part in (text, "\n".join(page.gold), "\n".join(page.optional))
    )
    right = (found & gold).total()
    wrong = (found - gold - optional).total()
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / gold.total() if gold else 0.0
    return Score(2 * precision * recall / (precision + recall) if right else 0.0, precision, recall)


def segments(pages: Iterable[Page], text_of: Callable[[Page], str]) -> tuple[float, float]:
    """Give the share of required and of forbidden segments that texts hold."""
    held, required, leaked, forbidden = 0, 0, 0, 0
    for page in pages:
        text = _flat(text_of(page))
        held += sum(_flat(segment) in text for segment in page.must)
        leaked += sum(_flat(segment) in text for segment in page.must_not)
        required += len(page.must)
        forbidden += len(page.must_not)
    return held / max(1, required), leaked / max(1, forbidden)


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
