"""copydesk report: pages that people read."""

from datetime import datetime
from pathlib import Path
from platform import node
from typing import Annotated

import typer

from copydesk.flows.cli.options import MOST, Warehouse, day_option, refuse_inside, settings_with

DAYS = 30


def report(
    warehouse: Warehouse = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the pages.")] = Path("report"),
    since: Annotated[
        datetime | None,
        day_option(f"What came in from this date on (default: {DAYS} days before the latest article)."),
    ] = None,
    articles: Annotated[
        int, typer.Option(min=0, max=MOST, help="How many articles get a page, latest first.")
    ] = 200,
) -> None:
    """Write the report as static HTML: it opens from disk, needs no network and can be mailed."""
    from datetime import UTC, timedelta

    from copydesk.flows.report.write_report import write_report
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.read_report import read_latest_sight, read_report

    now = datetime.now(UTC)
    place = settings_with(warehouse=warehouse).place
    refuse_inside(out, place)
    with connect_reader(place) as con:
        latest = read_latest_sight(con) or now
        start = since or latest - timedelta(days=DAYS)
        found = read_report(con, since=start, limit=articles)
    page = write_report(found, out, since=start, now=now, warehouse=f"{place.folder.name} on {node()}")
    typer.echo(f"{page}: {len(found['article_pages'])} articles with a page of their own")
