"""Load pages whose date is known: days set by hand (dates_dev), times by hand-written parsers (fundus_dev).

The parsers' times are often in UTC, whatever day readers see. So a day is right there as the parser writes it, or in
the zones of the publisher's country. A midnight is a day alone.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from transforms.registered_domain import registered_domain

CORPORA = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "corpora"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A page, the days that are right, and the moment where it is known; `at` without a zone is a local time."""

    name: str
    url: str
    days: frozenset[date]
    at: datetime | None
    fetched_at: datetime
    path: Path

    @property
    def html(self) -> bytes:
        """Read the page's bytes."""
        return gzip.decompress(self.path.read_bytes())

    @property
    def half(self) -> str:
        """Name the half of its site: a to learn from, b to validate on."""
        site = registered_domain(self.url) or self.url
        return "ab"[int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % 2]


def load_dated_pages(corpus: str) -> list[DatedPage]:
    """Load a corpus: dates, fundus, or the path of a JSON Lines file with url, path and date (labels of one's own)."""
    readers = {"dates": _dates, "fundus": _fundus}
    return list(readers[corpus]() if corpus in readers else _labels(Path(corpus)))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise SystemExit(f"no dated pages in {path} (set COPYDESK_SHARED)")
    yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _dates() -> Iterator[DatedPage]:
    folder = CORPORA / "dates_dev"
    for row in _rows(folder / "index.jsonl"):
        if isinstance(row["date"], str):
            days = frozenset({date.fromisoformat(row["date"])})
            yield DatedPage(row["file"][:8], row["url"], days, None, NOW, folder / row["file"])


def _fundus() -> Iterator[DatedPage]:
    folder = CORPORA / "fundus_dev"
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


def _labels(path: Path) -> Iterator[DatedPage]:
    for row in _rows(path):
        days = frozenset({date.fromisoformat(row["date"])}) if row["date"] else frozenset[date]()
        at = datetime.fromisoformat(row["at"]) if row.get("at") else None
        yield DatedPage(row["name"], row["url"], days, at, NOW, CORPORA / row["path"])


def _zones(country: str) -> list[ZoneInfo]:
    wanted = {"us": "US/", "ca": "Canada/"}.get(country)
    if wanted:
        return [ZoneInfo(name) for name in sorted(available_timezones()) if name.startswith(wanted)]
    from pytz import country_timezones  # noqa: PLC0415 - the gold alone needs it

    return [ZoneInfo(name) for name in country_timezones.get({"uk": "gb"}.get(country, country), [])]
