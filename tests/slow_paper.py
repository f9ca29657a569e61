"""A newspaper that keeps a run waiting, and the run that waits for it in a process group of its own."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from small_newspaper import article, rss

PAGES = 6


class SlowPaper(ThreadingHTTPServer):
    """A newspaper whose last page is sent once it is `released`; `is_asked` tells that a run waits for it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.is_asked, self.is_released = threading.Event(), threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_released.set()
        self.shutdown()
        self.server_close()

    def source_list(self) -> str:
        """Return a list of sources with its feed."""
        return (
            f'[[source]]\nid = "slow"\nkind = "feed"\nurl = "{self.base}/feed.xml"\n'
            "[source.politeness]\ndelay_seconds = 0.0\n"
        )

    def handle_error(self, *_: object) -> None:
        """Say nothing of those who have hung up."""


class _Answer(BaseHTTPRequestHandler):
    server: SlowPaper

    def do_GET(self) -> None:
        if self.path == f"/news/{PAGES}":
            self.server.is_asked.set()
            self.server.is_released.wait()
        body = self._body()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/xml" if self.path.endswith("xml") else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> bytes:
        if self.path == "/feed.xml":
            return rss(self.server.base, range(1, PAGES + 1))
        return article(int(self.path.rpartition("/")[2])) if self.path.startswith("/news/") else b""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def ingesting(warehouse: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """Start an ingest of the list beside a warehouse, in a process group of its own, as a terminal does.

    It hears a terminal's Ctrl-C where the tests themselves run behind `nohup`.
    """
    sources = ["--sources", str(warehouse.parent / "sources.toml"), "--workers", "1"]
    command = [sys.executable, "-m", "copydesk", "ingest", *sources, "-w", str(warehouse), *words]
    environment = os.environ | {
        "COPYDESK_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        process_group=0,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a test's
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
