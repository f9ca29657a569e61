"""Cleaning the sample gives its ground truth."""

import hashlib

import pytest
from seed_files import GOLD, PAGES, TEXTS, plain, read

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Extracted, Payload
from copydesk.transforms.rules.records import RuleSet

READ = (
    "title",
    "dek",
    "authors",
    "publisher",
    "agency",
    "dateline",
    "licence",
    "comments_are_closed",
    "images",
)

CLEANED = [pytest.param(gold, id=gold["file"]) for gold in GOLD["texts"]]


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


def extracted_text(gold: dict) -> Extracted:
    return extract(Payload(read(gold["file"]), "text/plain"))


@pytest.mark.parametrize("gold", CLEANED)
def test_text_loses_the_gold_spans(gold: dict, rules: RuleSet) -> None:
    """Each span of the gold leaves with its kind and action, and nothing else does."""
    extracted = extracted_text(gold)
    got = [
        (
            span.start_char,
            span.end_char,
            span.kind,
            span.action,
            extracted.text[span.start_char : span.end_char],
        )
        for span in clean(extracted, rules=rules).spans
    ]
    told = [
        tuple(s[key] for key in ("start_char", "end_char", "kind", "action", "text")) for s in gold["spans"]
    ]
    assert got == told


@pytest.mark.parametrize("gold", CLEANED)
def test_text_keeps_the_gold_body(gold: dict, rules: RuleSet) -> None:
    """The body is the gold's to the byte, and cleaning it again takes nothing."""
    body = clean(extracted_text(gold), rules=rules).body
    assert hashlib.sha256(body.encode()).hexdigest() == gold["body_sha256"]
    assert clean(Extracted(text=body, extractor="none"), rules=rules).body == body


@pytest.mark.parametrize("gold", CLEANED)
def test_text_is_read_before_it_is_cut(gold: dict, rules: RuleSet) -> None:
    """Title, dek, authors, publisher, agency, dateline, licence, comment state and images are the gold's."""
    found = clean(extracted_text(gold), rules=rules).readings
    line = found.dateline
    values = (
        *(found.title, found.dek, list(found.authors), found.publisher, found.agency),
        line and {"place": line.place, "agency": line.agency, "raw": line.raw},
        *(found.licence, found.comments_are_closed),
        [{"caption": image.caption, "credit": image.credit} for image in found.images],
    )
    assert dict(zip(READ, values, strict=True)) == {key: gold[key] for key in READ}


@pytest.mark.parametrize("gold", TEXTS)
def test_language_is_told(gold: dict) -> None:
    """Each text's language is recognised without a hint."""
    assert extracted_text(gold).language == gold["language"]


@pytest.mark.parametrize("gold", PAGES)
def test_page_keeps_its_story_and_loses_the_rest(gold: dict, rules: RuleSet) -> None:
    """A page's sentences survive extraction and cleaning, its boilerplate does not."""
    extracted = extract(Payload(read(gold["file"]).encode(), "text/html"))
    body = plain(clean(extracted, rules=rules).body)
    assert [sentence for sentence in gold["must_keep"] if plain(sentence) not in body] == []
    assert [line for line in gold["must_not_contain"] if plain(line) in body] == []
