"""The check that restores texts in SQL agrees with the function that restores them in Python."""

import hashlib

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.schemas.enums import SpanAction, SpanKind
from copydesk.schemas.tables import TABLES
from copydesk.transforms.records import LayoutEdit, Span
from copydesk.transforms.span_rows import restore
from copydesk.warehouse.check import CHECKS, read_check

SQL = read_check(CHECKS / "text_is_restorable.sql").sql
TEXT = st.text(st.sampled_from("aé\n ß漢字👩\u200d🚀e\u0301\u05d0\u202e\t"), max_size=40)


@st.composite
def cleaned(draw: st.DrawFn) -> tuple[str, str, list[Span], list[LayoutEdit]]:
    """Cut spans out of a text and write some white space of the rest otherwise."""
    extracted = draw(TEXT)
    cuts = sorted(draw(st.sets(st.integers(0, len(extracted)), max_size=6)))
    spans = [
        Span(a, b, draw(st.sampled_from([SpanKind.SHARE, SpanKind.DATELINE])), SpanAction.DROP, "r")
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    taken = {
        n
        for span in spans
        if span.kind is not SpanKind.DATELINE
        for n in range(span.start_char, span.end_char)
    }
    body, layout = "", []
    for n, character in enumerate(extracted):
        if n in taken:
            continue
        if character in "\n " and draw(st.booleans()):
            other = draw(st.sampled_from(["\n\n", "", " "]))
            layout.append(LayoutEdit(len(body), len(other), character))
            body += other
        else:
            body += character
    return extracted, body, spans, layout


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        yield con


def offenders(con, text: str, body: str, spans: list[Span], layout: list[LayoutEdit]) -> int:
    schema = TABLES["revisions"].schema
    edits = [{"at_char": e.at_char, "length_chars": e.length_chars, "text": e.text} for e in layout]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    row = {
        "revision_id": "r",
        "article_id": "a",
        "run_id": "run",
        "body": body,
        "layout": edits,
        "extracted_sha256": sha256,
    }
    revisions = pa.table({name: pa.array([value], schema.field(name).type) for name, value in row.items()})
    spans_table = pa.Table.from_pylist(
        [
            {"revision_id": "r", "start_char": s.start_char, "end_char": s.end_char, "kind": str(s.kind), "text": text[s.start_char : s.end_char]}
            for s in spans
        ],
        schema=pa.schema([("revision_id", pa.string()), ("start_char", pa.int32()), ("end_char", pa.int32()), ("kind", pa.string()), ("text", pa.string())]),
    )  # fmt: skip
    con.register("revisions", revisions)
    con.register("boilerplate_spans", spans_table)
    return len(con.execute(SQL, {"runs": ["run"]}).fetchall())


@given(case=cleaned())
def test_restored_texts_pass(con, case: tuple[str, str, list[Span], list[LayoutEdit]]) -> None:
    """What Python restores, SQL restores: letters of several code points, joiners and right-to-left included."""
    extracted, body, spans, layout = case
    texts = [extracted[span.start_char : span.end_char] for span in spans]
    assert restore(body, spans, texts, layout) == extracted
    assert offenders(con, extracted, body, spans, layout) == 0


@given(case=cleaned(), extra=st.sampled_from(["x", "\n", "漢"]))
def test_a_lost_character_is_seen(
    con, case: tuple[str, str, list[Span], list[LayoutEdit]], extra: str
) -> None:
    """A body with one character more than was there is an offender."""
    extracted, body, spans, layout = case
    assert offenders(con, extracted, body + extra, spans, layout) == 1
