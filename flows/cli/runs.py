"""copydesk runs: the ledger."""

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.flows.cli.options import Warehouse, settings_with

if TYPE_CHECKING:
    from copydesk.warehouse.ledger import Attempt


def runs(
    warehouse: Warehouse = None,
    limit: Annotated[int, typer.Option(help="How many, newest first.")] = 20,
) -> None:
    """Show the ledger: when, what, how many, how long, and how each run ended."""
    import duckdb
    from rich.console import Console
    from rich.table import Table

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
    table = Table(box=None, pad_edge=False, header_style="bold")
    counts = ("seen", "new", "revised", "unchanged", "quarantined")
    table.add_column("run", no_wrap=True)
    for name in ("flow", "state"):
        table.add_column(name, no_wrap=True)
    for name in ("seconds", *counts):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("rules", no_wrap=True)
    for attempt in attempts:
        table.add_row(
            attempt.run_id,
            attempt.flow,
            attempt.state,
            _seconds(attempt),
            *(str(attempt.summary.get(f"{name}_count", "")) for name in counts),
            str(attempt.summary.get("versions", {}).get("rules", "")),
        )
    Console(width=max(Console().width, 140)).print(table)


def _seconds(attempt: "Attempt") -> str:
    from datetime import datetime

    if attempt.finished_at is None:
        return ""
    taken = datetime.fromisoformat(attempt.finished_at) - datetime.fromisoformat(attempt.started_at)
    return f"{taken.total_seconds():.1f}"
