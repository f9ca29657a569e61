"""The steps of a document: what stops one of them is told with its place, and costs that document only."""

import errno
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.schemas.enums import Step
from copydesk.schemas.staged import ARRIVALS
from copydesk.transforms.clean.clean import Draft
from copydesk.transforms.page.load_json_ld import mend_surrogates
from copydesk.transforms.refine import refine
from copydesk.transforms.refuse import explain_crash

RULES = load_rules(())
PROSE = "The keeper of the lamp wrote down the ships of that night, and went home over the wet stones. " * 6


def document(name: str, text: str = PROSE, **fields: Any) -> dict[str, Any]:
    return {
        "document_id": name,
        "source_id": "desk",
        "origin": f"{name}.txt",
        "fetched_at": datetime(2026, 3, 1, tzinfo=UTC),
        "media_type": "text/plain",
        "payload": text.encode(),
        "payload_bytes": len(text),
        **fields,
    }


def refined(
    *rows: dict[str, Any], rules: Any = RULES, versions: Any = None
) -> dict[str, list[dict[str, Any]]]:
    documents = pa.Table.from_pylist(list(rows), schema=ARRIVALS.schema)
    return {
        name: table.to_pylist()
        for name, table in refine(documents, rules=rules, versions=versions or {}).items()
    }


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EMFILE, errno.EIO])
def test_what_the_system_lacks_is_no_document_s_fault(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A full disk or too many files end the work; the documents are refined by the next run."""

    def give_out(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("copydesk.transforms.refine.apply_line_model", give_out)
    with pytest.raises(OSError, match=os.strerror(number)):
        refined(document("a"))


def test_what_fails_among_others_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are measured together; one that cannot be is refused, and the others are refined."""

    def trip(drafts: list[Draft]) -> None:
        if any("reef" in draft.extracted.text for draft in drafts):
            raise ValueError("no such reef")

    monkeypatch.setattr("copydesk.transforms.refine.apply_line_model", trip)
    found = refined(document("a"), document("b", "The reef lies bare. " * 9), document("c"))
    assert [row["document_id"] for row in found["refined"]] == ["a", "c"]
    assert [(row["document_id"], row["step"]) for row in found["refusals"]] == [("b", "clean")]


def test_what_is_measured_together_is_on_no_document_s_account() -> None:
    """While documents are measured together a row beyond the last is named, so that none is blamed for another."""
    begun: list[tuple[int, Step]] = []
    rows = pa.Table.from_pylist([document("a"), document("b")], schema=ARRIVALS.schema)
    refine(rows, rules=RULES, versions={}, begin=lambda row, step: begun.append((row, step)))
    extracted = [(row, step) for row in (0, 1) for step in (Step.EXTRACT, Step.CLEAN)]
    assert begun[:5] == [*extracted, (2, Step.CLEAN)]


def test_a_crash_of_ours_names_its_step_and_place() -> None:
    """An exception in a frame of ours is an internal error: step, type, file, line and function are told."""
    found = refined(document("a"), rules=replace(RULES, zones=None))
    (row,) = found["refusals"]
    assert (row["step"], row["reason"]) == ("clean", "internal_error")
    assert row["detail"].startswith(("TypeError at transforms/", "AttributeError at transforms/"))
    assert ".py:" in row["detail"]


def test_a_crash_of_a_library_is_told_apart() -> None:
    """An exception in a library's frame is that of a page that trips it; our frame that called it is named."""
    found = refined(document("a", http_headers="{"), document("b"))
    (row,) = found["refusals"]
    assert (row["document_id"], row["step"], row["reason"]) == ("a", "date", "library_error")
    assert row["detail"].startswith("JSONDecodeError at transforms/refine.py:")
    assert [each["document_id"] for each in found["refined"]] == ["b"]


def test_one_that_cannot_be_described_costs_itself_only() -> None:
    """A document whose rows do not fit the tables is refused as our mistake; its neighbours are refined."""
    rows = [document("a"), document("b", external_id=7), document("c")]
    columns = {name: [row.get(name) for row in rows] for name in ARRIVALS.columns}
    found = refine(pa.table(columns), rules=RULES, versions={})
    (row,) = found["refusals"].to_pylist()
    assert (row["document_id"], row["step"], row["reason"]) == ("b", "describe", "internal_error")
    assert found["refined"]["document_id"].to_pylist() == ["a", "c"]


def test_whose_error_it_is_can_be_told_without_a_frame() -> None:
    """An exception that was never raised has no frame of ours: it passes for a library's."""
    assert explain_crash(ValueError("x")).detail == "ValueError: x"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (r'"a \ud800 b"', "a \ufffd b"),
        (r'"a \uDC00 b"', "a \ufffd b"),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\ud83d\ud83d\ude00\ude00"', "\ufffd\U0001f600\ufffd"),
        (r'"plain \u00e9"', "plain \u00e9"),
    ],
)
def test_half_characters_are_mended(text: str, mended: str) -> None:
    """An escape of half a character is replaced; pairs and all others stay."""
    assert json.loads(mend_surrogates(text)) == mended
