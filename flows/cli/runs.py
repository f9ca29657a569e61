"""copydesk runs and metrics: what the runs did, for people and for monitors."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.flows.cli.options import MOST, Warehouse, refuse_inside, settings_with
from copydesk.flows.cli.write_rows import Chosen, write_rows

if TYPE_CHECKING:
    from copydesk.warehouse.ledger import Attempt


def runs(
    warehouse: Warehouse = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many, newest first.")] = 20,
    form: Chosen = None,
) -> None:
    """Show the ledger: when, what, how many, how long, and how each run ended."""
    import duckdb
    import pyarrow as pa

    from copydesk.warehouse.ask_servers import is_passing
    from copydesk.warehouse.attach import NoWarehouseError
    from copydesk.warehouse.ledger import list_attempts, list_untold

    settings = settings_with(warehouse=warehouse)
    try:
        attempts = list_attempts(settings.place, limit=limit)
    except duckdb.Error as error:
        attempts = list_untold(settings.place)[:limit]
        if not (attempts and is_passing(error)):
            raise
        typer.echo("The catalog's server does not answer: what it could not be told.", err=True)
    if not attempts and not settings.place.is_created:
        raise NoWarehouseError(f"no warehouse in {settings.place.folder}: run `copydesk ingest` first")
    write_rows(pa.Table.from_pylist([_row(each) for each in attempts]), form)


def _row(attempt: "Attempt") -> dict[str, Any]:
    counts = {
        name: attempt.summary.get(f"{name}_count")
        for name in ("new", "quarantined", "revised", "unchanged", "seen")
    }
    rules = str(attempt.summary.get("versions", {}).get("rules", ""))
    timed = {"run": attempt.run_id, "flow": attempt.flow, "state": attempt.state}
    return timed | counts | {"seconds": _seconds(attempt), "rules": rules}


def _seconds(attempt: "Attempt") -> float | None:
    from datetime import datetime

    if attempt.finished_at is None:
        return None
    taken = datetime.fromisoformat(attempt.finished_at) - datetime.fromisoformat(attempt.started_at)
    return round(taken.total_seconds(), 1)


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
