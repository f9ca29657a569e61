"""copydesk schedule: the main job on a clock."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from copydesk.flows.cli.options import SourceList, Warehouse, settings_with

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

    from copydesk.flows.settings import Settings

START_SECONDS = 120.0


LOOK_SECONDS = 300
"""How often the source list is looked at for what is due."""

CHECK_CRON, MAINTAIN_CRON = "17 * * * *", "43 3 * * *"


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
    """Serve the main job as a Prefect deployment, until stopped with Ctrl-C.

    Without --every and --cron: each source of the list by its own schedule, the check hourly, maintenance nightly. Uses
    the Prefect server that is configured (PREFECT_API_URL) or running; starts one where there is none.
    """
    from copydesk.flows.sources.source import is_schedule

    if every is not None and cron is not None:
        raise typer.BadParameter("give either --every SECONDS or --cron LINE")
    if every is None and cron is None and (paths or source):
        raise typer.BadParameter("PATHS and --source need --every SECONDS or --cron LINE")
    if every is not None and every <= 0:
        raise typer.BadParameter(f"--every must be positive, not {every}")
    if cron is not None and not (len(cron.split()) == 5 and is_schedule(cron)):
        raise typer.BadParameter(f"--cron takes five fields, such as '*/15 * * * *', not {cron!r}")
    from copydesk.flows.prefect_home import prepare_prefect
    from copydesk.flows.read.find_files import find_files
    from copydesk.flows.sources.read_sources import read_sources

    settings = settings_with(warehouse=warehouse, sources=sources)
    for path in paths or ():
        find_files(path, warehouse=settings.place.folder)
    if not paths:
        read_sources(settings.sources)
    prepare_prefect(settings.place)
    with _server():
        if every is None and cron is None:
            _serve_list(settings)
        else:
            _serve_one(settings, paths or [], source or [], every=every, cron=cron)


def _serve_one(
    settings: "Settings", paths: list[Path], names: list[str], *, every: int | None, cron: str | None
) -> None:
    """Serve the ingest of paths, or of some sources, on one clock."""
    from copydesk.flows.ingest.flow import ingest_flow

    ingest_flow.serve(
        name=settings.place.folder.name,
        interval=every,
        cron=cron,
        parameters={
            "paths": [str(path.resolve()) for path in paths],
            "warehouse": str(settings.place.folder),
            "sources": names,
            "source_list": str(settings.sources.resolve()),
        },
        limit=1,
    )


def _serve_list(settings: "Settings") -> None:
    """Serve what a newsroom needs: the list by its schedules, the check, maintenance; one at a time."""
    from prefect import serve

    from copydesk.flows.check_flow import check_flow
    from copydesk.flows.ingest.flow import ingest_due_flow, maintain_flow

    name, here = settings.place.folder.name, {"warehouse": str(settings.place.folder)}
    listed = here | {"source_list": str(settings.sources.resolve())}
    typer.echo(f"{settings.sources} is looked at every {LOOK_SECONDS} s for what is due.")
    typer.echo(f"The check runs at {CHECK_CRON!r}, maintenance at {MAINTAIN_CRON!r} (UTC).")
    deployments = (
        ingest_due_flow.to_deployment(name, interval=LOOK_SECONDS, parameters=listed),
        check_flow.to_deployment(name, cron=CHECK_CRON, parameters=here),
        maintain_flow.to_deployment(name, cron=MAINTAIN_CRON, parameters=listed),
    )
    serve(
        *(cast("RunnerDeployment", each) for each in deployments), limit=1
    )  # no coroutines outside of a loop


@contextmanager
def _server() -> Iterator[None]:
    """Have a Prefect server: the one that is there, else one of our own for as long."""
    from copydesk.flows.prefect_home import has_prefect_server, local_server

    if has_prefect_server():
        yield
        return
    typer.echo(f"A Prefect server is started at {local_server()}, which takes up to a minute.")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    with subprocess.Popen(  # noqa: S603 - our own words
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C would end it before those that it serves have left it
    ) as server:
        try:
            _await_server(server)
            os.environ["PREFECT_API_URL"] = f"{local_server()}/api"
            typer.echo(f"Runs are shown at {local_server()}.")
            yield
        finally:
            server.terminate()


def _await_server(server: "subprocess.Popen[bytes]") -> None:
    from copydesk.flows.prefect_home import is_prefect_here, local_server

    deadline = time.monotonic() + START_SECONDS
    while not is_prefect_here():
        if server.poll() is not None or time.monotonic() > deadline:
            raise ConnectionError(
                f"no Prefect server came up at {local_server()}: `prefect server start` tells why;"
                " PREFECT_SERVER_API_PORT names another port"
            )
        time.sleep(0.5)
