"""Draws the pictures of README.md anew, from a warehouse that holds the sample.

python -m copydesk.flows.report.draw_pictures
"""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from copydesk.warehouse.place import Place

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHOWN = "fellside-post-ferry-deal.txt"
WIDTH = 110
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "headless_shell")


def draw_show(place: Place) -> str:
    """Return what `copydesk show` prints of one article of the sample, as SVG that asks the network for no font."""
    from io import StringIO

    from rich.console import Console

    from copydesk.flows.cli.show import print_article
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.read_article import read_article

    console = Console(
        record=True, file=StringIO(), force_terminal=True, color_system="256", width=WIDTH, highlight=False
    )
    with connect_reader(place) as con:
        print_article(console, read_article(con, SHOWN))
    svg = console.export_svg(title=f"copydesk show {SHOWN}", unique_id="show")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def draw_report(place: Place, browser: str) -> None:
    """Photograph the upper part of the report's first page."""
    from copydesk.flows.report.write_report import write_report
    from copydesk.warehouse.connect import connect_reader
    from copydesk.warehouse.read_report import read_report

    now = datetime.now(UTC)
    since = now - timedelta(days=30)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,1300"]
    with TemporaryDirectory() as folder, connect_reader(place) as con:
        found = read_report(con, since=since, limit=0)
        page = write_report(found, Path(folder), since=since, now=now, warehouse="the sample")
        shot = f"--screenshot={DOCS / 'images' / 'report.png'}"
        subprocess.run([browser, *options, shot, page.as_uri()], check=True, capture_output=True, timeout=120)  # noqa: S603 - our own page


def main() -> None:
    """Draw all of them; say so where there is no browser to photograph the report with."""
    from copydesk.flows.settings import Settings

    place = Settings().place
    (DOCS / "show.svg").write_text(draw_show(place), "utf-8")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        typer.echo(
            f"docs/show.svg is drawn; docs/images/report.png is as it was: none of {', '.join(BROWSERS)} is here"
        )
        return
    draw_report(place, browser)
    typer.echo("docs/show.svg and docs/images/report.png are drawn anew")


if __name__ == "__main__":
    main()
