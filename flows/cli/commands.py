"""The commands of `copydesk`, as one application."""

import typer

from flows.cli.check import check
from flows.cli.clean import clean
from flows.cli.export import export
from flows.cli.ingest import ingest
from flows.cli.migrate import migrate
from flows.cli.quarantine import quarantine
from flows.cli.replay import replay
from flows.cli.report import report
from flows.cli.rules import app as rules
from flows.cli.runs import runs
from flows.cli.schedule import schedule
from flows.cli.search import search
from flows.cli.show import show
from flows.cli.sources import app as sources
from flows.cli.sql import sql

app = typer.Typer(
    name="copydesk",
    help="Clean news articles, find copies and stories, and query it all with SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    ingest, clean, sql, show, search, runs, check, report, export, quarantine, replay, migrate, schedule,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.add_typer(sources, name="sources")
app.add_typer(rules, name="rules")
