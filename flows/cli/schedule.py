"""copydesk schedule: the main job on a clock."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import SourceList, Warehouse, settings_with

START_SECONDS = 120.0


def schedule(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders to ingest each time; none: the source list.")
    ] = None,
    every: Annotated[int | None, typer.Option(help="Seconds between two runs.")] = None,
    cron: Annotated[str | None, typer.Option(help='A cron line, such as "*/15 * * * *".')] = None,
    warehouse: Warehouse = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Name of the source, or which of the list.")
    ] = None,
    sources: SourceList = None,
) -> None:
    """Serve the ingest flow as a Prefect deployment, until stopped with Ctrl-C.

    Uses the Prefect server that is configured (PREFECT_API_URL) or running; starts one where there is none.
    """
    if (every is None) == (cron is None):
        raise typer.BadParameter("give either --every SECONDS or --cron LINE")
    if every is not None and every <= 0:
        raise typer.BadParameter(f"--every must be positive, not {every}")
    if cron is not None and len(cron.split()) != 5:
        raise typer.BadParameter(f"--cron takes five fields, such as '*/15 * * * *', not {cron!r}")
    from flows.prefect_home import prepare_prefect
    from flows.read.find_files import find_files

    settings = settings_with(warehouse=warehouse, sources=sources)
    for path in paths or ():
        find_files(path, warehouse=settings.place.folder)
    prepare_prefect(settings.place)
    with _server():
        from flows.ingest.flow import ingest_flow

        ingest_flow.serve(
            name=settings.place.folder.name,
            interval=every,
            cron=cron,
            parameters={
                "paths": [str(path.resolve()) for path in paths or ()],
                "warehouse": str(settings.place.folder),
                "sources": source or [],
                "source_list": str(settings.sources.resolve()),
            },
            limit=1,
        )


@contextmanager
def _server() -> Iterator[None]:
    """Have a Prefect server: the one that is there, else one of our own for as long."""
    from flows.prefect_home import DEFAULT_PORT, has_prefect_server

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
    from flows.prefect_home import DEFAULT_PORT, is_listening

    deadline = time.monotonic() + START_SECONDS
    while not is_listening(DEFAULT_PORT):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(
                "the Prefect server did not start; try `prefect server start` and read what it says"
            )
        time.sleep(0.5)
