"""What is shown can be read and runs nothing; a scraped title is no formula."""

import pyarrow as pa
import pytest
from empty_warehouse import empty_warehouse
from small_desk import command

from copydesk.flows.cli.write_rows import Format, guard_cell, write_rows
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.place import Place

WIDE = pa.table(
    {"title": ["a\x1b[31mred\u202eline", "b" * 300], "authors": [["Ada \u202eQuill"], []]}
    | {f"column_{number}": ["some text of a column"] * 2 for number in range(12)}
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return empty_warehouse(tmp_path_factory.mktemp("empty") / "w")


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    """No line is wider than the terminal: the first columns stand there, with types and a count; nothing runs in it."""
    monkeypatch.setenv("COLUMNS", str(width))
    write_rows(WIDE, Format.TABLE)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    assert all(said in shown for said in ("title", "varchar", "2 rows", "of 14 columns"))
    write_rows(WIDE.slice(1, 1).select(["column_1"]), Format.TABLE)
    assert "1 row" in capsys.readouterr().out
    write_rows(WIDE, Format.LINES)
    lines = capsys.readouterr().out
    assert "b" * 300 in lines
    assert "column_11 | some text of a column\n" in lines
    for hidden in ("\x1b", "\u202e"):
        assert hidden not in shown + lines


@pytest.mark.parametrize("form", ["table", "lines", "csv", "json"])
def test_what_python_has_no_value_for_is_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], empty: Place, form: str
) -> None:
    """Days beyond the year 9999 and infinity stand there as DuckDB writes them, also in lists."""
    query = "select date '12026-03-01' as day, [timestamp 'infinity'] as moments, 7 as seven"
    code, out, err = command(monkeypatch, capsys, "sql", query, "-w", empty.folder, "--format", form)
    assert (code, err) == (0, "")
    assert all(said in out for said in ("12026-03-01", "infinity", "7"))


@pytest.mark.parametrize("form", ["table", "lines", "csv", "json"])
def test_columns_of_one_name_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], empty: Place, form: str
) -> None:
    """A join has names twice: each column stands there under a name of its own."""
    query = "select 41 as a, 42 as a, 43 as A, interval 44 days as a"
    code, said, _ = command(monkeypatch, capsys, "sql", query, "-w", empty.folder, "-f", form)
    assert code == 0
    assert all(shown in said for shown in ("a_1", "A_2", "a_3", "41", "42", "43", "44 days"))


@pytest.mark.parametrize("form", ["table", "lines", "csv", "json"])
def test_an_interval_is_text_in_every_format(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], empty: Place, form: str
) -> None:
    """A span of time reads as DuckDB writes it."""
    query = 'select interval 3 days + interval 90 minutes as "how ""long"""'
    code, said, _ = command(monkeypatch, capsys, "sql", query, "-w", empty.folder, "-f", form)
    assert code == 0
    assert "3 days 01:30:00" in said


def test_tables_are_listed_by_who_reads_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`.tables` lists every view and table with what a row is; those of state come last."""
    code, said, _ = command(monkeypatch, capsys, "sql", ".tables")
    assert code == 0
    names = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]
    assert set(TABLES) <= set(names)
    assert (
        names.index("articles_latest")
        < names.index("revisions")
        < names.index("runs")
        < names.index("sketches")
    )


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_formulas_are_guarded(text: str) -> None:
    """What a spreadsheet would run begins with an apostrophe."""
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["A plain title", "", None, -3, 2.5, "a=b"])
def test_others_stay(value: object) -> None:
    """Plain text and numbers, negative ones too, stay as they are."""
    assert guard_cell(value) == value
