"""copydesk forget: a takedown, for good."""

import getpass
from typing import Annotated

import typer

from copydesk.flows.cli.options import Wait, Warehouse, settings_with
from copydesk.flows.report.visible import visible


def forget(
    reason: Annotated[str, typer.Option(help="Why; stays on record, without an address.")],
    wanted: Annotated[
        str | None, typer.Argument(help="URL, article_id, own id or origin.", show_default=False)
    ] = None,
    source: Annotated[str | None, typer.Option(help="All that came from this source.")] = None,
    asked_by: Annotated[str | None, typer.Option("--by", help="Who asks [default: this user].")] = None,
    warehouse: Warehouse = None,
    wait: Wait = None,
) -> None:
    """Take an article, an address or a source down for good, from the tables and from the disk.

    It does not come back with a later ingest or replay. What was exported or backed up before still holds it.
    """
    from copydesk.flows.cli.progress import shown_progress
    from copydesk.flows.forget import forget as forget_asked
    from copydesk.warehouse.connect import connect_any_form

    if (wanted is None) == (source is None):
        raise typer.BadParameter("name either an article, by URL or id, or a source with --source")
    settings = settings_with(warehouse=warehouse, wait_seconds=wait, workers=1)
    connect_any_form(settings.place).close()  # an empty warehouse would be made where there is none
    with shown_progress() as progress:
        gone = forget_asked(
            settings,
            wanted,
            source=source,
            reason=reason,
            asked_by=asked_by or getpass.getuser(),
            progress=progress,
        )
    if not gone.documents_count:
        typer.echo(
            f"Nothing here came by this address; from now on nothing will (takedown {gone.takedown_id})."
        )
        return
    typer.echo(
        f"Taken down for good: {gone.articles_count} articles, {gone.documents_count} documents"
        f" (takedown {gone.takedown_id})."
    )
    for article_id, site, title in gone.copies:
        typer.echo(visible(f"a copy stays: {article_id}  {site}: {title}"))
    typer.echo("Exports, reports and backups that were made before still hold it: make them anew.")
