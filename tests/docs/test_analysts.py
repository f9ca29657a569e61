"""What the analyst's page says is so."""

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from copydesk.flows.cli.commands import app
from copydesk.flows.report.draw_pictures import DOCS, SHOWN, WIDTH
from copydesk.warehouse.check import check
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place

PAGE = (Path(__file__).parent.parent.parent / "docs" / "analysts.md").read_text("utf-8")
BLOCKS = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
QUESTIONS = re.findall(r"^(\d+)\. ([^\n]+)\n\n```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
MAY_BE_EMPTY = {"11", "16", "18", "20"}
"""The sample has no look-alike that was rejected for sure, no second wording, no refusal, and no check made yet."""


@pytest.fixture(scope="module")
def con(sample: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_reader(sample) as con:
        yield con


def test_there_are_twenty_questions() -> None:
    """Twenty questions, numbered, each with its SQL."""
    assert [int(number) for number, _, _ in QUESTIONS] == list(range(1, 21))


@pytest.mark.parametrize("block", BLOCKS, ids=[" ".join(block.split())[:50] for block in BLOCKS])
def test_every_block_runs(con: duckdb.DuckDBPyConnection, block: str) -> None:
    """Each block of SQL runs as it stands against the sample."""
    con.execute(block).fetchall()


@pytest.mark.parametrize(
    ("number", "question", "block"), QUESTIONS, ids=[number for number, _, _ in QUESTIONS]
)
def test_questions_have_answers(
    con: duckdb.DuckDBPyConnection, number: str, question: str, block: str
) -> None:
    """The sample answers each question, save those about what it does not have."""
    assert number in MAY_BE_EMPTY or con.execute(block).fetchall(), question


RECIPES = dict(re.findall(r"```python recipe=(\w+)\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.filterwarnings("default")  # those of others' packages are not ours to mend
@pytest.mark.parametrize("package", RECIPES)
def test_a_recipe_runs(con: duckdb.DuckDBPyConnection, package: str) -> None:
    """Each recipe runs as it stands, where its package is installed."""
    pytest.importorskip(package, reason=f"{package} is no dependency of ours")
    names = {
        "con": con,
        "table": con.sql("select title, outlet, best_day from articles_latest").to_arrow_table(),
    }
    exec(RECIPES[package], names)
    assert len(list(names.values())[-1]) > 0


PAGES = [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]
INDENTED = [
    (page.name, statement)
    for page in PAGES
    if page.name != "analysts.md"  # its indented ones go on from one another
    for block in re.findall(r"(?:^    .*\n)+", page.read_text("utf-8"), re.MULTILINE)
    for statement in re.findall(r"^ {4}((?:select|with)\b[^;]*)", block, re.MULTILINE)
]


@pytest.mark.parametrize(("page", "statement"), INDENTED, ids=[page for page, _ in INDENTED])
def test_indented_statements_run(con: duckdb.DuckDBPyConnection, page: str, statement: str) -> None:
    """A statement that any other page shows runs as it stands, too."""
    assert con.execute(statement).description, page


def test_example_of_an_own_check_runs(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The check that docs/checks.md shows runs as it stands, and so does the query of trends."""
    page = (Path(__file__).parent.parent.parent / "docs" / "checks.md").read_text("utf-8")
    own, trend = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    (tmp_path / "titles_are_short.sql").write_text(own)
    results = check(con, now=datetime.now(UTC), folders=[tmp_path], only=["titles_are_short"])
    assert [result.is_passed for result in results] == [True]
    con.execute(trend).fetchall()


VARYING = ("source", "article", "cleanedby", "2026-")
"""Ids, the version of the rules and the moment of the run."""


def lines_of(text: str) -> list[str]:
    """What stands in each line, without white space, which a picture lays out by coordinates."""
    lines = ("".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(VARYING)]


def test_picture_of_show_is_current(sample: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/show.svg has what `copydesk show` prints today."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    printed = CliRunner().invoke(app, ["show", SHOWN, "-w", str(sample.folder)]).output
    drawn: dict[float, str] = {}
    texts = r'<text class="show-r\d+" x="[\d.]+" y="([\d.]+)"[^>]*>([^<]*)</text>'
    for at, text in re.findall(texts, (DOCS / "show.svg").read_text("utf-8")):
        drawn[float(at)] = drawn.get(float(at), "") + unescape(text)
    pictured = "\n".join(drawn[at] for at in sorted(drawn))
    assert lines_of(pictured) == lines_of(printed), "run: make pictures"


def test_search_finds_what_the_page_looks_for(sample: Place) -> None:
    """The page's example of a search finds an article of the sample."""
    words = shlex.split(re.findall(r"`copydesk (search [^`]+)`", PAGE)[0])
    assert "harbour-gazette.example" in CliRunner().invoke(app, [*words, "-w", str(sample.folder)]).output
