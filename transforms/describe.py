"""Writes a refined document as staged rows."""

import hashlib
from datetime import date
from typing import Any

from copydesk.transforms.identify import identify, revision_id, site_of
from copydesk.transforms.normalise_url import normalise_url
from copydesk.transforms.records import (
    Cleaned,
    Dated,
    Extracted,
    Image,
    Readings,
    Refined,
    as_row,
)
from copydesk.transforms.span_rows import layout_rows, span_row
from copydesk.transforms.text.count_words import count_words

Row = dict[str, Any]


def describe(
    document: Row, refined: Refined, versions: dict[str, str], words_hash: str
) -> dict[str, list[Row]]:
    """Return the rows of one document: refined (one row), images, boilerplate_spans, date_candidates.

    What the page states outside its text goes before what was read inside it.
    """
    extracted, cleaned = refined.extracted, refined.cleaned
    key = {"document_id": document["document_id"]}
    return {
        "refined": [
            key
            | _identity(document, extracted, cleaned, words_hash)
            | _wording(extracted, cleaned)
            | _publication(refined.dated)
            | {
                "fetched_at": document["fetched_at"],
                "stated_at": refined.dated.stated_at,
                "versions": versions | {"extractor": extracted.extractor},
            }
        ],
        "boilerplate_spans": [key | span_row(span, extracted.text) for span in cleaned.spans],
        "images": [
            key | {"position": position} | as_row(image)
            for position, image in enumerate(_images(extracted, cleaned.readings), 1)
        ],
        "date_candidates": [
            key | {"ordinal": ordinal} | as_row(found)
            for ordinal, found in enumerate(refined.dated.candidates, 1)
        ],
    }


def _identity(document: Row, extracted: Extracted, cleaned: Cleaned, words_hash: str) -> Row:
    url = extracted.canonical_url or normalise_url(document["url"])
    readings = cleaned.readings
    is_row = document["line"] is not None  # of text in UTF-8, which was decoded with its file
    own_id, source_id, origin = document["external_id"], document["source_id"], document["origin"]
    article = identify(url, own_id, source_id, origin, document["line"], words_hash)
    title, dek = extracted.title or readings.title, extracted.dek or readings.dek
    return {
        "article_id": article,
        "revision_id": revision_id(article, title, dek, cleaned.body),
        "source_id": source_id,
        "site": site_of(url, extracted.publisher or document["publisher"], source_id),
        "canonical_url": url,
        "external_id": own_id,
        "origin": origin,
        "charset": document.get("charset") if is_row else extracted.charset or document.get("charset"),
        "title": title,
        "dek": dek,
        "words_hash": words_hash,
    }


def _wording(extracted: Extracted, cleaned: Cleaned) -> Row:
    readings, body = cleaned.readings, cleaned.body
    return {
        "authors": list(readings.credited.people),
        "authors_org": list(readings.credited.organisations),
        "authors_method": readings.credited.method,
        "authors_rejected": list(readings.credited.rejected),
        "publisher": extracted.publisher or readings.publisher,
        "publisher_guess": readings.publisher_guess,
        "language": extracted.language,
        "section": extracted.section,
        "licence": extracted.licence or readings.licence,
        "agency": readings.agency,
        "dateline": readings.dateline.raw if readings.dateline else None,
        "dateline_place": readings.dateline.place if readings.dateline else None,
        "comments_are_closed": readings.comments_are_closed,
        "completeness": readings.completeness,
        "body": body,
        "body_sha256": _sha256(body),
        "body_words": count_words(body),
        "body_chars": len(body),
        "extracted_sha256": _sha256(extracted.text),
        "extracted_chars": len(extracted.text),
        "layout": layout_rows(cleaned.layout),
    }


def _publication(dated: Dated) -> Row:
    return {
        "published_at": dated.published_at,
        "published_local_at": dated.published_local_at,
        "published_on": date.fromisoformat(dated.published_on) if dated.published_on else None,
        "published_precision": dated.published_precision,
        "published_method": dated.published_method,
        "published_between_start_at": dated.between_start_at,
        "published_between_end_at": dated.between_end_at,
        "published_between_confidence": dated.between_confidence,
        "published_between_method": dated.between_method,
    }


def _images(extracted: Extracted, readings: Readings) -> tuple[Image, ...]:
    """Return the page's pictures, then those that only the text captions."""
    captions = {image.caption for image in extracted.images if image.caption}
    return extracted.images + tuple(image for image in readings.images if image.caption not in captions)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
