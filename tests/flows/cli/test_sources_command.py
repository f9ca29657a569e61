"""`copydesk sources` tells what is known, and a site's feeds as entries that can be pasted."""

import tomllib
from pathlib import Path

import pytest
from small_desk import Copydesk
from small_newspaper import Newspaper, rss
from typer.testing import CliRunner

from copydesk.flows.cli.sources import app

RUNNER = CliRunner()
LIST = '[[source]]\nid = "gazette"\nkind = "feed"\nurl = "https://gazette.example/feed"\nenabled = false\n'


def test_a_list_without_a_warehouse(tmp_path: Path) -> None:
    """Sources are listed before anything was ever run."""
    (tmp_path / "s.toml").write_text(LIST)
    result = RUNNER.invoke(
        app, ["--sources", str(tmp_path / "s.toml"), "--warehouse", str(tmp_path / "none")]
    )
    assert result.exit_code == 0
    assert "gazette" in result.output


def test_the_list_is_that_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --sources the list that a run would read is shown."""
    (tmp_path / "s.toml").write_text(LIST)
    monkeypatch.setenv("COPYDESK_SOURCES", str(tmp_path / "s.toml"))
    result = RUNNER.invoke(app, ["--warehouse", str(tmp_path / "none")])
    assert result.exit_code == 0
    assert "gazette" in result.output


def test_a_broken_list_is_wrong_use(copydesk: Copydesk, tmp_path: Path) -> None:
    """A fault of the list is one line and exit code 2."""
    (tmp_path / "s.toml").write_text(LIST.replace("feed", "rss"))
    code, _, told = copydesk("sources", "--sources", tmp_path / "s.toml")
    assert code == 2
    assert "kind 'rss' is not known" in told


def test_what_is_refused_is_told_in_one_line_without_its_secrets(copydesk: Copydesk, tmp_path: Path) -> None:
    """Two faults of a list are one line, and no login or token of an address is shown."""
    address = "ftp://desk:secret-pw@gazette.example/feed?token=secret-tok"
    (tmp_path / "s.toml").write_text(LIST.replace("https://gazette.example/feed", address) + "colour = 1\n")
    for words in (["--sources", tmp_path / "s.toml"], ["discover", address]):
        code, out, told = copydesk("sources", *words)
        assert (code, out) == (2, "")
        assert told.startswith("copydesk: ")
        assert told.count("\n") == 1
        assert "secret" not in told


def test_discovered_feeds_are_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is a source list."""
    with Newspaper() as paper:
        paper.put("/", b'<link rel=alternate type="application/rss+xml" href=/f>')
        paper.put(
            "/f",
            rss(paper.base, range(2)).replace(b"Lindmouth", b'A "quoted"\nname'),
            content_type="text/xml",
        )
        monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", paper.host)
        result = RUNNER.invoke(app, ["discover", paper.base + "/"])
    (entry,) = tomllib.loads(result.output)["source"]
    assert (entry["kind"], entry["url"], entry["language"]) == ("feed", f"{paper.base}/f", "en")


def test_a_site_out_of_reach_is_wrong_use(copydesk: Copydesk) -> None:
    """A private address that nobody opened is refused in one line."""
    code, _, told = copydesk("sources", "discover", "http://127.0.0.1:1/")
    assert code == 2
    assert "COPYDESK_ALLOW_PRIVATE_HOSTS" in told
