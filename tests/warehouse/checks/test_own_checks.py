"""A newsroom's own checks stand beside ours; a file that cannot run is named with what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from small_articles import NOW
from small_warehouse import build_warehouse

from copydesk.schemas.user_error import UserError
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_reader(build_warehouse(tmp_path_factory.mktemp("warehouse"))) as con:
        yield con


def test_own_folder_adds_and_replaces(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A newsroom's file is a further check; one of a packaged name takes its place."""
    (tmp_path / "titles_are_short.sql").write_text(
        "-- A title has at most so many characters.\n-- severity: warn\n-- threshold: 5\n"
        "select revision_id, title from revisions where length(title) > $threshold"
    )
    (tmp_path / "dates_are_found.sql").write_text("-- Nothing is asked of dates.\nselect 1 where false;\n")
    names = ["titles_are_short", "dates_are_found", "ratios_are_ratios"]
    results = {result.name: result for result in check(con, now=NOW, folders=[tmp_path], only=names)}
    assert sorted(results) == sorted(names)
    assert not results["titles_are_short"].is_passed
    assert results["titles_are_short"].severity == "warn"
    assert results["dates_are_found"].law == "Nothing is asked of dates."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("select 1", "must say the law"),
        ("-- A law.\n-- severity: fatal\nselect 1", "expected error or warn"),
        ("-- A law.\n-- threshold: much\nselect 1", "expected a number"),
        ("-- A law.\n", "no SELECT"),
        ("-- A law.\nselect * from nowhere", "nowhere"),
        ("-- A law.\nselct 1", "selct"),
        ("-- A law.\ndelete from runs", "one SELECT"),
        ("-- A law.\nselect 1; select 2", "one SELECT"),
        ("-- A law.\nselect $threshold", "nothing to bind to threshold"),
    ],
    ids=lambda value: value[:20],
)
def test_unusable_file_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path, text: str, says: str) -> None:
    """A file of the user's that cannot run is named together with what is wrong."""
    (tmp_path / "mine.sql").write_text(text)
    with pytest.raises(UserError, match=r"mine\.sql.*" + says):
        check(con, now=NOW, folders=[tmp_path], only=["mine"])


def test_missing_folder_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A folder of checks that is not there is the user's mistake, not an empty one."""
    with pytest.raises(UserError, match="no such folder"):
        check(con, now=NOW, folders=[tmp_path / "none"])
