"""Arrivals become staged rows; one that no row can hold costs itself only."""

from datetime import UTC, datetime

from copydesk.flows.ingest.arrivals_table import arrivals_table
from copydesk.flows.read.raw_document import RawDocument, Refused

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_one_that_no_row_can_hold_is_refused_and_the_others_are_taken() -> None:
    """A carrier's word that cannot be written is told in a refusal with the payload; its neighbours become rows."""
    good = RawDocument("desk", "a.txt", b"Lamp lit", "text/plain", NOW, title="Lamp")
    bad = RawDocument("desk", "b \udcff.txt", b"Lamp out", "text/plain", NOW, title="Lamp \ud800")
    documents, refusals = arrivals_table([good, bad])
    assert documents["origin"].to_pylist() == ["a.txt", "b \\udcff.txt"]
    (row,) = refusals.to_pylist()
    assert (row["step"], row["reason"], row["document_id"]) == (
        "read",
        "internal_error",
        documents["document_id"][1].as_py(),
    )
    assert "UnicodeEncodeError at transforms/identify.py:" in row["detail"]
    assert documents["payload"].to_pylist() == [b"Lamp lit", b"Lamp out"]


def test_refused_rows_of_several_addresses_are_several() -> None:
    """One teaser under three addresses is three refusals; the same row again is the same one."""
    rows = [Refused("desk", "a.csv", "no_article", "", NOW, line, b"Log in", url=f"https://gull.example/{line}")
            for line in (2, 3, 4)]  # fmt: skip
    _, refusals = arrivals_table([*rows, rows[0]])
    assert refusals.num_rows == 3
