"""The notebook tells what the tables say."""

import importlib.util
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest

from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place

ROOT = Path(__file__).parent.parent.parent
NOTEBOOK = ROOT / "notebooks" / "one_story.py"
GOLD = json.loads((ROOT / "seeds" / "gold.json").read_text("utf-8"))
TOLD, LOOK_ALIKE = (set(story["files"]) for story in GOLD["stories"][:2])


@pytest.fixture(scope="module")
def names(sample: Place) -> Iterator[dict[str, Any]]:
    """All names that the notebook's cells have made at its end, and what it has printed (`printed`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYDESK_WAREHOUSE", str(sample.folder))
        patch.delitem(sys.modules, "pandas", raising=False)  # marimo asks whether it was loaded
        spec = importlib.util.spec_from_file_location("one_story", NOTEBOOK)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        with redirect_stdout(StringIO()) as printed:
            _, names = module.app.run()
    yield {**names, "printed": printed.getvalue()}
    names["con"].close()


@pytest.fixture(scope="module")
def con(sample: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_reader(sample) as con:
        yield con


def test_runs_as_a_script(names: dict[str, Any], con: duckdb.DuckDBPyConnection) -> None:
    """It ends well, complains of nothing, and prints a conclusion with the outlets and the look-alike."""
    lines = names["printed"].splitlines()
    (told,) = [line for line in lines if line.startswith("Told by: ")]
    assert all(publisher in told for publisher in publishers(con, TOLD) if publisher)
    (apart,) = [line for line in lines if line.startswith("Not the same: ")]
    assert titles(con, LOOK_ALIKE)[0] in apart


def test_story_is_the_one_of_the_sample(names: dict[str, Any]) -> None:
    """The documents of the story are those that the ground truth puts together, and no others."""
    assert set(names["documents"]["origin"].to_pylist()) == TOLD


def test_outlets_are_those_of_the_tables(names: dict[str, Any], con: duckdb.DuckDBPyConnection) -> None:
    """Each article tells under its publisher's name; one without a publisher is said to be unnamed."""
    named = [
        outlet for outlet in names["telling"]["outlet"].to_pylist() if not outlet.startswith("not named")
    ]
    assert sorted(named) == sorted(filter(None, publishers(con, TOLD)))
    assert names["telling"].num_rows == names["story"]["source_count"] == len(TOLD)


def test_everything_dropped_is_shown(names: dict[str, Any], con: duckdb.DuckDBPyConnection) -> None:
    """The notebook shows as many spans as the story's wordings lost, each with rule and evidence."""
    (count,) = con.execute(
        "select count(*) from boilerplate_spans join revisions using (revision_id) "
        "join articles using (article_id) where is_latest and origin in (select unnest($files))",
        {"files": sorted(TOLD)},
    ).fetchall()[0]
    assert names["cleaned"].num_rows == count > 0
    assert all(row["rule_id"] and row["evidence"] for row in names["cleaned"].to_pylist())


def test_papers_share_a_quotation_and_no_text(names: dict[str, Any]) -> None:
    """In own words with one shared quotation: no copies, and exactly the sentence of the ground truth."""
    assert names["copies"].num_rows == 0
    assert names["quotations"]["quotation"].to_pylist() == [GOLD["stories"][0]["shared_quotation"]]


def test_dates_are_stated_or_inferred_and_never_both(names: dict[str, Any]) -> None:
    """A stated day is the event's; where none is stated, the interval holds that day."""
    day = GOLD["stories"][0]["event_on"]
    for row in names["dates"].to_pylist():
        if row["published_on"]:
            assert str(row["published_on"]) == day
            assert row["published_method"]
        else:
            assert str(row["not_before"]) <= day <= str(row["not_after"])
            assert row["inferred_from"]
    assert names["candidates"]["reason"].null_count == 0


def test_look_alike_stays_apart(names: dict[str, Any], con: duckdb.DuckDBPyConnection) -> None:
    """The later strike is linked with the story and told by none of its articles."""
    assert names["look_alikes"]["headline"].to_pylist() == titles(con, LOOK_ALIKE)
    assert not set(names["telling"]["title"].to_pylist()) & set(titles(con, LOOK_ALIKE))


def test_reads_only(names: dict[str, Any]) -> None:
    """Whoever plays with the notebook cannot change the warehouse."""
    with pytest.raises(duckdb.Error, match="read-only"):
        names["con"].execute("delete from stories")


def publishers(con: duckdb.DuckDBPyConnection, files: set[str]) -> list[str | None]:
    return column(con, "publisher", files)


def titles(con: duckdb.DuckDBPyConnection, files: set[str]) -> list[Any]:
    return column(con, "title", files)


def column(con: duckdb.DuckDBPyConnection, name: str, files: set[str]) -> list[Any]:
    sql = f"select {name} from articles_latest where origin in (select unnest($files)) order by origin"
    return [row[0] for row in con.execute(sql, {"files": sorted(files)}).fetchall()]
