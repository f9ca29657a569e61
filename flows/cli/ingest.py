"""copydesk ingest: files and folders into the warehouse."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Warehouse, settings_with


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders: .txt .html .jsonl .parquet, also .gz/.zst.")
    ],
    warehouse: Warehouse = None,
    source: Annotated[
        str | None, typer.Option(help="Name of the source [default: the folder's name].")
    ] = None,
    prefect: Annotated[
        bool | None,
        typer.Option(
            "--prefect/--no-prefect", help="Run as a Prefect flow [default: when a server is there]."
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Worker processes [default: one per processor].")
    ] = None,
    wait: Annotated[float | None, typer.Option(help="Seconds to wait for another run to end.")] = None,
) -> int:
    """Read, clean and store articles; a second run does only what is new.

    Ends with 1 when documents were quarantined beyond the limit (COPYDESK_QUARANTINE_LIMIT, default 0).
    """
    from flows.cli.progress import shown_progress
    from flows.cli.summary import print_summary
    from flows.prefect_home import has_prefect_server, prepare_prefect

    settings = settings_with(warehouse=warehouse, workers=workers, wait_seconds=wait)
    with shown_progress() as progress:
        if has_prefect_server() if prefect is None else prefect:
            prepare_prefect(settings.place)
            from flows.ingest.flow import ingest_with_prefect

            summary = ingest_with_prefect(paths, settings=settings, source=source, progress=progress)
        else:
            from flows.ingest.plan import ingest as ingest_directly

            summary = ingest_directly(paths, settings=settings, source=source, progress=progress)
    print_summary(summary, settings)
    return int(0 <= settings.quarantine_limit < summary.quarantined_count)
