"""copydesk metrics: what a monitor scrapes."""

from pathlib import Path
from typing import Annotated

import typer

from copydesk.flows.cli.options import Warehouse, refuse_inside, settings_with


def metrics(
    warehouse: Warehouse = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to this file, whole or not at all.")
    ] = None,
) -> None:
    """Print runs, documents, quarantine, sources, steps and bytes as OpenMetrics text."""
    from copydesk.flows.metrics import metrics_text, write_metrics

    settings = settings_with(warehouse=warehouse, metrics_file=out)
    refuse_inside(out, settings.place)
    if out is None:
        typer.echo(metrics_text(settings), nl=False)
    else:
        write_metrics(settings)
