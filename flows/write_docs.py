"""Writes docs/tables.md, docs/reference.md and the table of docs/checks.md from the code, so that they cannot lie.

python -m copydesk.flows.write_docs
"""

from collections.abc import Iterable
from pathlib import Path

from copydesk.flows.settings import Settings
from copydesk.schemas.enums import SpanKind
from copydesk.schemas.reasons import Reason
from copydesk.schemas.table import Column, Table
from copydesk.schemas.tables import SHELVES
from copydesk.warehouse.check import read_checks
from copydesk.warehouse.check_files import FILE_LAWS
from copydesk.warehouse.create import MACROS, VIEWS, Definition, read_definitions
from copydesk.warehouse.schema_checks import SCHEMA_LAWS

DOCS = Path(__file__).resolve().parents[1] / "docs"
MARK = "<!-- what follows is written by flows/write_docs.py -->"

HEAD = """# Tables

Written by `make docs` from the code. The same sentences stand as comments in the warehouse:
`copydesk sql "select column_name, comment from duckdb_columns() where table_name = 'revisions'"`.
Times are UTC, identifiers 20 hex characters of SHA-256. `run_id` names the run that wrote a row; `?`: may be null.
"""


def tables_page() -> str:
    """Return the page: every view and macro, then every table with its grain, key and columns; of state the grain."""
    views = read_definitions(VIEWS)
    names = {"Views": [view.name for view in views]}
    names |= {title: [table.name for table in shelf] for title, shelf in SHELVES.items()}
    contents = [f"- {title}: {', '.join(listed)}" for title, listed in names.items()]
    *shelves, (state, remembered) = SHELVES.items()
    parts = [
        HEAD,
        "\n".join(contents) + "\n",
        "## Views\n\n" + _definitions(views),
        "## Macros\n\n" + _definitions(read_definitions(MACROS)),
        *(_table_section(table) for _, shelf in shelves for table in shelf),
        f"## {state}\n\nNo question needs them.\n",
        *(f"- {table.name}: one row per {table.grain}" for table in remembered),
        "",
    ]
    return "\n".join(parts)


def _table_section(table: Table) -> str:
    columns = {name: each for name, each in table.columns.items() if name != "run_id" or name in table.key}
    rows = [_column_row(name, column, table) for name, column in columns.items()]
    return (
        f"## {table.name}\n\nOne row per {table.grain}. Key: {', '.join(table.key)}.\n\n"
        "| column | type | what it holds |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _column_row(name: str, column: Column, table: Table) -> str:
    sentence = column.sentence
    if column.values:
        sentence += f" One of: {', '.join(sorted(column.values))}."
    if column.references:
        sentence += f" → {column.references}"
    type_ = str(table.schema.field(name).type).replace("|", "\\|").replace("[us, tz=UTC]", "")
    unit = f", {column.unit}" if column.unit else ""
    return f"| {name} | {type_}{'?' if column.is_nullable else ''}{unit} | {sentence} |"


def _definitions(definitions: list[Definition]) -> str:
    rows = "\n".join(f"| {definition.name} | {definition.comment} |" for definition in definitions)
    return f"| name | what it gives |\n|---|---|\n{rows}\n"


def reference_page() -> str:
    """Return the page of kinds, reasons, commands and settings."""
    kinds = ((f"`{kind}`", kind.sentence) for kind in SpanKind)
    reasons = ((f"`{reason}`", reason.sentence) for reason in sorted(Reason))
    return "\n".join(
        [
            "# Reference",
            "",
            "Tables, columns, views and macros stand in [tables.md](tables.md), checks in [checks.md](checks.md).",
            *_table("Kinds of boilerplate", ("kind", "what it is"), kinds),
            *_table("Reasons of quarantine", ("reason", "what it means"), reasons),
            *_table("Commands", ("command", "does", "options"), _commands()),
            *_table("Settings", ("variable", "means", "default"), _settings()),
            "",
            "They stand in the environment or in a file `.env` of the working directory; the environment goes first,",
            "an option of the command before both. A name there that is nearly one of these is told on standard error.",
            "",
        ]
    )


def checks_table() -> str:
    """Return the table of all checks."""
    rows = [
        (check.name, check.severity, "" if check.threshold is None else f"{check.threshold:g}", check.law)
        for check in read_checks()
    ]
    rows += [(name, "error", "", law) for name, law in SCHEMA_LAWS.items()]
    rows += [(name, law.severity, "", law.sentence) for name, law in FILE_LAWS.items()]
    marked = ((f"`{name}`", *rest) for name, *rest in sorted(rows))
    return "\n".join([*_table("All checks", ("check", "severity", "threshold", "law"), marked)[1:], ""])


def checks_page(current: str) -> str:
    """Return docs/checks.md with its table written anew below the mark."""
    return f"{current.partition(MARK)[0]}{MARK}\n\n{checks_table()}"


def _commands() -> Iterable[tuple[str, str, str]]:
    from typer.main import get_command

    from copydesk.flows.cli.commands import app

    for name, command in sorted(get_command(app).commands.items()):  # type: ignore[attr-defined]
        options = [max(each.opts, key=len) for each in command.params if each.param_type_name == "option"]
        sentence = (command.help or "").split("\n\n")[0]
        yield f"`copydesk {name}`", " ".join(sentence.split()), " ".join(f"`{each}`" for each in options)


def _settings() -> Iterable[tuple[str, str, str]]:
    for name, field in sorted(Settings.model_fields.items()):
        default = field.get_default()
        is_told = isinstance(default, (str, int, float, Path)) and default != ""
        yield f"`COPYDESK_{name.upper()}`", field.description or "", f"`{default}`" if is_told else ""


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = ["", f"## {title}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    return lines + [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]


def main() -> None:
    """Write the pages."""
    (DOCS / "tables.md").write_text(tables_page(), "utf-8")
    (DOCS / "reference.md").write_text(reference_page(), "utf-8")
    page = DOCS / "checks.md"
    page.write_text(checks_page(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
