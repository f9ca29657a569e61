"""What is exported opens anywhere and says the same."""

import csv
import hashlib
import json
import sqlite3
from base64 import b64decode
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml
from small_warehouse import build_warehouse

from copydesk.schemas.enums import ExportFormat
from copydesk.schemas.tables import TABLES
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.create import VIEWS, read_definitions
from copydesk.warehouse.export import export, write_dbt_sources
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
    assert {"revisions", "story_features"} <= set(written) < set(TABLES)
    assert not {"sketches", "story_vocabulary", "tombstones"} & set(written)
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
    """Each table and view is one Parquet file with all its rows; each column bears its sentence."""
    with connect_reader(place) as con:
        written = export(con, tmp_path / "out", ExportFormat.PARQUET)
    for name, count in written.items():
        table = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert table.num_rows == count
        if name in TABLES:
            comments = {field.name: field.metadata[b"comment"].decode() for field in table.schema}
            assert comments == {column: said.sentence for column, said in TABLES[name].columns.items()}
    assert {"articles_latest", "revisions"} <= set(written)


@pytest.mark.parametrize("form", [ExportFormat.CSV, ExportFormat.JSONL], ids=str)
def test_text_folders_say_the_same(place: Place, tmp_path: Path, form: ExportFormat) -> None:
    """Each row is one of CSV or a JSON object; bytes are base64."""
    with connect_reader(place) as con:
        written = export(con, tmp_path / "out", form)
    found = {}
    for name in ("articles_latest", "documents"):
        with (tmp_path / "out" / f"{name}.{form}").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file) if form is ExportFormat.CSV else map(json.loads, file))
    assert len(found["articles_latest"]) == written["articles_latest"] == 71
    assert all(
        hashlib.sha256(b64decode(row["payload"])).hexdigest() == row["payload_sha256"]
        for row in found["documents"]
    )


def test_sqlite_file_is_one_that_datasette_links(place: Place, tmp_path: Path) -> None:
    """Tables and views are tables with the same rows, keys and references; times, lists and truths are as SQLite has them."""
    with connect_reader(place) as con:
        written = export(con, tmp_path / "news.sqlite", ExportFormat.SQLITE)
    with closing(sqlite3.connect(tmp_path / "news.sqlite")) as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []
        for name, count in written.items():
            assert db.execute(f"select count(*) from {name}").fetchone() == (count,)
        keys = {row[1] for row in db.execute("pragma table_info(revisions)") if row[5]}
        refers = {(row[3], row[2]) for row in db.execute("pragma foreign_key_list(revisions)")}
        row = db.execute(
            "select datetime(first_seen_at), json_extract(authors, '$[0]'), is_latest, typeof(body_words)"
            " from revisions where revision_number = 2"
        ).fetchone()
    assert keys == {"revision_id"}
    assert ("article_id", "articles") in refers
    assert row == ("2025-03-16 06:40:00", "Ada Quill", 1, "integer")


def test_dbt_knows_the_tables(tmp_path: Path) -> None:
    """The file is YAML that names each table and view but state, with its columns and keys."""
    count = write_dbt_sources(tmp_path / "sources.yml")
    (source,) = yaml.safe_load((tmp_path / "sources.yml").read_text("utf-8"))["sources"]
    tables = {table["name"]: table for table in source["tables"]}
    assert len(tables) == count
    assert {"articles_latest", "revisions"} <= set(tables)
    assert "sketches" not in tables
    assert tables["articles"]["columns"][0]["data_tests"] == ["unique", "not_null"]


@pytest.mark.parametrize("form", ExportFormat, ids=str)
def test_query_writes_its_rows(place: Place, tmp_path: Path, form: ExportFormat) -> None:
    """A query's rows are written as `result`, whatever kind of query it is; columns of one name are told apart."""
    pivot = "pivot (select 1 as one, 'x' as name) on name using count(*);"
    with connect_reader(place) as con:
        written = export(
            con, tmp_path / "out", form, query="select title from articles_latest limit 3 -- few"
        )
        assert written == {"result": 3}
        assert export(con, tmp_path / "pivot", form, query=pivot) == {"result": 1}
        assert export(con, tmp_path / "twice", form, query="select 1 as a, 2 as a, 3 as A") == {"result": 1}
    if form is ExportFormat.CSV:
        assert (tmp_path / "twice" / "result.csv").read_text() == "a,a_1,A_2\n1,2,3\n"


def test_nothing_is_overwritten(place: Place, tmp_path: Path) -> None:
    """A name that exists, and a folder that does not, are refused before anything is written."""
    (tmp_path / "kept").write_text("mine")
    with connect_reader(place) as con:
        with pytest.raises(UserError, match="exists"):
            export(con, tmp_path / "kept", ExportFormat.DUCKDB)
        with pytest.raises(UserError, match="no such folder"):
            export(con, tmp_path / "none" / "x", ExportFormat.DUCKDB)
    assert (tmp_path / "kept").read_text() == "mine"
