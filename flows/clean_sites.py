"""Takes out of some documents what their sites repeat among them: site memory for those who keep no warehouse."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from copydesk.flows.workers.clean_task import SPAN, Kept
from copydesk.transforms.rules.records import RuleSet
from copydesk.transforms.site_memory.judge_sightings import (
    MOST_SAMPLED,
    SiteLine,
    SiteThresholds,
    judge_carriers,
)
from copydesk.transforms.site_memory.line_keys import line_keys
from copydesk.transforms.site_memory.settle_revision import settle_revision, sight_revision

Record = dict[str, Any]
Row = dict[str, Any]


def clean_sites(found: Iterable[Kept], rules: RuleSet, thresholds: SiteThresholds) -> Iterator[Record]:
    """Yield the records in their order, with `body` and `spans` as an ingest of these documents would have them.

    They wait in a temporary file; only wordings with a line that another article of their site carries are looked at.
    """
    with TemporaryFile("w+", encoding="utf-8") as file:
        shared = _keep(found, file)
        boilerplate = _judge(_read(file), shared, rules, thresholds) if any(shared.values()) else {}
        for record, revision in _read(file):
            lines = boilerplate.get(revision["site"]) if revision else None
            yield _settled(record, revision, lines, rules) if revision and lines else record


def _keep(found: Iterable[Kept], file: IO[str]) -> dict[str, set[int]]:
    """Write what was found; return by site the keys of the lines that several articles carry."""
    first: dict[tuple[str, int], str] = {}
    shared: dict[str, set[int]] = {}
    for record, revision in found:
        file.write(json.dumps((record, revision), default=str) + "\n")
        if revision is None:
            continue
        site, article = revision["site"], revision["article_id"]
        keys = line_keys(revision["body"])
        shared.setdefault(site, set()).update(
            key for key in keys if first.setdefault((site, key), article) != article
        )
    return shared


def _read(file: IO[str]) -> Iterator[Kept]:
    file.seek(0)
    for line in file:
        record, revision = json.loads(line)
        if revision is not None and revision["published_on"]:
            revision["published_on"] = date.fromisoformat(revision["published_on"])
        yield record, revision


def _judge(
    kept: Iterable[Kept], shared: dict[str, set[int]], rules: RuleSet, thresholds: SiteThresholds
) -> dict[str, dict[int, str]]:
    """Return the lines that are a site's, by site and hash."""
    lines: dict[int, SiteLine] = {}
    sightings: dict[int, dict[str, Row]] = {}
    for _, revision in kept:
        if revision is None or not (keys := shared[revision["site"]]):
            continue
        seen, told = sight_revision(
            revision, revision["spans"], site=revision["site"], rules=rules, keys=keys
        )
        lines |= told
        for row in seen:
            sightings.setdefault(row["line_hash"], {}).setdefault(row["article_id"], row)
    boilerplate: dict[str, dict[int, str]] = {}
    for name, carriers in sightings.items():
        row = judge_carriers(_carried(name, carriers), lines[name], thresholds)
        if row["verdict"] == "boilerplate":
            boilerplate.setdefault(row["site"], {})[name] = row["line"]
    return boilerplate


def _carried(line_hash: int, carriers: dict[str, Row]) -> Row:
    days = [row["published_on"] for row in carriers.values() if row["published_on"]]
    return {
        "line_hash": line_hash,
        "article_count": len(carriers),
        "first_published_on": min(days, default=None),
        "last_published_on": max(days, default=None),
        "sample": [carriers[article] for article in sorted(carriers)[:MOST_SAMPLED]],
    }


def _settled(record: Record, revision: Row, boilerplate: dict[int, str], rules: RuleSet) -> Record:
    settled = settle_revision(revision, revision["spans"], boilerplate, site=revision["site"], rules=rules)
    if settled is None:
        return record
    row, own = settled
    spans = [*record["spans"], *({name: span[name] for name in SPAN} for span in own)]
    return record | {"body": row["body"], "spans": sorted(spans, key=lambda span: span["start_char"])}
