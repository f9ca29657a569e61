"""Writes docs/tables.md from the declared tables and views, so that the page cannot lie."""

from pathlib import Path

from copydesk.schemas.table import Column, Table
from copydesk.schemas.tables import SHELVES
from copydesk.warehouse.create import MACROS, VIEWS, Definition, read_definitions

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tables.md"

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
        *(_table(table) for _, shelf in shelves for table in shelf),
        f"## {state}\n\nNo question needs them.\n",
        *(f"- {table.name}: one row per {table.grain}" for table in remembered),
        "",
    ]
    return "\n".join(parts)


def _table(table: Table) -> str:
    columns = {name: each for name, each in table.columns.items() if name != "run_id" or name in table.key}
    rows = [_row(name, column, table) for name, column in columns.items()]
    return (
        f"## {table.name}\n\nOne row per {table.grain}. Key: {', '.join(table.key)}.\n\n"
        "| column | type | what it holds |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _row(name: str, column: Column, table: Table) -> str:
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


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(tables_page(), "utf-8")
