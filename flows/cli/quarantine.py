"""copydesk quarantine: what was not accepted, why, and whether it is tried again."""

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.flows.cli.options import OfSource, Warehouse, Workers, settings_with
from copydesk.flows.cli.write_rows import Chosen, Format, write_rows
from copydesk.flows.report.visible import visible

if TYPE_CHECKING:
    from copydesk.flows.settings import Settings

SHOWN_DOCUMENTS = 50
GIVEN_UP = "given up, unless you --retry"

Row = dict[str, Any]


def quarantine(
    reason: Annotated[
        str | None, typer.Argument(help="Only documents refused for this reason.", show_default=False)
    ] = None,
    warehouse: Warehouse = None,
    source: OfSource = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try them again now, as one run; also those given up.")
    ] = False,
    form: Chosen = None,
    workers: Workers = None,
) -> int:
    """List what stands in quarantine, by reason and by document.

    With --retry the documents are refined again, whatever they were refused for: `copydesk quarantine --retry
    timeout`. Ends with 1 when one of them is refused again.
    """
    settings = settings_with(warehouse=warehouse, workers=workers)
    if retry:
        return _retry(settings, reason, source)
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.read_quarantine import read_quarantine, refuse_unknown_reason

    with connect_reader(settings.place) as con:
        refuse_unknown_reason(con, reason)
        rows = read_quarantine(con, reason=reason, source=source)
    if form is Format.TABLE or (form is None and sys.stdout.isatty()):
        _print(rows.to_pylist())
    else:
        write_rows(rows, form)
    return 0


def _retry(settings: "Settings", reason: str | None, source: str | None) -> int:
    from copydesk.flows.cli.print_summary import print_summary
    from copydesk.flows.cli.progress import shown_progress
    from copydesk.flows.refine_again import retry_quarantined
    from copydesk.warehouse.connect import connect_any_form
    from copydesk.warehouse.read_quarantine import refuse_unknown_reason

    with connect_any_form(settings.place) as con:  # nothing is created where there is no warehouse
        refuse_unknown_reason(con, reason)
    with shown_progress() as progress:
        found = retry_quarantined(settings, reason=reason, source=source, progress=progress)
    if found.unread_count:
        typer.echo(
            f"{found.unread_count} documents were refused as they were read or fetched: only their source can bring"
            " them again."
        )
    if found.summary.retried_count:
        print_summary(found.summary, settings)
    else:
        typer.echo(
            "No document of that kind stands in quarantine."
            if not found.unread_count
            else "Nothing was tried."
        )
    return int(found.summary.quarantined_count > 0)


def _print(rows: list[Row]) -> None:
    """Print the reasons with their counts, then each document with what is to be known of it."""
    if not rows:
        typer.echo("Nothing stands in quarantine.")
        return
    counts = Counter((row["reason"], row["step"], row["state"]) for row in rows)
    for (reason, step, state), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        typer.echo(visible(f"{count:>7,}  {reason} in {step}{STATES[state]}"))
    for row in rows[:SHOWN_DOCUMENTS]:
        line = f":{row['line']}" if row["line"] else ""
        typer.echo(visible(f"\n{row['source_id']}: {row['origin']}{line}"))
        typer.echo(visible(f"  {row['reason']} in {row['step']}: {' '.join(row['detail'].split())}"))
        if row["state"] != "refused":
            tries, next_try = row["tries_count"], row["next_try_at"]
            outlook = f"again in the next run after {next_try:%Y-%m-%d %H:%M} UTC" if next_try else GIVEN_UP
            typer.echo(f"  tried {'once' if tries == 1 else f'{tries} times'}; {outlook}")
    if len(rows) > SHOWN_DOCUMENTS:
        typer.echo(f"\nand {len(rows) - SHOWN_DOCUMENTS:,} more; --format csv or json lists all")


STATES = {"waits": ", waiting for another try", "final": ", given up", "refused": ""}
"""What is said of a group of documents."""
