"""The source list: what it may hold, and one line for each fault."""

from pathlib import Path

import pytest

from copydesk.flows.sources.read_sources import read_sources
from copydesk.flows.sources.source import Source
from copydesk.schemas.user_error import UserError

SEEDS = Path(__file__).parents[3] / "seeds" / "sources.toml"


def entry(**fields: object) -> str:
    given = {"id": "gazette", "kind": "feed", "url": "https://gazette.example/feed"} | fields
    lines = [
        f"{k} = {str(v).lower() if isinstance(v, bool) else repr(v)}"
        for k, v in given.items()
        if v is not None
    ]
    return "\n".join(["[[source]]", *lines, ""])


def test_an_entry_with_everything(list_file: Path) -> None:
    """Each field reaches the source; a path is taken from the folder of the list."""
    text = entry(language="en", licence="CC0", schedule="15m", enabled=False, pages=False, max_pages=9)
    text += "[source.politeness]\ndelay_seconds = 2.5\nrequests_per_host = 2\n"
    text += entry(id="crawl", kind="warc", url=None, path="warc/*.gz")
    list_file.write_text(text)
    assert read_sources(list_file) == (
        Source(
            "gazette", "feed", "https://gazette.example/feed", language="en", licence="CC0", schedule="15m",
            is_enabled=False, fetches_pages=False, delay_seconds=2.5, requests_per_host=2, max_pages=9,
        ),
        Source("crawl", "warc", path=str(list_file.parent / "warc/*.gz")),
    )  # fmt: skip


FAULTS = {
    "no TOML": ("[[source", "not TOML"),
    "another table": ("[sources]\n", "sources: only [[source]] tables are read"),
    "unknown kind": (entry(kind="rss"), "source 'gazette': kind 'rss' is not known; there are feed, sitemap"),
    "unknown field": (entry(uri="x"), "'uri' is not known; there are id, kind, url"),
    "no place": (entry(url=None), "give either url or path"),
    "two places": (entry(path="x"), "give either url or path"),
    "path for a feed": (entry(url=None, path="x"), "kind 'feed' reads from the network: give url, not path"),
    "url for a folder": (entry(kind="folder"), "kind 'folder' reads from disk: give path, not url"),
    "another scheme": (entry(url="ftp://gazette.example/"), "only http and https"),
    "wrong type": (entry(enabled="yes"), "enabled is 'yes', and should be true or false"),
    "number as text": (entry(max_pages="9"), "max_pages is '9', and should be a number"),
    "without end": (
        entry(recheck_after_hours=1e308),
        "recheck_after_hours is 1e+308, and should be 500,000 or less",
    ),
    "negative": (entry(recheck_after_hours=-1), "recheck_after_hours is -1, and should be more than 0"),
    "schedule": (entry(schedule="often"), "schedule 'often' is neither a span (15m, 2h, 1d) nor a cron line"),
    "no id": (entry(id=None), "id is missing"),
    "twice": (entry() + entry(), "id 'gazette' is given 2 times"),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_line(list_file: Path, text: str, message: str) -> None:
    """Each fault names the file, the source, what was given and what was expected."""
    list_file.write_text(text)
    with pytest.raises(UserError) as caught:
        read_sources(list_file)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{list_file}: ")
    assert message in line


def test_all_faults_are_told_at_once(list_file: Path) -> None:
    """A list with three faults gives three lines."""
    list_file.write_text(entry(kind="x") + entry(id="b", url=None) + entry(id="c", schedule="x"))
    with pytest.raises(UserError) as caught:
        read_sources(list_file)
    assert len(str(caught.value).splitlines()) == 3


def test_a_missing_list(tmp_path: Path) -> None:
    """A file that is not there is one clear line."""
    with pytest.raises(UserError, match="no source list"):
        read_sources(tmp_path / "none.toml")


def test_the_projects_own_list_asks_nobody() -> None:
    """The list that comes with the project can be read, and no source on the network is enabled in it."""
    sources = read_sources(SEEDS)
    assert any(source.is_enabled for source in sources)
    assert not any(source.is_enabled for source in sources if source.url)


def test_a_source_says_how_it_is_asked_and_read(tmp_path: Path) -> None:
    """Encoding, headers, cookies, proxy and columns are fields of an entry; what cannot be meant is a line each."""
    entry = '[[source]]\nid = "a"\nkind = "feed"\nurl = "https://a.example/f"\n'
    good = 'encoding = "latin1"\ncookies_file = "c.txt"\nproxy = "${PROXY}"\nkeep = ["section"]\n'
    tables = '[source.headers]\nX-Token = "${TOKEN}"\n[source.fields]\npublished_at = "pub"\n'
    path = tmp_path / "s.toml"
    path.write_text(entry + good + tables)
    (source,) = read_sources(path)
    assert (source.encoding, source.cookies_file) == ("windows-1252", str(tmp_path / "c.txt"))
    assert (source.wishes.mapped, source.wishes.kept) == ((("published_at", ("pub",)),), ("section",))
    assert "TOKEN" not in repr(source)
    bad = 'encoding = "hz"\nproxy = "socks5://x:1"\nkeep = "section"\n'
    path.write_text(entry + bad + '[source.headers]\nHost = "b"\n[source.fields]\nheadline = "h"\n')
    with pytest.raises(UserError) as told:
        read_sources(path)
    lines = str(told.value).splitlines()
    assert len(lines) == 5
    for word in ("encoding 'hz'", "proxy should be", "keep is", "header 'Host'", "'headline' is not known"):
        assert sum(word in line for line in lines) == 1
