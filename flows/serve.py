"""Serves the main job as a Prefect deployment, with a server of its own where none is there."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows.ingest.request import Request
from flows.prefect_home import DEFAULT_PORT, has_prefect_server, is_listening, prepare_prefect
from flows.settings import Settings

START_SECONDS = 120.0


def serve(request: Request, *, settings: Settings, every: int | None = None, cron: str | None = None) -> None:
    """Serve the flow until interrupted; runs are started on the clock given by `every` (seconds) or `cron`."""
    prepare_prefect(settings.place)
    with _server():
        from flows.ingest.flow import ingest_flow

        ingest_flow.serve(
            name=settings.place.folder.name,
            interval=every,
            cron=cron,
            parameters={
                "paths": [str(path.resolve()) for path in request.paths],
                "warehouse": str(settings.place.folder),
                "sources": list(request.names),
                "source_list": str(settings.sources.resolve()),
            },
            limit=1,
        )


@contextmanager
def _server() -> Iterator[None]:
    if has_prefect_server():
        yield
        return
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--no-ui"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603 - our own words
        try:
            _await_server(server)
            os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{DEFAULT_PORT}/api"
            yield
        finally:
            server.terminate()


def _await_server(server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_listening(DEFAULT_PORT):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(
                "the Prefect server did not start; try `prefect server start` and read what it says"
            )
        time.sleep(0.5)
