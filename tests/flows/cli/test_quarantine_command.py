"""`copydesk quarantine`, and what ingest and replay say of documents that time did not suffice for."""

import json
from pathlib import Path

import pytest
from long_text import TOO_FEW_SECONDS, long_text
from small_desk import run

SHORT = "Lamp lit\n\n" + "The keeper of the lamp wrote down the ships of that night, and went home. " * 6


def test_what_waits_is_said_listed_and_brought_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Ingest says what waits; the list tells step, limit and outlook within 80 columns; --retry brings it back.

    A replay that has too little time names what it could not refine, keeps every article, and ends with 1.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_WAREHOUSE", str(tmp_path / "w"))
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "long.txt").write_text(long_text(), "utf-8")
    (tmp_path / "desk" / "empty.txt").write_bytes(b"")
    with monkeypatch.context() as busy:
        busy.setenv("COPYDESK_DOCUMENT_SECONDS", str(TOO_FEW_SECONDS))
        assert run(monkeypatch, "ingest", "desk", "--no-prefect", "--workers", 1) == 1
        said = capsys.readouterr().out
        assert "another try, by the next run: 1" in said
        assert run(monkeypatch, "quarantine", "--retry", "timeout", "--workers", 1) == 1
        assert "tried again" in capsys.readouterr().out
    assert run(monkeypatch, "quarantine", "--format", "table") == 0
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    for words in ("timeout in", "s of processor time", "tried 2 times", "empty in extract", "desk: long.txt"):
        assert words in told
    assert run(monkeypatch, "quarantine", "timeout", "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["origin"], row["state"], row["tries_count"]) == ("long.txt", "waits", 2)
    assert run(monkeypatch, "quarantine", "--source", "elsewhere", "--format", "table") == 0
    assert "Nothing stands in quarantine" in capsys.readouterr().out
    assert run(monkeypatch, "ingest", "desk", "--no-prefect", "--workers", 1) == 0
    said = capsys.readouterr().out
    assert "all of them known" not in said
    assert "another try, by the next run after" in said
    assert run(monkeypatch, "quarantine", "--retry", "timeout", "--workers", 1) == 0
    assert run(monkeypatch, "quarantine", "timeout", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out.rpartition("[")[2].join(["[", ""])) == []
    for words in (["--retry", "bogus"], ["bogus"]):
        assert run(monkeypatch, "quarantine", *words) == 2
        assert "'bogus': those are empty, timeout" in capsys.readouterr().err
    monkeypatch.setenv("COPYDESK_DOCUMENT_SECONDS", str(TOO_FEW_SECONDS))
    assert run(monkeypatch, "replay", "--workers", 1) == 1
    said = capsys.readouterr().out
    assert "1 documents could not be refined and stay as they stand" in said
    assert "long.txt: timeout in" in said
    assert run(monkeypatch, "sql", "select count(*) as n from articles", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == [{"n": 1}]


def test_a_page_that_no_table_could_hold_costs_itself_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Half a character in what a page says of itself, which ended the run, leaves an article like any other."""
    monkeypatch.setenv("COPYDESK_WAREHOUSE", str(tmp_path / "w"))
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "short.txt").write_text(SHORT, "utf-8")
    (tmp_path / "desk" / "half.html").write_text(
        '<html lang=en><head><title>Lamp</title><script type="application/ld+json">{"@type": "NewsArticle",'
        r' "articleSection": "Sea \ud800"}</script></head><body><article><h1>Lamp</h1>'
        f"<p>{SHORT}</p></article></body></html>",
        "utf-8",
    )
    assert run(monkeypatch, "ingest", tmp_path / "desk", "--no-prefect", "--workers", 1) == 0
    capsys.readouterr()
    query = "select section from revisions join articles using (article_id) where origin = 'half.html'"
    assert run(monkeypatch, "sql", query, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == [{"section": "Sea \N{REPLACEMENT CHARACTER}"}]
