"""copydesk schedule: the main job on a clock."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Warehouse, settings_with


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
    sources: Annotated[
        Path | None, typer.Option(help="The source list [default: seeds/sources.toml].")
    ] = None,
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
    from flows.ingest.request import Request
    from flows.read.find_files import find_files
    from flows.serve import serve

    settings = settings_with(warehouse=warehouse, sources=sources)
    for path in paths or ():
        find_files(path, warehouse=settings.place.folder)
    request = Request(tuple(paths or ()), tuple(source or ()))
    serve(request, settings=settings, every=every, cron=cron)
