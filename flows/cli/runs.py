"""copydesk runs: the ledger."""

from typing import Annotated

import typer

from flows.cli.options import Warehouse, settings_with


def runs(
    warehouse: Warehouse = None,
    limit: Annotated[int, typer.Option(help="How many, newest first.")] = 20,
) -> None:
    """Show the ledger: when, what, how many, how long, and how each run ended."""
    from datetime import datetime

    from rich.console import Console
    from rich.table import Table

    from warehouse.connect import NoWarehouseError
    from warehouse.ledger import list_attempts

    settings = settings_with(warehouse=warehouse)
    attempts = list_attempts(settings.place, limit=limit)
    if not attempts and not settings.place.is_created:
        raise NoWarehouseError(f"no warehouse in {settings.place.folder}: run `copydesk ingest` first")
    table = Table(header_style="bold")
    for name in ("run", "flow", "started", "seconds", "state"):
        table.add_column(name)
    counts = ("seen", "new", "revised", "unchanged", "quarantined")
    for name in counts:
        table.add_column(name, justify="right")
    table.add_column("rules")
    for attempt in attempts:
        ended = attempt.finished_at and datetime.fromisoformat(attempt.finished_at)
        seconds = (
            f"{(ended - datetime.fromisoformat(attempt.started_at)).total_seconds():.1f}" if ended else ""
        )
        table.add_row(
            attempt.run_id,
            attempt.flow,
            attempt.started_at[:19],
            seconds,
            attempt.state,
            *(str(attempt.summary.get(f"{name}_count", "")) for name in counts),
            str(attempt.summary.get("versions", {}).get("rules", "")),
        )
    Console().print(table)
