"""Decides what each document brings: a new article, a new wording of a known one, or nothing new.

Enters: one row a document (document_id, article_id, revision_id, fetched_at, stated_at, origin, line, the carrier's
source_id, payload_sha256, published_at_stated and timezone, and when it is published), and the documents that the
warehouse has of those articles (also is_opening).
Leaves: the outcome of each document, and the state of every revision of the articles touched.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import pyarrow as pa

Row = dict[str, Any]
_AT = pa.timestamp("us", tz="UTC")
_CARRIED = ("source_id", "payload_sha256", "published_at_stated")
_OUTCOMES = pa.schema(
    [(name, pa.string()) for name in ("document_id", "article_id", "revision_id", "outcome")]
)
_REVISIONS = pa.schema(
    [
        *((name, pa.string()) for name in ("revision_id", "article_id", "document_id")),
        ("is_new", pa.bool_()),
        ("is_reopened", pa.bool_()),
        ("first_seen_at", _AT),
        ("last_seen_at", _AT),
        ("revision_number", pa.int32()),
        ("is_latest", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of the documents, and the state of all revisions of the articles that they touch.

    `outcomes`: document_id, article_id, revision_id, outcome. `revisions`: revision_id, article_id,
    document_id (of the one that it is shown as), is_new, is_reopened (known, and another document shows it now),
    first_seen_at, last_seen_at, revision_number, is_latest.
    """

    outcomes: pa.Table
    revisions: pa.Table


def revise(documents: pa.Table, known: pa.Table) -> Revised:
    """Return the outcome of each document and the numbering of all revisions of their articles."""
    rows, by_article = documents.to_pylist(), defaultdict[str, list[Row]](list)
    for row in (*known.to_pylist(), *rows):
        by_article[row["article_id"]].append(row)
    revisions = [revision for sights in by_article.values() for revision in _number(sights)]
    known_articles = frozenset(known["article_id"].to_pylist())
    opening = {row["document_id"]: row for row in revisions if row["is_new"]}
    for row in rows:
        opened = opening.get(row["document_id"])
        is_first = opened and opened["revision_number"] == 1 and row["article_id"] not in known_articles
        row["outcome"] = "new" if is_first else "revised" if opened else "unchanged"
    return Revised(pa.Table.from_pylist(rows, _OUTCOMES), pa.Table.from_pylist(revisions, _REVISIONS))


def _number(documents: list[Row]) -> Iterator[Row]:
    """Yield the wordings of an article in order; the last document's is the latest."""
    sights = defaultdict[str, list[Row]](list)
    ordered = _in_order(documents)
    for row in ordered:
        sights[row["revision_id"]].append(row)
    for number, (revision_id, rows) in enumerate(sights.items(), 1):
        opening = next((row for row in rows if row.get("is_opening")), None)
        shown = _shown(rows, opening)
        fetched = [row["fetched_at"] for row in rows]
        yield {
            "revision_id": revision_id,
            "article_id": rows[0]["article_id"],
            "document_id": shown["document_id"],
            "is_new": opening is None,
            "is_reopened": opening is not None and shown is not opening,
            "first_seen_at": min(fetched),
            "last_seen_at": max(fetched),
            "revision_number": number,
            "is_latest": revision_id == ordered[-1]["revision_id"],
        }


def _shown(rows: list[Row], opening: Row | None) -> Row:
    """Return the document whose spans, layout, pictures and dates a wording has: the same whatever came first.

    The earliest published of them; its bytes decide between equals. What carried the same words with a zone, or a zone
    that was named later, stands for the one before it. Of known documents the opening one was the best.
    """
    came = [row for row in rows if "is_opening" not in row]
    rivals = [*came, opening] if opening else came
    valid = [
        row
        for row in rivals
        if not any(_says_zone(other, row) for other in (came if row is opening else rows))
    ]
    return min(valid or rivals, key=_earliness) if came else rivals[0]


def _says_zone(other: Row, row: Row) -> bool:
    """Tell whether a document carries what another does, and names the zone that the other lacks or had before."""
    return (
        other["timezone"] is not None
        and all(other[part] == row[part] for part in _CARRIED)
        and other["timezone"] != row["timezone"]
        and (row["timezone"] is None or _came(row) < _came(other))
    )


def _came(row: Row) -> tuple[datetime, str]:
    return row["fetched_at"], row["document_id"]


def _earliness(row: Row) -> tuple[Any, ...]:
    """Sort by day, moment and time on the clock, earliest first and unknown last, then by what was carried."""
    times = (row["published_on"], row["published_at"], row["published_local_at"])
    known = tuple((at is None, at and at.isoformat()) for at in times)
    return (*known, row["payload_sha256"], row["published_at_stated"] or "", row["document_id"])


def _in_order(documents: list[Row]) -> list[Row]:
    """Sort an article's documents by what they state of their time, then by when they came, then by their place.

    One that states nothing stands behind the one that came before it; where one states a day alone, days decide. So the
    order is a function of the documents, whatever came first.
    """
    came = sorted(
        documents, key=lambda row: (row["fetched_at"], row["origin"], row["line"] or 0, row["document_id"])
    )
    stated = [row["stated_at"] for row in came]
    told = [at for at in stated if at]
    if len(came) == 1 or not told:
        return came
    is_by_day = any(at.timetz().replace(tzinfo=None) == time.min for at in told)
    latest, keys = told[0], []
    for at in stated:
        latest = at or latest
        keys.append(latest.date() if is_by_day else latest)
    return [came[place] for place in sorted(range(len(came)), key=keys.__getitem__)]
