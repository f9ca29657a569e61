"""What a person gives the command: standard input, columns, addresses."""

import gzip
import io
import json
from pathlib import Path

import pytest
from small_desk import Copydesk
from small_newspaper import Newspaper, rss, sitemap
from stranger_stories import DAY, plain, story, table, title


def test_standard_input_is_what_its_format_says(
    copydesk: Copydesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` is read as --format says, packed or not, else as what it looks like; a wrong format is told with the right ones."""
    packed = gzip.compress(json.dumps(plain("Acorn")).encode())
    for payload, words in (
        (packed, ["--format", "jsonl"]),
        (table([plain("Acorn")]).encode(), ["--format", "csv"]),
        (json.dumps([plain("Acorn")]).encode(), []),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(payload)))
        assert story("Acorn").split("\n")[0] in copydesk("clean", "-", *words)[1]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(packed)))
    run = ["ingest", "-", "--format", "jsonl", "--no-prefect", "--workers", 1, "-w", tmp_path / "w"]
    assert copydesk(*run)[0] == 0
    rows = copydesk("sql", "select title, source_id from articles_latest", "-w", tmp_path / "w", "-f", "csv")[
        1
    ]
    assert rows.splitlines()[1:] == [f"{title('Acorn')},stdin"]
    code, _, err = copydesk("ingest", "-", "--format", "docx")
    assert (code, "jsonl" in err) == (2, True)


def test_columns_are_told_and_typos_noticed(copydesk: Copydesk, tmp_path: Path) -> None:
    """--map reads a column first; a column that no row has, a field that there is not, and half a pair are told."""
    row = {"head": title("Acorn"), "words": story("Acorn"), "pub": DAY}
    (tmp_path / "dump").write_text(json.dumps(row))
    run = ["ingest", tmp_path / "dump", "--no-prefect", "--workers", 1, "-w", tmp_path / "w"]
    words = ["--map", "title=head", "--map", "text=words", "--map", "published_at=publ", "--keep", "pub"]
    code, out, _ = copydesk(*run, *words)
    assert code == 0
    assert "dump: read as .json, which it looks like" in out
    assert "no row has the column publ" in out
    rows = copydesk(
        "sql", "select title, published_on from articles_latest", "-w", tmp_path / "w", "-f", "csv"
    )[1]
    assert rows.splitlines()[1:] == [f"{title('Acorn')},"]
    for wrong, told in (("title", "FIELD=COLUMN"), ("headline=head", "published_at")):
        code, _, err = copydesk(*run, "--map", wrong)
        assert (code, told in err, err.count("\n")) == (2, True, 1)


def test_an_address_is_what_it_answers_as(
    copydesk: Copydesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed's address brings its entries, another page itself; --fetch asks for what a list names; again nothing is new."""
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    with Newspaper() as paper:
        paper.put("/feed.xml", rss(paper.base, range(1, 3)), etag='"one"')
        paper.put_articles(range(1, 6))
        (tmp_path / "sitemap.xml").write_bytes(sitemap(paper.base, [4, 5]))
        (tmp_path / "list.csv").write_text(
            f"URL,MobileURL,Date,Title\n{paper.base}/news/4,,20260214120000,Four\n"
        )
        run = ["ingest", "--no-prefect", "--workers", 1, "-w", tmp_path / "w"]
        given = [
            f"{paper.base}/feed.xml",
            f"{paper.base}/news/3",
            tmp_path / "list.csv",
            tmp_path / "sitemap.xml",
            "--fetch",
        ]
        assert copydesk(*run, *given)[0] == 0
        count = "select count(*), count(distinct source_id) from articles"
        assert copydesk("sql", count, "-w", tmp_path / "w", "-f", "csv")[1].splitlines()[1] == "5,3"
        assert "Nothing is new" in copydesk(*run, *given)[1]
        assert copydesk("clean", f"{paper.base}/news/3")[1].strip()
        code, _, err = copydesk(*run, f"{paper.base}/nowhere")
        assert (code, "404" in err, err.count("\n")) == (2, True, 1)


def test_one_text_after_another_on_standard_input_are_two_articles(
    copydesk: Copydesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard input has no place of its own, so another text there is another article; the same one again is known."""
    for text, new in ((story("Acorn"), 1), (story("Bracken"), 1), (story("Acorn"), 0)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code, out, _ = copydesk("ingest", "-", "--no-prefect", "--workers", 1, "-w", tmp_path / "w")
        assert (code, "Nothing is new" in out) == (0, not new)
    rows = copydesk("sql", "select count(*) from articles_latest", "-w", tmp_path / "w", "-f", "csv")[1]
    assert rows.splitlines()[1:] == ["2"]


def test_a_source_that_fails_again_is_told_again(copydesk: Copydesk, tmp_path: Path) -> None:
    """Cron hears of it each time: code 1 and the cause in a line, whether or not it stands in quarantine already."""
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nid = "gull"\nkind = "feed"\nurl = "http://127.0.0.1:9/feed"\n'
        'headers = {Authorization = "Bearer ${COPYDESK_NO_SUCH_SECRET}"}\n'
    )
    for _ in range(2):
        code, out, _ = copydesk(
            "ingest", "--sources", tmp_path / "sources.toml", "--no-prefect", "-w", tmp_path / "w"
        )
        assert (code, out.count("COPYDESK_NO_SUCH_SECRET"), "all of them known" in out) == (1, 1, False)


def test_a_zone_of_the_users_counts_without_a_warehouse_too(copydesk: Copydesk, tmp_path: Path) -> None:
    """`clean --timezone` makes a moment of a time that names no zone, as `ingest` does."""
    (tmp_path / "a.json").write_text(json.dumps(plain("Acorn") | {"published_at": f"{DAY}T10:00:00"}))
    for words, moment in (([], None), (["--timezone", "Asia/Tokyo"], f"{DAY}T01:00:00+00:00")):
        code, out, _ = copydesk("clean", tmp_path / "a.json", "--json", *words)
        assert (code, json.loads(out)["published_at"]) == (0, moment)


def test_what_gives_no_document_is_not_called_known(copydesk: Copydesk, tmp_path: Path) -> None:
    """A file of other objects is named; nothing of it is known."""
    (tmp_path / "settings.json").write_text('{"colour": "blue"}')
    code, out, _ = copydesk(
        "ingest", tmp_path / "settings.json", "--no-prefect", "--workers", 1, "-w", tmp_path / "w"
    )
    assert (code, "settings.json" in out, "known" in out) == (0, True, False)


@pytest.mark.parametrize("words", [[], ["rules"]], ids=["copydesk", "a group"])
def test_a_name_alone_lists_what_there_is(copydesk: Copydesk, words: list[str]) -> None:
    """A command a line, as --help has it; the code is that of wrong use."""
    code, _, err = copydesk(*words)
    assert code == 2
    assert err.startswith("copydesk: no command given")
    assert err.splitlines()[2:] == copydesk(*words, "--help")[1].splitlines()
