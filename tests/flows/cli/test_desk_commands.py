"""The desk's commands: report, search and export, from the prompt."""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from small_desk import Copydesk
from small_warehouse import build_warehouse

from copydesk.warehouse.place import Place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_warehouse(tmp_path_factory.mktemp("desk"))


def run(copydesk: Copydesk, place: Place, *words: object) -> tuple[int, str]:
    code, out, err = copydesk(*words, "--warehouse", place.folder)
    return code, out + err


def test_report_is_written(copydesk: Copydesk, place: Place, tmp_path: Path) -> None:
    """The first page's place is said, and as many articles as were asked for have a page."""
    code, text = run(copydesk, place, "report", "--out", str(tmp_path / "out"), "--articles", "7")
    assert code == 0
    assert "7 articles" in text
    assert len(list((tmp_path / "out" / "articles").iterdir())) == 7


def test_search_finds_and_narrows(copydesk: Copydesk, place: Place) -> None:
    """Words find articles; --ids gives what SQL can join; nothing found is code 0 and said."""
    code, text = run(copydesk, place, "search", "council", "day", "-n", "3", "--ids")
    assert code == 0
    assert len(text.split()) == 3
    assert (
        "fellside-post.example" in run(copydesk, place, "search", "council", "--source", "fellside-post")[1]
    )
    assert "nothing found" in run(copydesk, place, "search", "zebra")[1]


def test_search_without_words_is_wrong_use(copydesk: Copydesk, place: Place) -> None:
    """Nothing to look for gives code 2."""
    assert run(copydesk, place, "search", "?!")[0] == 2


def test_export_stands_alone(copydesk: Copydesk, place: Place, tmp_path: Path) -> None:
    """The file is written and counted; a second time it is not overwritten."""
    out = tmp_path / "news.duckdb"
    code, text = run(copydesk, place, "export", str(out))
    assert code == 0
    assert "71  articles" in text
    with duckdb.connect(str(out), read_only=True) as alone:
        assert alone.execute("select count(*) from articles_latest").fetchall() == [(71,)]
    assert run(copydesk, place, "export", str(out))[0] == 2


@pytest.mark.parametrize(("name", "code"), [("a.sqlite", 0), ("b.duckdb", 0), ("c.csv", 2), ("d.parquet", 2)])
def test_an_export_is_what_its_name_says(
    copydesk: Copydesk, place: Place, tmp_path: Path, name: str, code: int
) -> None:
    """The ending of a file tells its format; that of a format of many files is refused, with what to write instead."""
    words = ("export", tmp_path / name, "--query", "select 1 as one")
    found, text = run(copydesk, place, *words)
    assert found == code
    assert (tmp_path / name).exists() == (code == 0)
    assert code == 0 or f"--format {name[2:]} {tmp_path / name[0]}" in text
    if name.endswith(".sqlite"):
        with closing(sqlite3.connect(tmp_path / name)) as con:
            assert con.execute("select one from result").fetchall() == [(1,)]


def test_a_hint_for_no_article_names_the_warehouse(copydesk: Copydesk, place: Place) -> None:
    """What `show` suggests works as it is pasted."""
    code, text = run(copydesk, place, "show", "zebra")
    assert (
        code,
        f'articles_latest" --warehouse {place.folder}' in text
        or f'articles_latest" -w {place.folder}' in text,
    ) == (2, True)
