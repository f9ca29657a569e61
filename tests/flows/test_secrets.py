"""No secret leaves the source list: what fetching needs stands there and in memory, and in no table, file or message."""

import base64
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
from small_newspaper import article

from copydesk.flows.cli.main import main
from copydesk.schemas.tables import TABLES
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.place import Place

SECRETS = {
    "password": "pw-of-the-desk-71",
    "token": "tok-4f9a31c07be2",
    "api_key": "apk-90b2d1e5a6c3",
    "signature": "sgn-e17c5580aa49",
    "sas": "sas-b0c4f3d2e1a9",
    "maybe": "9fK2xQ7bLm4TzR8vWc1Y",
    "refused": "rfd-63e8b7d1c0f2",
}
CANARIES = (*SECRETS.values(), base64.b64encode(f"desk:{SECRETS['password']}".encode()).decode())
ITEM = "<item><title>Piece {0}</title><link>{1}</link><guid isPermaLink='true'>{1}</guid></item>"


class Guarded(ThreadingHTTPServer):
    """A server that opens its feed to a login and a token, its pages to a key, and one behind a signed redirect."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.asked: Counter[str] = Counter()


class _Answer(BaseHTTPRequestHandler):
    server: Guarded

    def do_GET(self) -> None:
        self.server.asked[urlsplit(self.path).path] += 1
        status, kind, body, target = self._answer()
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Type", kind)
        self.send_header("Link", f'<{self.server.base}/next?token={SECRETS["token"]}>; rel="next"')
        self.send_header("Set-Cookie", f"session={SECRETS['token']}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self) -> tuple[int, str, bytes, str | None]:  # noqa: PLR0911 - a case an address
        path, base = self.path, self.server.base
        if path.startswith("/feed.xml"):
            login = base64.b64encode(f"desk:{SECRETS['password']}".encode()).decode()
            is_open = self.headers["Authorization"] == f"Basic {login}" and SECRETS["token"] in path
            return (
                (200, "application/rss+xml", self._feed(), None)
                if is_open
                else (401, "text/html", b"no", None)
            )
        if path.startswith("/index.xml"):
            return (
                200,
                "application/xml",
                _sitemap("sitemapindex", f"{base}/map.xml?sig={SECRETS['sas']}"),
                None,
            )
        if path.startswith("/map.xml"):
            found = f"{base}/news/7?sig={SECRETS['sas']}&amp;sv=2024"
            return (
                (200, "application/xml", _sitemap("urlset", found), None)
                if SECRETS["sas"] in path
                else _gone()
            )
        if path.startswith("/news/3"):
            return 302, "text/html", b"", f"{base}/moved/3?X-Amz-Signature={SECRETS['signature']}&part=1"
        if path.startswith("/news/4"):
            return 503, "text/html", b"later", None
        if path.startswith(("/news/", "/moved/")):
            number = int(urlsplit(path).path.rpartition("/")[2])
            return (200, "text/html", article(number), None) if "=" in path else _gone()
        return _gone()

    def _feed(self) -> bytes:
        keys = {5: f"key={SECRETS['maybe']}", 6: "key=flood-gates-hold&id=6"}
        links = (
            (n, f"{self.server.base}/news/{n}?{keys.get(n, f'id={n}&amp;api_key=' + SECRETS['api_key'])}")
            for n in range(1, 7)
        )
        items = "".join(ITEM.format(n, link.replace("&id", "&amp;id")) for n, link in links)
        return f"<rss version='2.0'><channel><title>Guarded</title>{items}</channel></rss>".encode()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _gone() -> tuple[int, str, bytes, str | None]:
    return 404, "text/html", b"none", None


def _sitemap(root: str, url: str) -> bytes:
    inner = "sitemap" if root == "sitemapindex" else "url"
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        f"<?xml version='1.0'?><{root} xmlns='{space}'><{inner}><loc>{url}</loc></{inner}></{root}>".encode()
    )


@pytest.fixture
def server() -> Iterator[Guarded]:
    with Guarded() as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield opened
        opened.shutdown()


def source_list(folder: Path, server: Guarded) -> Path:
    host = server.base.removeprefix("http://")
    login = f"http://desk:{SECRETS['password']}@{host}"
    (folder / "list.txt").write_text(
        f"{server.base}/news/8?sig={SECRETS['signature']}\nhttp://desk:{SECRETS['password']}@{host}/news/9?id=9\n"
    )
    sources = {
        "guarded": ("feed", f'url = "{login}/feed.xml?token={SECRETS["token"]}"'),
        "index": ("sitemap", f'url = "{server.base}/index.xml?access_token={SECRETS["token"]}"'),
        "list": ("urls", 'path = "list.txt"'),
        "closed": (
            "feed",
            f'url = "http://desk:{SECRETS["password"]}@127.0.0.1:9/feed?token={SECRETS["refused"]}"',
        ),
    }
    text = "".join(
        f'[[source]]\nid = "{name}"\nkind = "{kind}"\n{where}\n[source.politeness]\ndelay_seconds = 0.0\n'
        for name, (kind, where) in sources.items()
    )
    (folder / "sources.toml").write_text(text)
    return folder / "sources.toml"


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["copydesk", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def everything(folder: Path) -> dict[str, str]:
    """All that lies in a folder, as text: each file's bytes, and the rows of those that are packed."""
    found = {}
    for path in (each for each in folder.rglob("*") if each.is_file()):
        rows = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else ""
        found[str(path.relative_to(folder))] = path.read_bytes().decode("latin-1") + rows
    return found


def test_no_secret_leaves_the_source_list(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, server: Guarded
) -> None:
    """Logins, tokens and signatures of feeds, pages, redirects and errors open every door, and are written nowhere.

    The next run opens them again and knows what it has: no page is asked for twice, and no row is added.
    """
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    monkeypatch.setenv("COPYDESK_QUARANTINE_LIMIT", "1")
    place = Place(tmp_path / "w")
    command = [
        "ingest",
        "--sources",
        source_list(tmp_path, server),
        "-w",
        place.folder,
        "--workers",
        1,
        "--no-prefect",
    ]
    assert run(monkeypatch, *command) == 0
    with connect_reader(place) as con:
        kept = con.execute("select url from documents where outcome = 'new' order by url").fetchall()
        stored = con.execute("select count(*) from documents").fetchall()
        states = con.execute("select count(*) from url_states").fetchall()
    assert len(kept) == 7, kept  # pages 1, 2, 3 (moved), 5, 6, 7, 8
    assert any("key=flood-gates-hold" in url for (url,) in kept)
    assert any("part=1" in url for (url,) in kept)
    first = server.asked.copy()
    assert run(monkeypatch, *command) == 0
    again = server.asked - first
    assert again["/feed.xml"] == again["/index.xml"] == again["/map.xml"] == 1
    assert not [path for path in again if path.startswith(("/news/", "/moved/"))]
    for words in (
        ["sources", "--sources", tmp_path / "sources.toml"],
        ["runs"],
        ["report", "--out", tmp_path / "report"],
    ):
        assert run(monkeypatch, *words, "-w", place.folder) == 0
    with connect_reader(place) as con:
        assert con.execute("select count(*) from documents").fetchall() == stored
        assert con.execute("select count(*) from url_states").fetchall() == states
        rows = {name: str(con.execute(f"from {name}").to_arrow_table().to_pylist()) for name in TABLES}
    said = capsys.readouterr()
    files = everything(place.folder) | everything(tmp_path / "report")
    assert "index.html" in files
    for where, text in {**files, **rows, "stdout": said.out, "stderr": said.err}.items():
        assert not [secret for secret in CANARIES if secret in text], where


def test_a_list_that_is_wrong_is_told_without_its_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The line names the source and its fault; the password of the address isn't in it."""
    url = f"ftp://desk:{SECRETS['password']}@host.example/feed?token={SECRETS['token']}"
    (tmp_path / "sources.toml").write_text(f'[[source]]\nid = "a"\nkind = "feed"\nurl = "{url}"\n')
    assert run(monkeypatch, "ingest", "--sources", tmp_path / "sources.toml", "-w", tmp_path / "w") == 2
    said = capsys.readouterr().err
    assert "only http and https" in said
    assert not [secret for secret in CANARIES if secret in said]
