"""What is exported opens anywhere and says the same."""

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from small_warehouse import build_warehouse

from copydesk.schemas.enums import ExportFormat
from copydesk.schemas.tables import TABLES
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.create import VIEWS, read_definitions
from copydesk.warehouse.export import STATE, export
from copydesk.warehouse.place import Place

SAMPLE = "select article_id, title, body from articles_latest order by article_id"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_warehouse(tmp_path_factory.mktemp("export"))


def test_duckdb_file_stands_alone(place: Place, tmp_path: Path) -> None:
    """One file, opened without any extension, has every table and view with the same rows and its comments."""
    with connect_reader(place) as con:
        written = export(con, tmp_path / "news.duckdb", ExportFormat.DUCKDB)
        expected = con.execute(SAMPLE).fetchall()
        assert con.execute("select current_database()").fetchall() == [("lake",)]
    assert set(written) == set(TABLES) - STATE
    options = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    with duckdb.connect(str(tmp_path / "news.duckdb"), read_only=True, config=options) as alone:
        assert alone.execute(SAMPLE).fetchall() == expected
        for view in read_definitions(VIEWS):
            alone.execute(f"select * from {view.name}").fetchall()
        comments = alone.execute(
            "select comment from duckdb_columns() where table_name = 'revisions'"
        ).fetchall()
    assert all(comment for (comment,) in comments)


def test_parquet_folder_has_rows_and_types(place: Place, tmp_path: Path) -> None:
    """Each table and view is one Parquet file with all its rows."""
    with connect_reader(place) as con:
        written = export(con, tmp_path / "out", ExportFormat.PARQUET)
    for name, count in written.items():
        table = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert table.num_rows == count
        if name in TABLES:
            assert table.column_names == list(TABLES[name].columns)
    assert {"articles_latest", "revisions"} <= set(written)


def test_jsonl_lines_parse(place: Place, tmp_path: Path) -> None:
    """Each line is one JSON object."""
    with connect_reader(place) as con:
        written = export(con, tmp_path / "out", ExportFormat.JSONL)
    lines = (tmp_path / "out" / "articles_latest.jsonl").read_text("utf-8").splitlines()
    assert len([json.loads(line) for line in lines]) == written["articles_latest"] == 71


@pytest.mark.parametrize("form", ExportFormat, ids=str)
def test_query_writes_its_rows(place: Place, tmp_path: Path, form: ExportFormat) -> None:
    """A query's rows are written as `result`."""
    with connect_reader(place) as con:
        written = export(con, tmp_path / "out", form, query="select title from articles_latest limit 3")
    assert written == {"result": 3}


def test_nothing_is_overwritten(place: Place, tmp_path: Path) -> None:
    """A name that exists, and a folder that does not, are refused before anything is written."""
    (tmp_path / "kept").write_text("mine")
    with connect_reader(place) as con:
        with pytest.raises(UserError, match="exists"):
            export(con, tmp_path / "kept", ExportFormat.DUCKDB)
        with pytest.raises(UserError, match="no such folder"):
            export(con, tmp_path / "none" / "x", ExportFormat.DUCKDB)
    assert (tmp_path / "kept").read_text() == "mine"
