"""The door of the command: its list of commands, and what a mistake looks like."""

import sys

import typer
from typer.exceptions import TyperException

from flows.cli.check import check
from flows.cli.clean import clean
from flows.cli.export import export
from flows.cli.ingest import ingest
from flows.cli.replay import replay
from flows.cli.report import report
from flows.cli.rules import app as rules
from flows.cli.runs import runs
from flows.cli.schedule import schedule
from flows.cli.search import search
from flows.cli.show import show
from flows.cli.sources import app as sources
from flows.cli.sql import sql
from flows.cli.user_errors import user_errors

app = typer.Typer(
    name="copydesk",
    help="Clean news articles, find copies and stories, and query it all with SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (ingest, clean, sql, show, search, runs, check, report, export, replay, schedule):
    app.command()(command)
app.add_typer(sources, name="sources")
app.add_typer(rules, name="rules")


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 something was found wanting, 2 wrong use."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except TyperException as error:
        _fail(_said(error))
    except (typer.Abort, KeyboardInterrupt):
        _fail("stopped; nothing of this run was written to the tables. Run it again.", code=130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if not isinstance(error, user_errors()):
            raise
        _fail(str(error))


def _said(error: TyperException) -> str:
    """Return the message of a usage error; with the help where no command was given."""
    message = getattr(error, "format_message", error.__str__)()
    return f"{message} (--help tells more)" if message else "no command given (--help lists them)"


def _fail(message: str, *, code: int = 2) -> None:
    typer.echo(f"copydesk: {' '.join(message.split())}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
