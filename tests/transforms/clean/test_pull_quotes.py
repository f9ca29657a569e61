"""A sentence that a page shows twice stays in its paragraph, and leaves where it stands alone."""

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.transforms.clean.clean import apply_rules, clean, write_body
from copydesk.transforms.clean.marks import Mark
from copydesk.transforms.records import Cleaned, Extracted
from copydesk.transforms.span_rows import restore

RULES = load_rules()
SENTENCE = "A town that closes its streets will not stay a town for long."
PARAGRAPHS = [
    "The harbour council voted on Tuesday night to keep the old island ferry running, against its own auditor.",
    f"Councillor Ida Brandt said that the ferry is a street to those who live there. “{SENTENCE}” The hall applauded.",
    "A new boat would cost nine million pounds, which the county does not have before the end of the decade.",
]


def cleaned(*lines: str) -> Cleaned:
    return clean(Extracted("\n\n".join(lines), "plain"), rules=RULES)


@pytest.mark.parametrize("line", [SENTENCE, f"“{SENTENCE}”"], ids=["bare", "quoted"])
@pytest.mark.parametrize("place", [1, 2, 3], ids=["above", "below", "at the end"])
def test_a_pulled_sentence_is_metadata(line: str, place: int) -> None:
    """Wherever it stands alone it leaves the body, the paragraph keeps it, and the text can be put together again."""
    lines = [*PARAGRAPHS[:place], line, *PARAGRAPHS[place:]]
    found = cleaned(*lines)
    assert found.body.split("\n\n") == PARAGRAPHS
    (span,) = found.spans
    assert (span.kind, span.action) == ("pull_quote", SpanAction.METADATA)
    assert restore(found.body, found.spans, [line], found.layout) == "\n\n".join(lines)


KEPT = {
    "what a colon announces": ("She ended with the line that everybody waited for:", SENTENCE),
    "fewer words than a sentence has": ("Councillor Ida Brandt said.",),
    "who asks twice": ("Will a town that closes its streets stay a town for long?",),
    "a piece of a sentence": ("that closes its streets will not stay a town for long.",),
    "a heading": ("against its own auditor",),
}


@pytest.mark.parametrize("lines", KEPT.values(), ids=KEPT.keys())
def test_what_is_told_twice_stays(lines: tuple[str, ...]) -> None:
    """A repetition that the story means stays."""
    question = "He asked the hall. Will a town that closes its streets stay a town for long? Nobody knew."
    body = [PARAGRAPHS[0], PARAGRAPHS[1], question, *lines, PARAGRAPHS[2]]
    assert cleaned(*body).body.split("\n\n") == body


def test_a_pulled_sentence_stays_where_its_paragraph_leaves() -> None:
    """Where a later step takes the paragraph, the sentence stands nowhere else, and stays."""
    text = "\n\n".join([PARAGRAPHS[0], SENTENCE, PARAGRAPHS[2], PARAGRAPHS[1]])
    draft = apply_rules(Extracted(text, "plain"), rules=RULES)
    assert [mark.kind for mark in draft.sheet.marks if mark] == ["pull_quote"]
    draft.sheet.marks[3] = Mark(SpanKind.FOOTER_LINK, "lines.unlike", "by its words")
    assert write_body(draft).body.split("\n\n") == [PARAGRAPHS[0], SENTENCE, PARAGRAPHS[2]]
