"""A query reads the tables, and only reads: whatever it tries, no file, setting or row is touched or shown."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from empty_warehouse import shared_catalog
from postgres_server import PASSWORD, Server
from small_warehouse import build_warehouse

from copydesk.schemas.enums import ExportFormat
from copydesk.schemas.user_error import UserError
from copydesk.warehouse.ask import ask, lock_down
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.export import export
from copydesk.warehouse.judge_query import QueryError
from copydesk.warehouse.place import Place

CANARY = "canary-in-a-file-of-somebody-else"

WAYS_OUT = {
    "copy to a file": "copy articles to '{out}/a.csv'",
    "copy among the tables' files": "copy (select 1) to '{files}/a.csv'",
    "explained copy, which runs it": "explain analyze copy (select 1) to '{files}/a.csv'",
    "copy from a file": "copy articles from '{secret}'",
    "export database": "export database '{out}/all'",
    "import database": "import database '{out}'",
    "a CSV file": "from read_csv('{secret}')",
    "a text": "from read_text('{secret}')",
    "bytes": "from read_blob('{secret}')",
    "JSON": "from read_json_auto('{secret}')",
    "a file by its name": "from '{secret}'",
    "sniffing": "from sniff_csv('{secret}')",
    "names of files": "from glob('/etc/*')",
    "a function in a subquery": "select (select count(*) from glob('/etc/*')) as n",
    "a function in a CTE": "with a as (from read_text('{secret}')) from a",
    "a function in quotes": "from system.main.\"glob\"('/etc/*')",
    "a query in a text": "from query('from glob(''/etc/*'')')",
    "a query in JSON": "from json_execute_serialized_sql(json_serialize_sql('from glob(''/etc/*'')'))",
    "a described function": "describe from read_text('{secret}')",
    "a summarized function": "summarize from read_text('{secret}')",
    "a pivoted function": "pivot (from glob('/etc/*')) on file using count(*)",
    "an address": "from 'https://127.0.0.1:9/a.csv'",
    "the ledger": "from sqlite_scan('{folder}/ledger.sqlite', 'attempts')",
    "the catalog as a file": "from sqlite_scan('{folder}/catalog.sqlite', 'ducklake_table')",
    "the catalog by its own SQL": "from sqlite_query('__ducklake_metadata_lake', 'select 1')",
    "the catalog's tables": "from __ducklake_metadata_lake.ducklake_table",
    "another server": "from postgres_scan('host=127.0.0.1', 'public', 'a')",
    "attach a file": "attach '{out}/new.duckdb' as x",
    "attach the catalog": "attach '{folder}/catalog.sqlite' as x (type sqlite)",
    "attach the lake to write": "attach 'ducklake:sqlite:{folder}/catalog.sqlite' as x",
    "attach in memory": "attach ':memory:' as x",
    "install": "install httpfs",
    "load": "load httpfs",
    "load a file": "load '{out}/own.duckdb_extension'",
    "set": "set memory_limit = '1GB'",
    "set what is locked": "set enable_external_access = true",
    "pragma that sets": "pragma memory_limit = '1GB'",
    "pragma that asks": "pragma database_list",
    "delete": "delete from articles",
    "insert": "insert into articles from articles",
    "update": "update articles set site = 'x'",
    "merge": "merge into articles using articles as a on false when not matched then insert",
    "truncate": "truncate articles",
    "drop": "drop table articles",
    "alter": "alter table articles add column x int",
    "comment": "comment on table articles is 'x'",
    "create": "create table lake.x (i int)",
    "create elsewhere": "create table memory.x (i int)",
    "create for the moment": "create temp table x as select 1",
    "delete from the catalog": "delete from __ducklake_metadata_lake.ducklake_table",
    "a second statement": "select 1; drop table articles",
    "a second query": "select 1; select 2",
    "nothing": "  -- nothing",
    "checkpoint": "checkpoint lake",
    "an option of the lake": "call lake.set_option('parquet_row_group_size', 4)",
    "expire": "call ducklake_expire_snapshots('lake', older_than => now())",
    "expire as a query": "from ducklake_expire_snapshots('lake', older_than => now())",
    "clean up": "call ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "clean up as a query": "from ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "clean up in a method": "from lake.cleanup_old_files(cleanup_all => true)",
    "delete orphans": "from ducklake_delete_orphaned_files('lake', cleanup_all => true)",
    "log to a file": "call enable_logging(storage => 'file', storage_path => '{out}/log')",
    "log as a query": "from enable_logging(storage => 'file', storage_path => '{out}/log')",
    "a setting": "select current_setting('s3_secret_access_key') as x",
    "settings": "from duckdb_settings()",
    "settings, as PostgreSQL names them": "from pg_settings",
    "the environment": "select getenv('HOME') as x",
    "secrets": "from duckdb_secrets()",
    "create a secret": "create secret s (type s3, key_id 'x', secret 'y')",
    "databases and their paths": "from duckdb_databases",
    "leave the lake": "use memory",
    "a transaction left open": "begin",
    "a prepared statement": "prepare q as select 1",
    "a variable": "set variable x = 1",
}

ANALYSIS = {
    "a view": "select count(*) as n from articles_latest",
    "from first": "from revisions select title where body_words > 3 limit 3",
    "a common table": "with a as (select source_id, count(*) as n from articles group by all) from a order by n",
    "a recursive one": "with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) from t",
    "a snapshot": "select count(*) as n from articles at (version => {last})",
    "snapshots": "from lake.snapshots()",
    "what changed": "select count(*) as n from ducklake_table_insertions('lake', 'main', 'articles', {last}, {last})",
    "a macro of ours": "from wordings_as_of(now()) limit 1",
    "summarize": "summarize revisions",
    "describe": "describe revisions",
    "describe a query": "describe select title from articles_latest",
    "show tables": "show tables",
    "show all tables": "show all tables",
    "columns": "select column_name, comment from duckdb_columns() where table_name = 'revisions'",
    "information schema": "select table_name from information_schema.tables",
    "explain": "explain select count(*) from articles",
    "explain analyze": "explain (analyze) select count(*) from articles",
    "a pivot": "pivot articles on source_id using count(*)",
    "a pivot of values": "pivot articles on source_id in ('norvane-wire') using count(*)",
    "an unpivot": "unpivot (select 1 as a, 2 as b) on a, b",
    "a series": "select unnest(range(3)) as i union all from generate_series(3, 5)",
    "JSON": "select key from json_each('{\"a\": 1}')",
    "a window": "select title, row_number() over (order by title) as n from articles_latest limit 2",
    "a word in a text": "select count(*) as n from revisions where body ilike '%glob(%' or title = 'read_csv'",
    "a lambda": "select list_transform([1, 2], lambda x: x + 1) as l",
    "a semicolon at the end": "select 1 as one;",
    "values": "values (1), (2)",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_warehouse(tmp_path_factory.mktemp("ask"))


@pytest.fixture(scope="module")
def con(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_reader(place) as opened:
        yield opened


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, but for the index that SQLite's readers share."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".sqlite-shm")
    return {str(path): path.read_bytes() for path in found}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    (tmp_path / "secret.csv").write_text(f"name\n{CANARY}\n")
    return tmp_path / "secret.csv"


@pytest.mark.parametrize("query", WAYS_OUT.values(), ids=WAYS_OUT.keys())
def test_there_is_no_way_out(
    con: duckdb.DuckDBPyConnection, place: Place, secret: Path, tmp_path: Path, query: str
) -> None:
    """Whatever does more than read the tables is refused in one line, and nothing is written or shown."""
    before = files_of(place.folder) | files_of(tmp_path)
    text = query.format(secret=secret, out=tmp_path, files=place.data_path, folder=place.folder)
    with pytest.raises(QueryError) as refused:
        ask(con, place, text)
    assert "\n" not in str(refused.value)
    assert CANARY not in str(refused.value)
    assert files_of(place.folder) | files_of(tmp_path) == before


@pytest.mark.parametrize("query", ANALYSIS.values(), ids=ANALYSIS.keys())
def test_analysts_are_not_hindered(con: duckdb.DuckDBPyConnection, place: Place, query: str) -> None:
    """What reads the tables works: views, macros, snapshots, pivots, and DuckDB's ways to look at a table."""
    last = ask(con, place, "select max(snapshot_id) as n from lake.snapshots()").to_pylist()[0]["n"]
    assert ask(con, place, query.replace("{last}", str(last))).num_rows > 0


@pytest.mark.parametrize(
    "query", ["selec 1", "select nothing from articles", "from nothing", "select 'x'::int as i"]
)
def test_a_mistake_is_shown_where_it_stands(con: duckdb.DuckDBPyConnection, place: Place, query: str) -> None:
    """Wrong SQL is the user's mistake, in DuckDB's words, with the line that it is about and a mark below it."""
    with pytest.raises(QueryError) as refused:
        ask(con, place, query)
    told, _, mark = str(refused.value).rpartition("\n")
    assert "Error" in told
    assert f"LINE 1: {query}" in told
    assert mark.strip() == "^"


def test_a_write_is_told_that_the_warehouse_is_read_only(
    con: duckdb.DuckDBPyConnection, place: Place
) -> None:
    """The line names what was tried and what may be asked."""
    with pytest.raises(QueryError, match=r"read-only here: give one query \(SELECT.*, not DELETE$"):
        ask(con, place, "delete from articles")


def test_switches_hold_by_themselves(place: Place, secret: Path, tmp_path: Path) -> None:
    """Also without the judge: no other file is read or written, and no setting opens the door again."""
    with connect_reader(place) as bare:
        lock_down(bare, place)
        for query in (
            f"from read_csv('{secret}')",
            f"copy (select 1) to '{tmp_path}/a.csv'",
            f"attach '{tmp_path}/x.duckdb' as x",
            "load httpfs",
            "set enable_external_access = true",
            "reset lock_configuration",
        ):
            with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
                bare.execute(query)
        assert bare.execute("select count(*) from articles_latest").fetchall() > [(0,)]


def test_no_unsigned_extension_can_be_loaded_once_the_packaged_ones_are(place: Place) -> None:
    """The packages stand in the lock by their hashes; nothing else is let in, and nobody can allow it again."""
    for connect in (connect_reader, connect_writer):
        with connect(place) as con:
            assert con.sql("select current_setting('allow_unsigned_extensions')").fetchall() == [(False,)]
            with pytest.raises(duckdb.Error, match="while database is running"):
                con.execute("set allow_unsigned_extensions = true")


def test_what_does_not_fit_in_memory_overflows(place: Place) -> None:
    """A locked reader may still use DuckDB's folder for overflow: a large sort ends well."""
    with connect_reader(place) as small:
        small.execute("set memory_limit = '48MB'")
        small.execute("set threads = 1")
        query = "select count(*) as n from (select hash(i)::varchar || repeat('x', 90) as s from range(500000) t(i) order by s)"
        assert ask(small, place, query).to_pylist() == [{"n": 500_000}]


def test_an_exported_query_is_judged_as_well(place: Place, secret: Path, tmp_path: Path) -> None:
    """`export --query` is the same door."""
    with connect_reader(place) as con:
        for query in (f"from read_text('{secret}')", "delete from articles", "select 1; select 2"):
            for form in ExportFormat:
                with pytest.raises(QueryError):
                    export(con, tmp_path / "out", form, query=query)
    assert not (tmp_path / "out").exists()


def test_an_own_check_is_judged_as_well(place: Place, secret: Path, tmp_path: Path) -> None:
    """A check of the user's own reads the tables, and only those."""
    (tmp_path / "own.sql").write_text(f"-- Nobody reads this.\nfrom read_text('{secret}')\n")
    with connect_reader(place) as con, pytest.raises(UserError, match=r"own\.sql: read_text\(\) is not"):
        check(con, now=datetime.now(UTC), folders=[tmp_path], place=place, only=["own"])


def test_the_login_of_a_catalog_on_a_server_cannot_be_asked_for(tmp_path: Path, postgres: Server) -> None:
    """With PostgreSQL: tables are read, and neither its password nor another table of the server is."""
    place = Place(tmp_path / "w", catalog=shared_catalog(postgres, "asked", tmp_path / "w" / "files"))
    with connect_reader(place) as con:
        assert ask(con, place, "select count(*) as n from articles").to_pylist() == [{"n": 0}]
        assert PASSWORD not in str(ask(con, place, "show databases").to_pylist())
        for query in (
            "from duckdb_databases()",
            "pragma database_list",
            f"from postgres_scan('{place.catalog}', 'pg_catalog', 'pg_authid')",
            "from postgres_query('__ducklake_metadata_lake', 'select 1')",
            "call postgres_execute('__ducklake_metadata_lake', 'create table x (i int)')",
            f"attach '{place.catalog}' as x (type postgres)",
        ):
            with pytest.raises(QueryError) as refused:
                ask(con, place, query)
            assert PASSWORD not in str(refused.value)
