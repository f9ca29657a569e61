"""Scores publication dates on pages whose day was set by hand, beside the tools that are used today, in one run.

    python benchmarks/dates.py [--every 1] [--half 0|1] [--wrong]
    python benchmarks/dates.py --texts [--every 3]

Same day is right. Wrong and silent are shares of all pages; precision is right of answered, recall right of pages,
F1 as htmldate's own evaluation counts it (a wrong answer is a false positive, silence a false negative). A page
without a date in the gold is right when a tool stays silent. `--half` takes the sites whose hash is even or odd, to
tune on one half and validate on the other. No tool may open a connection. Times are per page and include parsing,
but for the first line: there copydesk gets the tree that extraction has parsed already, as it does in the pipeline.

With `--texts` it reads articles as bare text, without a page, and compares what it finds with the day on which the
outlet published each: dates that it gave, and bounds that hold.
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import socket
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import trafilatura
from htmldate import find_date
from newspaper import Article, Config

from transforms.dates.date_input import DateInput
from transforms.dates.find_dates import find_dates

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Score:
    """What a tool did over all pages."""

    right: int = 0
    wrong: int = 0
    silent: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    def add(self, page: dict[str, Any], answer: str | None, seconds: float) -> None:
        gold = page["date"] if isinstance(page["date"], str) else None
        self.seconds += seconds
        if answer == gold:
            self.right += 1
        elif answer is None:
            self.silent += 1
        else:
            self.wrong += 1
            self.errors.append(f"{page['file'][:8]} gold {gold} answer {answer} {page['url'][:90]}")

    def line(self, name: str, base: float) -> str:
        pages = self.right + self.wrong + self.silent
        precision = self.right / max(1, self.right + self.wrong)
        f1 = 2 * self.right / max(1, 2 * self.right + self.wrong + self.silent)
        return (
            f"{name:<26} {precision:9.3f} {self.right / pages:7.3f} {f1:6.3f} {self.wrong / pages:7.1%}"
            f" {self.silent / pages:7.1%} {self.seconds / pages * 1000:8.2f} {self.seconds / base:6.2f}"
        )


def main() -> None:
    """Print a table: one line a tool."""
    options = _options()
    if options.texts:
        _texts(options.every)
        return
    pages = _pages(options.every, options.half)
    warnings.simplefilter("ignore")
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    tools = _tools()
    scores = {name: Score() for name in ["copydesk", "copydesk, with parsing", *tools]}
    for page in pages:
        _one_page(page, tools, scores)
    base = scores["trafilatura"].seconds
    print(f"{len(pages)} pages, {len({_site(page['url']) for page in pages})} sites")
    print(
        f"{'':<26} {'precision':>9} {'recall':>7} {'F1':>6} {'wrong':>7} {'silent':>7} {'ms/page':>8} {'ratio':>6}"
    )
    for name, score in scores.items():
        print(score.line(name, base))
    if options.wrong:
        print("\n".join(scores["copydesk"].errors))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    parser.add_argument("--half", choices=["0", "1"], help="take the sites of one half")
    parser.add_argument("--texts", action="store_true", help="date bare texts instead of pages")
    parser.add_argument("--wrong", action="store_true", help="list the pages that copydesk got wrong")
    return parser.parse_args()


def _pages(every: int, half: str | None) -> list[dict[str, Any]]:
    folder = _corpora() / "dates_dev"
    if not folder.is_dir():
        raise SystemExit(f"needs the dated pages in {folder} (set COPYDESK_SHARED)")
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if half is None or _half(row["url"]) == half][::every]
    return [{**row, "html": gzip.decompress((folder / row["file"]).read_bytes())} for row in rows]


def _corpora() -> Path:
    return Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared")) / "corpora"


def _texts(every: int) -> None:
    rows = pq.read_table(_corpora() / "news_dev.parquet", columns=["text", "date"]).to_pylist()[::every]
    rows = [row for row in rows if re.fullmatch(r"\d{4}-\d\d-\d\d", str(row["date"])[:10])]
    count, begin = Counter[str](), time.perf_counter()
    for row in rows:
        found, day = (
            find_dates(DateInput(text=row["text"], language="en")),
            date.fromisoformat(str(row["date"])[:10]),
        )
        if found.published_on:
            count["date right" if found.published_on == day.isoformat() else "date wrong"] += 1
        if found.between_start_at:
            count["first day holds" if found.between_start_at.date() <= day else "first day too late"] += 1
        if found.between_end_at:
            count["last day holds" if found.between_end_at.date() >= day else "last day too early"] += 1
    seconds = time.perf_counter() - begin
    print(f"{len(rows)} texts, {seconds / len(rows) * 1000:.2f} ms each; {dict(sorted(count.items()))}")


def _site(url: str) -> str:
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])


def _half(url: str) -> str:
    return str(int(hashlib.md5(_site(url).encode()).hexdigest(), 16) % 2)


def _refuse(*_: object) -> None:
    raise OSError("this benchmark opens no connection")


def _one_page(
    page: dict[str, Any], tools: dict[str, Callable[[dict[str, Any]], str | None]], scores: dict[str, Score]
) -> None:
    begin = time.perf_counter()
    tree = trafilatura.load_html(page["html"])
    parsed = time.perf_counter()
    answer = find_dates(DateInput(tree=tree, url=page["url"], fetched_at=NOW)).published_on
    end = time.perf_counter()
    scores["copydesk"].add(page, answer, end - parsed)
    scores["copydesk, with parsing"].add(page, answer, end - begin)
    for name, tool in tools.items():
        begin = time.perf_counter()
        try:
            answer = tool(page)
        except Exception:  # noqa: BLE001 - a tool that raises has not answered
            answer = None
        scores[name].add(page, answer, time.perf_counter() - begin)


def _tools() -> dict[str, Callable[[dict[str, Any]], str | None]]:
    config = Config()
    config.fetch_images = False

    def newspaper(page: dict[str, Any]) -> str | None:
        article = Article(page["url"], config=config)
        article.download(input_html=page["html"].decode("utf-8", "replace"))
        article.parse()
        return article.publish_date.date().isoformat() if article.publish_date else None

    def extracted(page: dict[str, Any]) -> str | None:
        document = trafilatura.bare_extraction(page["html"], url=page["url"], with_metadata=True)
        return document.date if document else None

    def dated(*, is_extensive: bool) -> Callable[[dict[str, Any]], str | None]:
        return lambda page: find_date(
            page["html"], url=page["url"], extensive_search=is_extensive, original_date=True
        )

    return {
        "htmldate, fast": dated(is_extensive=False),
        "htmldate, extensive": dated(is_extensive=True),
        "trafilatura": extracted,
        "newspaper4k": newspaper,
    }


if __name__ == "__main__":
    main()
