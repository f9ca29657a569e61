"""Print both halves of whole pages side by side: bodies, persons, agencies, titles and standfirsts, trafilatura beside.

    python -m benchmarks.halves [--processes 2] [--worst N]

Half a of the sites is there to learn from, half b judges: `--worst` lists pages of half a alone. Of fundus_dev, the
paragraphs are the gold, headlines and standfirst are optional; lists and embeds are left out there.
"""

import argparse
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pool
from statistics import mean

import trafilatura

from benchmarks.fundus import NewsPage, agencies_in, key, load_fundus
from benchmarks.pages import BAD_PAGE, GOLD_SETS, Page, load_pages, score
from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Payload
from copydesk.transforms.refuse import Unextractable

rules = cache(load_rules)


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool gives for a page."""

    text: str = ""
    title: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    completeness: str = ""
    extractor: str = ""


def of_copydesk(page: Page | NewsPage) -> Found:
    """Extract and clean a page; what is refused gives nothing."""
    try:
        extracted = extract(Payload(page.content, "text/html", url=page.url))
    except Unextractable:
        return Found()
    cleaned = clean(extracted, rules=rules())
    read = cleaned.readings
    return Found(
        cleaned.body, extracted.title or read.title or "", read.dek or "", read.authors, read.agency or "",
        extracted.completeness, extracted.extractor,
    )  # fmt: skip


def of_trafilatura(page: Page | NewsPage) -> Found:
    """Extract a page as trafilatura does by itself."""
    found = trafilatura.bare_extraction(page.content, with_metadata=True, url=page.url)
    if found is None:
        return Found()
    authors = tuple(filter(None, (found.author or "").split("; ")))
    return Found(found.text or "", found.title or "", found.description or "", authors)


TOOLS: dict[str, Callable[..., Found]] = {"copydesk": of_copydesk, "trafilatura": of_trafilatura}


def run(page) -> tuple[str, dict[str, Found]]:
    """Run both tools over a page."""
    logging.disable(logging.CRITICAL)
    return page.page_id, {name: tool(page) for name, tool in TOOLS.items()}


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def rows_of_pages(pages: list, results: dict, tool: str) -> dict[str, str]:
    """Score whole pages."""
    rows = {}
    for gold in GOLD_SETS:
        scores = [score(p, results[p.page_id][tool].text).f1 for p in pages if p.dataset == gold]
        rows[f"{gold}, {len(scores)} pages: F1; below .8"] = (
            f"{mean(scores):.4f}; {sum(f1 < BAD_PAGE for f1 in scores)}"
        )
    return rows


def rows_of_fundus(pages: list, results: dict, tool: str) -> dict[str, str]:
    """Score bodies, people, agencies and titles of the pages of fundus_dev."""
    found = [(page, results[page.page_id][tool]) for page in pages]
    f1 = [score(page, result.text).f1 for page, result in found if page.gold]
    right = wrong = people = named = agencies = exact = near = titles = 0
    for page, result in found:
        if page.authors is not None:
            mine = {key(name) for name in result.authors}
            right += len(mine & page.people)
            wrong += len(mine - page.people - page.unclear)
            people += len(page.people)
        wanted = page.agencies
        agencies += bool(wanted)
        named += bool(wanted & set(agencies_in(result.agency)))
        if page.title:
            titles += 1
            exact += key(page.title) == key(result.title)
            mine, gold = set(key(result.title).split()), set(key(page.title).split())
            near += len(mine & gold) >= 0.6 * max(1, len(mine | gold))
    return {
        f"fundus, {len(f1)} pages: body F1; below .8": f"{mean(f1):.4f}; {sum(value < BAD_PAGE for value in f1)}",
        "persons P / R": f"{_ratio(right, right + wrong)} / {_ratio(right, people)}"
        f" ({wrong} wrong, {people - right} missed)",
        "agency named": f"{named} of {agencies}",
        "title exact / near": f"{_ratio(exact, titles)} / {_ratio(near, titles)}",
        "standfirst found / another / one where the gold has none": standfirsts(found),
    }


def standfirsts(found: list[tuple[NewsPage, Found]]) -> str:
    """Count the standfirsts that are the gold's, or a part or more of it, and those that are not."""
    pairs = [(key(page.summary), key(result.dek)) for page, result in found]
    told = [(gold, mine) for gold, mine in pairs if gold]
    same = sum(bool(mine) and _hold(gold, mine) for gold, mine in told)
    other = sum(bool(mine) and not _hold(gold, mine) for gold, mine in told)
    extra = sum(not gold and bool(mine) for gold, mine in pairs)
    return f"{_ratio(same, len(told))} / {other} of {len(told)} / {extra}"


def _hold(gold: str, mine: str) -> bool:
    """Whether the words of one are among those of the other."""
    a, b = set(gold.split()), set(mine.split())
    return a <= b or b <= a


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Both halves of whole pages side by side.")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    pages = [page for page in load_pages() if page.dataset in GOLD_SETS]
    news = load_fundus()
    with Pool(options.processes) as pool:
        results = dict(pool.imap_unordered(run, [*pages, *news], 4))
    columns = {}
    for tool in TOOLS:
        for half in "ab":
            mine = [page for page in pages if page.half == half]
            columns[tool, half] = list(rows_of_pages(mine, results, tool).items())
            columns[tool, half] += rows_of_fundus(
                [page for page in news if page.half == half], results, tool
            ).items()
    heads = [f"{tool}, half {half}" for tool, half in columns]
    print("|", " | ".join(["measured", *heads]), "|\n|---|" + "---|" * len(heads))
    for rows in zip(*columns.values(), strict=True):
        names = " / ".join(dict.fromkeys(name for name, _ in rows))
        print("|", " | ".join([names, *(value for _, value in rows)]), "|")
    partial = [p for p in [*pages, *news] if results[p.page_id]["copydesk"].completeness == "partial"]
    print(
        f"\npartial: {len(partial)} of {len(pages) + len(news)}",
        [p.page_id for p in partial if p.half == "a"],
    )
    print_worst([page for page in [*pages, *news] if page.half == "a" and page.gold], results, options.worst)


def print_worst(pages: list, results: dict, count: int) -> None:
    """List the pages of half a that lose most, and what they say of authors and titles."""
    rows = sorted((score(p, results[p.page_id]["copydesk"].text).f1, p.page_id, p) for p in pages)
    for f1, page_id, page in rows[:count]:
        found = results[page_id]["copydesk"]
        mine, theirs = score(page, found.text), score(page, results[page_id]["trafilatura"].text)
        print(
            f"{f1:.3f} P {mine.precision:.3f} R {mine.recall:.3f} trafilatura {theirs.f1:.3f}"
            f" {page_id} {found.extractor}"
        )
    for _, page_id, page in rows if count else ():
        found = results[page_id]["copydesk"]
        if getattr(page, "authors", None) is not None and set(page.authors) != set(found.authors):
            print("authors", page_id, page.authors, found.authors, found.agency)
        if getattr(page, "title", None) and page.title != found.title:
            print("title", page_id, repr(page.title), repr(found.title))


if __name__ == "__main__":
    main()
