"""The laws of cleaning, over texts that mix prose, leftovers and odd characters."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copydesk.flows.load_rules import load_rules
from copydesk.schemas.enums import STAYS_IN_BODY
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.records import Cleaned, Extracted
from copydesk.transforms.span_rows import restore

RULES = load_rules()
EXAMPLES = [text for rule in RULES.rules for text in (*rule.examples, *rule.keeps)]
PROSE = [
    "The ferry left the harbour an hour late because nobody could find the captain, the company said on Monday.",
    "“Sign up for our newsletter,” the poster says, and it hides the only window of the waiting room.",
    "Residents counted eleven seals on the pier, two more than last winter, and named all of them.",
    "Der Hafenmeister sagte am Dienstag, er habe den Schlüssel noch nie zuvor verloren.",
    "Le port a fermé mardi soir après une tempête qui a emporté deux bouées et un banc.",
    "What the harbour needs",
    "Harbour 2 Pier 1",
    "PORT ALBA (Tidewater) - The pier opened again on Friday after a winter of repairs that cost two million.",
    "Correction: An earlier version of this story gave the wrong length of the pier.",
    "By Ana Ruiz",
    "Ana Ruiz",
    "Ana Ruiz, Harbour Reporter",
    "Opinion columnist",
    "Storm diary",
    "Pier opens again",
    "3 May 2021, 10:15",
    "A seal on the pier. (Photo: Ana Ruiz)",
    "A storm tore two buoys and a bench away on Tuesday.",
    "The port closed on Tuesday. A storm tore two buoys and a bench away on Tuesday.",
]
ODD = [
    "\u00a0",
    "\u200b",
    "\u2028",
    "\u202e\u2066",
    "\ufeff",
    "İ",
    "ß",
    "\u00ad",
    "😀",
    "\r",
    "\x85",
    "\x1c",
    "\t\t",
    "a\u0301",
]
LINES = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(EXAMPLES),
    st.sampled_from(ODD),
    st.text(alphabet=string.ascii_letters + string.digits + " .,!?\"'()|>-:©#@" + "".join(ODD), max_size=90),
    st.tuples(st.sampled_from(PROSE), st.sampled_from(EXAMPLES)).map(" ".join),
)
TEXTS = st.lists(
    st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\n \u00a0\n", "  \n", "\u2028"])), max_size=14
).map(lambda rows: "".join(line + end for line, end in rows))


def _clean(text: str, **known: str) -> Cleaned:
    return clean(Extracted(text, "plain", **known), rules=RULES)


def _back(text: str, cleaned: Cleaned) -> str:
    texts = [text[span.start_char : span.end_char] for span in cleaned.spans]
    return restore(cleaned.body, cleaned.spans, texts, cleaned.layout)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_lossless(text: str) -> None:
    """Body, spans and layout give the text back, whatever it is."""
    assert _back(text, _clean(text)) == text


@settings(max_examples=100, deadline=None)
@given(TEXTS)
@example(
    "Pier closes for good\nContact was lost: 555 boats were out.\nContact was lost: 555 boats were out.\n"
)
def test_idempotent(text: str) -> None:
    """Cleaning a body again removes nothing."""
    body = _clean(text).body
    assert _clean(body).body == body


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_spans_are_in_order(text: str) -> None:
    """Spans are sorted, disjoint, not empty, inside the text, without white space at their edges, and explained."""
    at = 0
    for span in _clean(text).spans:
        assert at <= span.start_char < span.end_char <= len(text)
        at = span.end_char
        if span.kind not in STAYS_IN_BODY:
            assert text[span.start_char : span.end_char] == text[span.start_char : span.end_char].strip()
        assert span.rule_id
        assert span.evidence


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_body_has_the_layout(text: str) -> None:
    """The body's paragraphs stand between empty lines, without space around them or doubled inside."""
    for paragraph in filter(None, _clean(text).body.split("\n\n")):
        assert paragraph == paragraph.strip()
        assert "\n" not in paragraph
        assert "  " not in paragraph


@pytest.mark.parametrize("text", ["", " ", "\n\n\u00a0\n", "\ufeff"])
def test_empty_stays_empty(text: str) -> None:
    """No text, no spans."""
    cleaned = _clean(text)
    assert cleaned.spans == ()
    assert _back(text, cleaned) == text


def test_body_may_be_empty() -> None:
    """A text of leftovers alone has an empty body; nothing is invented."""
    text = "Share Tweet Pin\n\nYour email address will not be published."
    assert _clean(text).body == ""
    assert _back(text, _clean(text)) == text
