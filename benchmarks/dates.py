"""Scores publication dates on pages whose day (or time) is known, both halves of the sites side by side.

    python -m benchmarks.dates [--corpus dates|fundus|shown|FILE] [--through pages|pipeline] [--peers all] [--wrong]
    python -m benchmarks.dates --texts [--every 3]

Half a of the sites is there to learn from, half b judges: `--wrong` lists pages of half a alone. Same day is right.
Precision is right of answered, recall right of pages, F1 as htmldate's own evaluation counts it (a wrong answer is a
false positive, silence a false negative). `times` are of the pages whose minute is known: right is the same minute.
No tool may open a connection. CPU is milliseconds of processor time a page, with parsing. `--through pipeline` takes
each page through extraction and cleaning first, as a run does, and gives what the tables would hold.

With `--texts` it reads articles as bare text, without a page, and compares what it finds with the day on which the
outlet published each: dates that it gave, and bounds that hold.
"""

import argparse
import socket
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

import pyarrow.parquet as pq
import trafilatura
from htmldate import find_date

from benchmarks.corpora import shared
from benchmarks.dated_pages import DatedPage, load_dated_pages
from copydesk.flows.load_rules import load_rules
from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.page.walk_page import walk_page
from copydesk.transforms.records import Dated
from copydesk.transforms.refine import refine_row
from copydesk.transforms.rules.records import RuleSet

Answer = tuple[date | None, datetime | None]
Tool = Callable[[DatedPage], Answer]


@dataclass
class Score:
    """What a tool did over the pages of a half."""

    right: int = 0
    wrong: int = 0
    silent: int = 0
    timed: int = 0
    time_right: int = 0
    time_wrong: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    def add(self, page: DatedPage, answer: Answer, seconds: float) -> None:
        """Count the answer for one page."""
        on, at = answer
        self.seconds += seconds
        verdict = (
            "right" if on in page.days or (on is None and not page.days) else "wrong" if on else "silent"
        )
        setattr(self, verdict, getattr(self, verdict) + 1)
        time_verdict = self._add_time(page, at)
        if verdict != "right" or time_verdict == "wrong":
            self.errors.append(
                f"{verdict} {page.name} gold {sorted(map(str, page.days))} {page.at or ''}"
                f" answer {on} {at or ''} {page.url[:110]}"
            )

    def _add_time(self, page: DatedPage, at: datetime | None) -> str:
        if page.at is None:
            return ""
        self.timed += 1
        if at is None:
            return "silent"
        is_right = _is_same_minute(page.at, at)
        self.time_right += is_right
        self.time_wrong += not is_right
        return "right" if is_right else "wrong"

    def cells(self) -> str:
        """Return the figures as cells of a table."""
        pages = max(1, self.right + self.wrong + self.silent)
        precision = self.right / max(1, self.right + self.wrong)
        f1 = 2 * self.right / max(1, 2 * self.right + self.wrong + self.silent)
        times = (
            f"{self.time_right / self.timed:.3f} {self.time_wrong / self.timed:5.1%}"
            if self.timed
            else " " * 11
        )
        return (
            f"{precision:5.3f} {self.right / pages:5.3f} {f1:5.3f} {self.wrong / pages:5.1%} {times}"
            f" {self.seconds / pages * 1000:6.1f}"
        )


def _is_same_minute(gold: datetime, at: datetime) -> bool:
    """Tell whether two times are of one minute; a time without a zone is compared by its clock, whatever the zone."""
    if gold.tzinfo and at.tzinfo:
        return abs(gold - at) < timedelta(minutes=1)
    if gold.tzinfo or at.tzinfo:
        apart = gold.replace(tzinfo=None) - at.replace(tzinfo=None)
        return abs(apart) < timedelta(hours=15) and apart.seconds // 60 % 15 in {0, 14}
    return abs(gold - at) < timedelta(minutes=1)


def main() -> None:
    """Print a table: a line a tool, both halves beside each other."""
    options = _options()
    if options.texts:
        _texts(options.every)
        return
    pages = load_dated_pages(options.corpus)[:: options.every]
    warnings.simplefilter("ignore")
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    scores: dict[tuple[str, str], Score] = {}
    for page in pages:
        for name, tool in _tools(options.through, options.peers).items():
            begin = time.process_time()
            try:
                answer = tool(page)
            except Exception:
                if name == "copydesk":
                    raise
                answer = None, None  # a tool that raises has not answered
            score = scores.setdefault((name, page.half), Score())
            score.add(page, answer, time.process_time() - begin)
    _print(options, pages, scores)


def _print(options: argparse.Namespace, pages: list[DatedPage], scores: dict[tuple[str, str], Score]) -> None:
    counts = Counter(page.half for page in pages)
    head = f"{'P':>5} {'R':>5} {'F1':>5} {'wrong':>5} {'times':>5} {'wrong':>5} {'CPU':>6}"
    print(f"{options.corpus}: a {counts['a']} pages (learned from), b {counts['b']} pages (validating)")
    print(f"{'':<20} a: {head}   b: {head}")
    for name in dict.fromkeys(name for name, _ in scores):
        print(f"{name:<20}    {scores[name, 'a'].cells()}      {scores[name, 'b'].cells()}")
    if options.wrong:
        print("\n".join(sorted(scores["copydesk", "a"].errors)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--corpus", default="dates", help="dates, fundus, shown, or a JSON Lines file of labels"
    )
    parser.add_argument("--through", choices=["pages", "pipeline"], default="pages")
    parser.add_argument("--peers", choices=["htmldate", "all", "none"], default="htmldate")
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    parser.add_argument("--texts", action="store_true", help="date bare texts instead of pages")
    parser.add_argument(
        "--wrong", action="store_true", help="list the pages of half a that copydesk got wrong"
    )
    return parser.parse_args()


def _texts(every: int) -> None:
    rows = pq.read_table(shared("corpora/news_dev.parquet"), columns=["text", "date"]).to_pylist()[::every]
    count, begin, read = Counter[str](), time.process_time(), 0
    for row in rows:
        try:
            day = date.fromisoformat(str(row["date"])[:10])
        except ValueError:
            continue
        read += 1
        found = find_dates(DateInput(text=row["text"], language="en"))
        if found.published_on:
            count["date right" if found.published_on == day.isoformat() else "date wrong"] += 1
        if found.between_start_at:
            count["first day holds" if found.between_start_at.date() <= day else "first day too late"] += 1
        if found.between_end_at:
            count["last day holds" if found.between_end_at.date() >= day else "last day too early"] += 1
    seconds = time.process_time() - begin
    print(f"{read} texts, {seconds / read * 1000:.2f} ms of CPU each; {dict(sorted(count.items()))}")


def _refuse(*_: object) -> None:
    raise OSError("this benchmark opens no connection")


def _tools(through: str, peers: str) -> dict[str, Tool]:
    tools: dict[str, Tool] = {"copydesk": _from_page if through == "pages" else _through_pipeline}
    if peers in ("htmldate", "all"):
        tools |= {"htmldate, extensive": _htmldate(is_extensive=True)}
    if peers == "all":
        tools |= {
            "htmldate, fast": _htmldate(is_extensive=False),
            "trafilatura": _trafilatura,
            "newspaper4k": _newspaper,
        }
    return tools


def _from_page(page: DatedPage) -> Answer:
    tree = trafilatura.load_html(page.html)
    url = None if page.is_bare else page.url
    return _answer(find_dates(DateInput(page=walk_page(tree), url=url, fetched_at=page.fetched_at)))


def _through_pipeline(page: DatedPage) -> Answer:
    row = {
        "document_id": page.name, "source_id": "dates", "origin": page.url, "line": None, "payload": page.html,
        "media_type": "text/html", "url": page.url, "fetched_at": page.fetched_at,
    }  # fmt: skip
    refined = refine_row(row, _rules(), lambda _: None)
    return (refined["published_on"], None) if isinstance(refined, dict) else _answer(refined.dated)


@cache
def _rules() -> RuleSet:
    return load_rules()


def _answer(found: Dated) -> Answer:
    on = date.fromisoformat(found.published_on) if found.published_on else None
    return on, found.published_at or found.published_local_at


def _htmldate(*, is_extensive: bool) -> Tool:
    def dated(page: DatedPage) -> Answer:
        url = None if page.is_bare else page.url
        found = find_date(page.html, url=url, extensive_search=is_extensive, original_date=True)
        return (date.fromisoformat(found) if found else None), None

    return dated


def _trafilatura(page: DatedPage) -> Answer:
    document = trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True)
    return (date.fromisoformat(document.date) if document and document.date else None), None


def _newspaper(page: DatedPage) -> Answer:
    from newspaper import Article, Config  # noqa: PLC0415 - a peer that need not be there

    config = Config()
    config.fetch_images = False
    article = Article(page.url, config=config)
    article.download(input_html=page.html.decode("utf-8", "replace"))
    article.parse()
    found = article.publish_date
    return (found.date() if found else None), (found if found and found.tzinfo else None)


if __name__ == "__main__":
    main()
