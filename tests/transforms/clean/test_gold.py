"""The five seed articles, exactly."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted
from copydesk.transforms.span_rows import restore

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parents[4] / "shared"))
GOLD = SHARED / "articles" / "gold.json"
DOCS = json.loads(GOLD.read_text(encoding="utf-8"))["docs"] if GOLD.exists() else []

pytestmark = pytest.mark.skipif(not DOCS, reason=f"the seed articles are not in {SHARED}")


@pytest.fixture(scope="module", params=DOCS, ids=lambda doc: doc["doc"])
def case(request: pytest.FixtureRequest) -> tuple[dict, str, Cleaned]:
    doc = request.param
    text = (SHARED / "articles" / doc["file"]).read_bytes().decode("utf-8")
    return doc, text, clean(Extracted(text, "plain"), rules=load_rules())


def test_body_is_the_golds(case: tuple[dict, str, Cleaned]) -> None:
    """The body is the gold's, character by character."""
    doc, _, cleaned = case
    assert hashlib.sha256(cleaned.body.encode()).hexdigest() == doc["body"]["sha256"]
    assert len(cleaned.body.split("\n\n")) == doc["body"]["paragraphs"]


def test_spans_are_the_golds(case: tuple[dict, str, Cleaned]) -> None:
    """Every span has the gold's edges and class, and there is none besides."""
    doc, _, cleaned = case
    wanted = [(span["start"], span["end"], span["cls"]) for span in doc["spans"]]
    assert [(span.start_char, span.end_char, span.kind.value) for span in cleaned.spans] == wanted


def test_readings_are_the_golds(case: tuple[dict, str, Cleaned]) -> None:
    """Title, dek, authors, publisher, licence, agency, dateline and pictures are read as the gold says."""
    doc, _, cleaned = case
    readings = cleaned.readings
    assert (readings.title, readings.dek, readings.authors) == (
        doc["title"],
        doc["dek"],
        tuple(doc["authors"]),
    )
    assert readings.publisher == doc["publisher"]["value"]
    assert readings.licence == (doc["license"] or {}).get("value")
    assert readings.agency == doc["agency"]
    assert [(i.caption, i.credit) for i in readings.images] == [
        (i["caption"], i["credit"]) for i in doc["images"]
    ]
    dateline = readings.dateline
    got = {"place": dateline.place, "agency": dateline.agency, "raw": dateline.raw} if dateline else None
    assert got == doc["dateline"]


def test_what_must_stay_stays(case: tuple[dict, str, Cleaned]) -> None:
    """Subheadings and the golds' difficult sentences are in the body; the leftovers are not."""
    doc, _, cleaned = case
    paragraphs = cleaned.body.split("\n\n")
    assert all(heading["text"] in paragraphs for heading in doc["headings_keep"])
    assert all(text in cleaned.body for text in doc["must_keep"])
    assert not any(text in paragraphs for text in doc["must_not_contain"])


def test_nothing_is_lost(case: tuple[dict, str, Cleaned]) -> None:
    """Body, spans and layout give the file back."""
    _, text, cleaned = case
    texts = [text[span.start_char : span.end_char] for span in cleaned.spans]
    assert restore(cleaned.body, cleaned.spans, texts, cleaned.layout) == text
