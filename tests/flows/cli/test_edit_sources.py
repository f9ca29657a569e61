"""The source list written from elsewhere, and tried before it runs."""

import tomllib
from pathlib import Path

import pytest
from small_desk import Copydesk, write_desk
from small_newspaper import Newspaper, Request, rss
from stranger_stories import page
from warc_writer import http, record, zipped

from copydesk.flows.sources.add_sources import read_opml
from copydesk.schemas.user_error import UserError

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
<outline type="rss" text="The Tide &amp; Post" xmlUrl="https://tide.example/feed?token=abcdef1234567890abcdef" language="en"/>
<outline type="rss" title="The Gull" xmlUrl="feed://gull.example/rss"/>
<outline type="rss" text="again" xmlUrl="https://gull.example/rss"/>
<outline type="rss" text="as subscriber" xmlUrl="https://ann:secret@gull.example/rss"/>
<outline type="rss" text="of old" xmlUrl="http://gull.example/rss/"/></outline></body></opml>"""


def entries(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(path.read_text("utf-8"))["source"]
    return found


@pytest.mark.parametrize("broken", [b"", b" ", b"\0\1", b"<rss/>", b"opml"])
def test_what_is_no_opml_is_told(broken: bytes) -> None:
    """Whatever stands in the file: it is the user's to name another."""
    with pytest.raises(UserError, match="no OPML"):
        read_opml(broken)


def test_half_a_character_costs_its_words_alone() -> None:
    """A reader of feeds that cut a title wrote half a character: the feed comes in without a title."""
    payload = b'<opml><body><outline text="&#55357;" xmlUrl="http://gull.example/rss"/></body></opml>'
    assert [(each.url, each.publisher) for each in read_opml(payload)] == [("http://gull.example/rss", None)]


def test_feeds_come_in_and_go_out_as_opml(copydesk: Copydesk, tmp_path: Path) -> None:
    """Each feed is added once, behind what stands there; what goes out has no tokens; what is no OPML is one line."""
    (tmp_path / "feeds.opml").write_text(OPML, "utf-8")
    mine = '# mine\n[[source]]\nid = "gull-example-rss"\nkind = "folder"\npath = "x"\n'
    (tmp_path / "s.toml").write_text(mine, "utf-8")
    words = ["sources", "import", tmp_path / "feeds.opml", "--sources", tmp_path / "s.toml"]
    assert "2 sources would be added" in copydesk(*words, "--dry-run")[1]
    assert (tmp_path / "s.toml").read_text("utf-8") == mine
    assert "2 sources added" in copydesk(*words)[1]
    assert "0 sources added" in copydesk(*words)[1]
    assert (tmp_path / "s.toml").read_text("utf-8").startswith(mine.rstrip())
    _, tide, gull = entries(tmp_path / "s.toml")
    assert (tide["id"], tide["publisher"], tide["language"]) == ("tide-example-feed", "The Tide & Post", "en")
    assert (gull["id"], gull["url"]) == ("gull-example-rss-2", "https://gull.example/rss")
    code, out, _ = copydesk("sources", "export", "--sources", tmp_path / "s.toml")
    assert (code, "The Tide &amp; Post" in out, "abcdef" in out) == (0, True, False)
    (tmp_path / "feeds.opml").write_text("<rss/>")
    code, _, err = copydesk(*words)
    assert (code, err.count("\n"), "no OPML" in err) == (2, 1, True)


def test_a_site_is_added_and_tried(
    copydesk: Copydesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The largest feed of a site is written; a trial asks for three pages and writes nothing; headers carry secrets by name."""
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    with Newspaper() as paper:
        paper.put("/", b'<link rel=alternate type="application/rss+xml" href=/f>')
        paper.put("/f", rss(paper.base, range(1, 9)))
        paper.put_articles(range(1, 9))
        assert "1 sources added" in copydesk("sources", "add", paper.base, "--sources", "s.toml")[1]
        (entry,) = entries(tmp_path / "s.toml")
        assert entry["url"] == f"{paper.base}/f"
        paper.forget()
        trial = ["sources", "test", entry["id"], "--sources", "s.toml"]
        code, out, _ = copydesk(*trial)
        assert (code, out.count("Berth report"), "8 entries listed" in out) == (0, 3, True)
        assert sum(count for path, count in paper.asked().items() if path.startswith("/news/")) == 3
        assert sorted(path.name for path in tmp_path.iterdir()) == ["s.toml"]

        with (tmp_path / "s.toml").open("a") as file:
            file.write('cookies_file = "cookies.txt"\n[source.headers]\nX-Desk = "${DESK_SECRET}"\n')
        (tmp_path / "cookies.txt").write_text(
            "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/news\tFALSE\t0\tpass\tyes\n"
        )
        assert "no DESK_SECRET" in copydesk(*trial)[1]
        monkeypatch.setenv("DESK_SECRET", "open sesame")
        paper.forget()
        assert copydesk(*trial)[0] == 0
        asked: list[Request] = paper.requests
        assert {request.headers.get("x-desk") for request in asked} == {"open sesame"}
        assert {request.headers.get("cookie") for request in asked if request.path.startswith("/news")} == {
            "pass=yes"
        }
    code, _, err = copydesk("sources", "test", "nobody", "--sources", "s.toml")
    assert (code, err.count("\n")) == (2, 1)


def test_a_folder_is_tried_too(copydesk: Copydesk, tmp_path: Path) -> None:
    """A source on disk shows its first documents."""
    write_desk(tmp_path / "desk")
    (tmp_path / "s.toml").write_text(
        '[[source]]\nid = "desk"\nkind = "folder"\npath = "desk"\nencoding = "latin1"\n'
    )
    code, out, _ = copydesk("sources", "test", "desk", "--pages", 2, "--sources", tmp_path / "s.toml")
    assert (code, out.count("is counted anew"), "3 files found, 2 as articles" in out) == (0, 2, True)


def test_an_archive_is_tried_too(copydesk: Copydesk, tmp_path: Path) -> None:
    """A WARC file shows its first pages."""
    pages = [record(number, http(page(name).encode())) for number, name in enumerate(("Acorn", "Bramble"))]
    (tmp_path / "crawl.warc.gz").write_bytes(zipped(*pages))
    (tmp_path / "s.toml").write_text('[[source]]\nid = "crawl"\nkind = "warc"\npath = "crawl.warc.gz"\n')
    code, out, _ = copydesk("sources", "test", "crawl", "--sources", tmp_path / "s.toml")
    assert (code, out.count("is lit again"), "2 as articles" in out) == (0, 2, True)
