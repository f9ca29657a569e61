"""Writes the declared tables and views as the sources of a dbt project."""

import json
from collections.abc import Iterator
from pathlib import Path

from copydesk.schemas.table import Table
from copydesk.schemas.tables import SHELVES
from copydesk.warehouse.attach import CATALOG
from copydesk.warehouse.create import VIEWS, read_definitions

HEAD = f"""# Written by `copydesk export --dbt`. The profile attaches it as `{CATALOG}` (docs/analysts.md).
version: 2
sources:
  - name: copydesk
    database: {CATALOG}
    schema: main
    tables:
"""


def write_dbt_sources(out: Path) -> int:
    """Write the file; return how many tables and views it names. What is state is left out."""
    *shelves, _state = SHELVES.values()
    tables = [table for shelf in shelves for table in shelf]
    views = read_definitions(VIEWS)
    lines = [line for table in tables for line in _table(table)]
    for view in views:
        lines += _named(view.name, view.comment)
    out.write_text(HEAD + "".join(f"      {line}\n" for line in lines), "utf-8")
    return len(tables) + len(views)


def _table(table: Table) -> Iterator[str]:
    yield from _named(table.name, f"One row per {table.grain}.")
    yield "  columns:"
    for name, column in table.columns.items():
        yield f"    - name: {name}"
        yield f"      description: {json.dumps(column.sentence, ensure_ascii=False)}"
        if table.key == (name,):
            yield "      data_tests: [unique, not_null]"


def _named(name: str, description: str) -> list[str]:
    return [f"- name: {name}", f"  description: {json.dumps(description, ensure_ascii=False)}"]
