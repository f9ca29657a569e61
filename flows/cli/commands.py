"""The commands of `copydesk`, as one application."""

from typing import Annotated

import typer

from copydesk.flows.cli.check import check
from copydesk.flows.cli.clean import clean
from copydesk.flows.cli.export import export
from copydesk.flows.cli.forget import forget
from copydesk.flows.cli.ingest import ingest
from copydesk.flows.cli.init import init
from copydesk.flows.cli.maintain import backup, maintain, migrate, restore
from copydesk.flows.cli.quarantine import quarantine
from copydesk.flows.cli.replay import replay
from copydesk.flows.cli.report import report
from copydesk.flows.cli.rules import app as rules
from copydesk.flows.cli.runs import metrics, runs
from copydesk.flows.cli.schedule import schedule
from copydesk.flows.cli.search import search
from copydesk.flows.cli.show import show
from copydesk.flows.cli.sources import app as sources
from copydesk.flows.cli.sql import sql


def _tell_version(is_asked: bool) -> None:  # noqa: FBT001 - Typer calls it
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"copydesk {version('copydesk')}")
        raise typer.Exit


app = typer.Typer(
    name="copydesk",
    help="Clean news articles, find copies and stories, and query it all with SQL.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
COMMANDS = (
    init, ingest, clean, sql, show, search, runs, check, report, export, quarantine, replay, migrate, schedule,
    forget, maintain, backup, restore, metrics,
)  # fmt: skip


@app.callback()
def _begin(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_tell_version),
    ] = False,
) -> None:
    pass


for command in COMMANDS:
    # A short help that is given is wrapped; one of Typer's making is cut.
    app.command(short_help=(command.__doc__ or "").partition("\n")[0])(command)
app.add_typer(
    sources, name="sources", short_help="List the sources and how they are; add, try and exchange them."
)
app.add_typer(rules, name="rules")
