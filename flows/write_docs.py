"""Writes docs/tables.md from the declared tables and views, so that the page cannot lie."""

from pathlib import Path

from copydesk.schemas.table import Column, Table
from copydesk.schemas.tables import SHELVES
from copydesk.warehouse.create import MACROS, VIEWS, Definition, read_definitions

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tables.md"

HEAD = """# Tables

Written by `make docs` from schemas/ and warehouse/; a test holds it to them. The same sentences stand as comments
in the warehouse: `copydesk sql "select column_name, comment from duckdb_columns() where table_name = 'revisions'"`.
Times are UTC. Identifiers are 20 hex characters of SHA-256. `copydesk sql .tables` lists them in this order.
"""


def tables_page() -> str:
    """Return the page: every view and macro, then every table with its grain, key and columns, state last."""
    views = read_definitions(VIEWS)
    names = {"Views": [view.name for view in views]}
    names |= {title: [table.name for table in shelf] for title, shelf in SHELVES.items()}
    contents = [f"- {title}: {', '.join(listed)}" for title, listed in names.items()]
    parts = [
        HEAD,
        "\n".join(contents) + "\n",
        "## Views\n\n" + _definitions(views),
        "## Macros\n\n" + _definitions(read_definitions(MACROS)),
        *(_table(table) for shelf in SHELVES.values() for table in shelf),
    ]
    return "\n".join(parts)


def _table(table: Table) -> str:
    rows = [_row(name, column, table) for name, column in table.columns.items()]
    return (
        f"## {table.name}\n\nOne row per {table.grain}. Key: {', '.join(table.key)}.\n\n"
        "| column | type | null | unit | what it holds |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _row(name: str, column: Column, table: Table) -> str:
    sentence = column.sentence
    if column.values:
        sentence += f" One of: {', '.join(sorted(column.values))}."
    if column.references:
        sentence += f" → {column.references}"
    null = "yes" if column.is_nullable else ""
    type_ = str(table.schema.field(name).type).replace("|", "\\|")
    return f"| {name} | {type_} | {null} | {column.unit or ''} | {sentence} |"


def _definitions(definitions: list[Definition]) -> str:
    rows = "\n".join(f"| {definition.name} | {definition.comment} |" for definition in definitions)
    return f"| name | what it gives |\n|---|---|\n{rows}\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(tables_page(), "utf-8")
