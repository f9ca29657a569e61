"""The desk's commands: report, search and export, from the prompt."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import typer
from small_warehouse import build_warehouse
from typer.testing import CliRunner

from flows.cli.export import export
from flows.cli.report import report
from flows.cli.search import search
from warehouse.place import Place

app = typer.Typer()
for command in (report, search, export):
    app.command()(command)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_warehouse(tmp_path_factory.mktemp("desk"))


def run(place: Place, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "--warehouse", str(place.folder)])
    return done.exit_code, done.output


def test_report_is_written(place: Place, tmp_path: Path) -> None:
    """The first page's place is said, and as many articles as were asked for have a page."""
    code, text = run(place, "report", "--out", str(tmp_path / "out"), "--articles", "7")
    assert code == 0
    assert "7 articles" in text
    assert len(list((tmp_path / "out" / "articles").iterdir())) == 7


def test_search_finds_and_narrows(place: Place) -> None:
    """Words find articles; --ids gives what SQL can join; nothing found is code 0 and said."""
    code, text = run(place, "search", "council", "day", "-n", "3", "--ids")
    assert code == 0
    assert len(text.split()) == 3
    assert "fellside-post.example" in run(place, "search", "council", "--source", "fellside-post")[1]
    assert "nothing found" in run(place, "search", "zebra")[1]


def test_search_without_words_is_wrong_use(place: Place) -> None:
    """Nothing to look for gives code 2."""
    assert run(place, "search", "?!")[0] == 2


def test_export_stands_alone(place: Place, tmp_path: Path) -> None:
    """The file is written and counted; a second time it is not overwritten."""
    out = tmp_path / "news.duckdb"
    code, text = run(place, "export", str(out))
    assert code == 0
    assert "71  articles" in text
    with duckdb.connect(str(out), read_only=True) as alone:
        assert alone.execute("select count(*) from articles_latest").fetchall() == [(71,)]
    assert run(place, "export", str(out))[0] == 2


def test_check_starts_without_prefect(place: Place) -> None:
    """The check imports no Prefect: a build has its answer at once."""
    code = (
        "import sys; from flows.cli.commands import app;"
        f"app(['check', '-w', {str(place.folder)!r}, '--no-store'], standalone_mode=False);"
        "sys.exit(3 if 'prefect' in sys.modules else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
