"""Rows of a small newsroom: two outlets, a wire, a fortnight of days, a run a day.

Each article's texts, spans, layout and hashes agree with each other.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from copydesk.schemas.enums import STAYS_IN_BODY
from copydesk.transforms.identify import digest
from copydesk.transforms.text.count_words import count_words

Rows = dict[str, list[dict]]
FIRST_DAY = datetime(2025, 3, 3, 6, tzinfo=UTC)
DAYS = 14
NOW = FIRST_DAY + timedelta(days=DAYS - 1, hours=6)
SOURCES = ("harbour-gazette", "fellside-post", "norvane-wire")
VERSIONS = {"copydesk": "0.1.0", "extractor": "plain-1", "rules": "1", "parameters": "1"}
ASK = "Local reporting costs money. Please give what you can."
SHARE = "Share this story"
PLACES = ("Aldermoss", "Norvane", "Hask", "Valmorne", "Fellside", "Quell", "Tarn Bridge", "Orrin")
ACTORS = ("The council", "A ferry crew", "Two teachers", "The river board", "A baker", "The clock society")
DEEDS = ("opened the sluice gates", "asked for a longer pier", "counted the seals", "moved the market hall")


def run_id(day: int) -> str:
    return f"run-{day:02}"


def body_of(rows: Rows, article_id: str) -> str:
    return next(row["body"] for row in rows["revisions"] if row["article_id"] == article_id)


def made_up_body(day: int, number: int, source: str) -> str:
    """Return three paragraphs that no other day, number and source have."""
    place, actor = PLACES[(day + number) % len(PLACES)], ACTORS[(day * 5 + number) % len(ACTORS)]
    deed, count = DEEDS[(day + 2 * number) % len(DEEDS)], 100 + 37 * day + 11 * number
    return "\n\n".join(
        (
            f"{actor} {deed} near {place} on day {day + 1}, and {count} people came to watch.",
            f"“We had not planned for {count + 3} of them,” said a warden. It was report {number + 1}.",
            f"The next meeting at {place} is open to all, as {source} was told. Entry costs {day + 2} crowns.",
        )
    )


def add_article(rows: Rows, *, source: str, day: int, number: int, body: str | None = None) -> str:
    """Add an article with its document, wording, spans and dates; return its identifier."""
    url = f"https://{source}.example/{day + 1}/{number}"
    seen = FIRST_DAY + timedelta(days=day, minutes=number)
    article_id = digest(url)
    site = f"{source}.example"
    rows["articles"].append(
        {
            "article_id": article_id,
            "source_id": source,
            "site": site,
            "canonical_url": url,
            "external_id": None,
            "origin": url,
            "first_seen_at": seen,
            "last_seen_at": seen,
            "run_id": run_id(day),
        }
    )
    title = (
        f"{ACTORS[(day * 5 + number) % len(ACTORS)]} at {PLACES[(day + number) % len(PLACES)]}, day {day + 1}"
    )
    add_wording(rows, article_id, title, body or made_up_body(day, number, source), seen=seen, day=day)
    return article_id


def add_wording(
    rows: Rows,
    article_id: str,
    title: str,
    body: str,
    *,
    seen: datetime,
    day: int,
    revision_number: int = 1,
) -> str:
    article = next(row for row in rows["articles"] if row["article_id"] == article_id)
    revision_id = digest(article_id, title, body)
    document_id = digest(article_id, revision_id, "document")
    spans, layout, extracted = _take_apart(title, body)
    dateline = next((text for _, _, kind, _, text in spans if kind == "dateline"), None)
    rows["documents"].append(
        {
            "document_id": document_id,
            "source_id": article["source_id"],
            "origin": article["origin"],
            "url": article["canonical_url"],
            "fetched_at": seen,
            "media_type": "text/plain",
            "payload": extracted.encode(),
            "payload_sha256": _sha256(extracted),
            "payload_bytes": len(extracted.encode()),
            "article_id": article_id,
            "revision_id": revision_id,
            "outcome": "new" if revision_number == 1 else "revised",
            "run_id": run_id(day),
        }
    )
    rows["revisions"].append(
        {
            "revision_id": revision_id,
            "article_id": article_id,
            "document_id": document_id,
            "revision_number": revision_number,
            "is_latest": True,
            "first_seen_at": seen,
            "last_seen_at": seen,
            "title": title,
            "authors": ["Ada Quill"],
            "publisher": article["source_id"].replace("-", " ").title(),
            "language": "en",
            "dateline": dateline,
            "published_at": seen - timedelta(hours=2),
            "published_on": (seen - timedelta(hours=2)).date(),
            "published_precision": "minute",
            "published_method": "carrier",
            "completeness": "full",
            "body": body,
            "body_sha256": _sha256(body),
            "body_words": count_words(body),
            "body_chars": len(body),
            "words_hash": digest(body.lower()),
            "extracted_sha256": _sha256(extracted),
            "extracted_chars": len(extracted),
            "layout": layout,
            "versions": VERSIONS,
            "run_id": run_id(day),
        }
    )
    for start, end, kind, action, text in spans:
        rows["boilerplate_spans"].append(
            {
                "revision_id": revision_id,
                "start_char": start,
                "end_char": end,
                "kind": kind,
                "action": action,
                "rule_id": f"{kind}-1",
                "evidence": "line matched",
                "confidence_ratio": 1.0,
                "text": text,
                "run_id": run_id(day),
            }
        )
    add_candidate(rows, revision_id, 1, seen - timedelta(hours=2), "published", is_chosen=True, day=day)
    add_candidate(rows, revision_id, 2, seen - timedelta(days=400), "background", is_chosen=False, day=day)
    rows["sketches"] += [
        {
            "article_id": article_id,
            "revision_id": revision_id,
            "shingle_hash": int(digest(revision_id, str(n))[:14], 16),
            "shingle_count": 40,
            "run_id": run_id(day),
        }
        for n in range(3)
    ]
    return revision_id


def add_candidate(
    rows: Rows, revision_id: str, ordinal: int, at: datetime, kind: str, *, is_chosen: bool, day: int
) -> None:
    rows["date_candidates"].append(
        {
            "revision_id": revision_id,
            "ordinal": ordinal,
            "value": at.isoformat(),
            "precision": "minute",
            "kind": kind,
            "method": "carrier" if is_chosen else "text",
            "evidence": at.isoformat(),
            "is_chosen": is_chosen,
            "reason": "stated by the carrier" if is_chosen else "told as background",
            "run_id": run_id(day),
        }
    )


def add_second_wording(rows: Rows, article: dict) -> None:
    """Give an article a corrected wording on the last day."""
    first = next(row for row in rows["revisions"] if row["article_id"] == article["article_id"])
    first["is_latest"] = False
    rows["sketches"] = [row for row in rows["sketches"] if row["article_id"] != article["article_id"]]
    seen = FIRST_DAY + timedelta(days=DAYS - 1, minutes=40)
    article["last_seen_at"] = seen
    body = first["body"] + "\n\nCorrection: an earlier version gave the wrong pier."
    add_wording(rows, article["article_id"], first["title"], body, seen=seen, day=DAYS - 1, revision_number=2)
    rows["revisions"][-1]["published_at"] = first["published_at"]
    rows["revisions"][-1]["published_on"] = first["published_on"]


def add_refused(rows: Rows, *, day: int, number: int = 0) -> None:
    """Add a document that was not accepted."""
    document_id = digest("refused", str(day), str(number))
    seen = FIRST_DAY + timedelta(days=day, minutes=30)
    rows["documents"].append(
        {
            "document_id": document_id,
            "source_id": SOURCES[0],
            "origin": "https://harbour-gazette.example/empty",
            "fetched_at": seen,
            "media_type": "text/plain",
            "payload": b"",
            "payload_sha256": _sha256(""),
            "payload_bytes": 0,
            "outcome": "quarantined",
            "run_id": run_id(day),
        }
    )
    rows["quarantine"].append(
        {
            "document_id": document_id,
            "step": "extract",
            "run_id": run_id(day),
            "source_id": SOURCES[0],
            "origin": "https://harbour-gazette.example/empty",
            "reason": "no_body",
            "detail": "no text in 0 bytes",
            "quarantined_at": seen,
        }
    )


def _take_apart(title: str, body: str) -> tuple[list[tuple], list[dict], str]:
    """Return spans, layout and the extracted text from which cleaning would give this body."""
    paragraphs = body.split("\n\n")
    kept = "\n".join(paragraphs)
    head, tail = f"{title}\n", f"\n{ASK}\n{SHARE}"
    extracted = head + kept + tail
    at, layout = 0, []
    for paragraph in paragraphs[:-1]:
        at += len(paragraph)
        layout.append({"at_char": at, "length_chars": 2, "text": "\n"})
        at += 2
    end = len(head) + len(kept)
    cut = end + 1 + len(ASK)
    spans = [
        (0, len(head), "title_line", "metadata", head),
        (
            len(head),
            len(head) + len(paragraphs[0].split()[0]),
            "dateline",
            "metadata",
            body.split(maxsplit=1)[0],
        ),
        (end, cut, "donation", "drop", extracted[end:cut]),
        (cut, len(extracted), "share", "drop", extracted[cut:]),
    ]
    assert {kind for _, _, kind, _, _ in spans} & {str(kind) for kind in STAYS_IN_BODY}
    return spans, layout, extracted


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
