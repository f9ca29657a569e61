"""Load pages whose date is known: set by hand (dates_dev), by hand-written parsers (fundus_dev), or declared.

The parsers' times are often in UTC, whatever day readers see. So a day is right there as the parser writes it, or in
the zones of the publisher's country. A midnight is a day alone.

`shown` are all pages of the corpora that declare one day of publication, without their declarations: what is left is
what readers see, and a declared moment is right on the days beside its own too.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from lxml.html import tostring
from trafilatura import load_html

from benchmarks.corpora import shared, side_of
from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.read_declared import read_declared
from copydesk.transforms.identify import registered_domain
from copydesk.transforms.page.walk_page import walk_page

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_LATE = datetime(2026, 11, 28, tzinfo=UTC)
_FIRM = 0.9


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A page, the days that are right, and the moment where it is known; `at` without a zone is a local time."""

    name: str
    url: str
    days: frozenset[date]
    at: datetime | None
    fetched_at: datetime
    path: Path
    is_bare: bool = False

    @property
    def html(self) -> bytes:
        """Read the page's bytes; of a bare one, without its declarations."""
        source = gzip.decompress(self.path.read_bytes())
        return _bare(source) if self.is_bare else source

    @property
    def half(self) -> str:
        """Name the half of its site: a to learn from, b to validate on."""
        site = registered_domain(self.url) or self.url
        return side_of(site)


def load_dated_pages(corpus: str) -> list[DatedPage]:
    """Load a corpus: dates, fundus, shown, or the path of a JSON Lines file with url, path and date."""
    readers = {"dates": _dates, "fundus": _fundus, "shown": _shown}
    return list(readers[corpus]() if corpus in readers else _labels(shared(str(Path(corpus).absolute()))))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _dates() -> Iterator[DatedPage]:
    folder = shared("corpora/dates_dev")
    for row in _rows(folder / "index.jsonl"):
        if isinstance(row["date"], str):
            days = frozenset({date.fromisoformat(row["date"])})
            yield DatedPage(row["file"][:8], row["url"], days, None, NOW, folder / row["file"])


def _fundus() -> Iterator[DatedPage]:
    folder = shared("corpora/fundus_dev")
    for row in _rows(folder / "index.jsonl"):
        at = datetime.fromisoformat(row["published"])
        is_timed = (at.hour, at.minute) != (0, 0)
        days = {at.date()}
        if is_timed and at.tzinfo:
            days |= {at.astimezone(zone).date() for zone in _zones(row["country"])}
        fetched_at = datetime.fromisoformat(row["crawled_at"]).replace(tzinfo=UTC)
        yield DatedPage(
            row["file"].removesuffix(".html.gz"), row["url"], frozenset(days), at if is_timed else None, fetched_at,
            folder / row["file"],
        )  # fmt: skip


def _shown() -> Iterator[DatedPage]:
    index = gzip.decompress(shared("corpora/pages_dev/index.jsonl.gz").read_bytes()).decode()
    rows = map(json.loads, index.splitlines())
    others = [
        DatedPage(
            row["doc_id"], row["url"], frozenset(), None, NOW, shared(f"corpora/pages_dev/{row['file']}")
        )
        for row in rows
    ]
    pages = {page.url: page for page in (*_fundus(), *_dates(), *others)}
    for page in pages.values():
        tree = load_html(page.html)
        found = read_declared(walk_page(tree)) if tree is not None else []
        firm = [item for item in found if item.weight >= _FIRM and item.kind is DateKind.PUBLISHED]
        days = {item.reading.on for item in firm}
        if len(days) == 1 and (day := days.pop()):
            beside = (-1, 0, 1) if any(item.reading.has_clock for item in firm) else (0,)
            right = frozenset(day + timedelta(days=step) for step in beside)
            yield replace(page, days=right, at=None, fetched_at=_LATE, is_bare=True)


def _bare(source: bytes) -> bytes:
    tree = load_html(source)
    for element in list(tree.iter("script", "meta")):
        element.drop_tree()
    return tostring(tree, encoding="utf-8")


def _labels(path: Path) -> Iterator[DatedPage]:
    for row in _rows(path):
        days = frozenset({date.fromisoformat(row["date"])}) if row["date"] else frozenset[date]()
        at = datetime.fromisoformat(row["at"]) if row.get("at") else None
        yield DatedPage(row["name"], row["url"], days, at, NOW, shared(f"corpora/{row['path']}"))


def _zones(country: str) -> list[ZoneInfo]:
    wanted = {"us": "US/", "ca": "Canada/"}.get(country)
    if wanted:
        return [ZoneInfo(name) for name in sorted(available_timezones()) if name.startswith(wanted)]
    from pytz import country_timezones  # noqa: PLC0415 - the gold alone needs it

    return [ZoneInfo(name) for name in country_timezones.get({"uk": "gb"}.get(country, country), [])]
