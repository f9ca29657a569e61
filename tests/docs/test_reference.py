"""What there is, is documented."""

import re
from importlib import import_module

import pytest
from typer.main import get_command

from copydesk.flows.cli.commands import app
from copydesk.flows.write_docs import DOCS, checks_page, reference_page, tables_page
from copydesk.schemas.enums import SpanKind
from copydesk.schemas.tables import SHELVES
from copydesk.warehouse.check import read_checks
from copydesk.warehouse.check_files import FILE_LAWS
from copydesk.warehouse.create import MACROS, VIEWS, read_definitions
from copydesk.warehouse.schema_checks import SCHEMA_LAWS

REMEDY = "run: make docs"
PAGES = {page.name: page.read_text("utf-8") for page in DOCS.glob("*.md")}


def test_reference_is_current() -> None:
    """docs/reference.md is what the code would write now."""
    assert PAGES["reference.md"] == reference_page(), REMEDY


def test_tables_page_is_current() -> None:
    """docs/tables.md is what the code would write now."""
    assert PAGES["tables.md"] == tables_page(), REMEDY


def test_table_of_checks_is_current() -> None:
    """The table in docs/checks.md is what the code would write now."""
    assert PAGES["checks.md"] == checks_page(PAGES["checks.md"]), REMEDY


def test_every_kind_has_a_sentence() -> None:
    """Each kind of boilerplate is told in one sentence."""
    assert all(kind.sentence.endswith(".") for kind in SpanKind)


def test_every_check_says_its_law() -> None:
    """Each check, of SQL or not, says a law in a sentence, on the page."""
    laws = {check.name: check.law for check in read_checks()} | SCHEMA_LAWS
    laws |= {name: law.sentence for name, law in FILE_LAWS.items()}
    for name, law in laws.items():
        assert law[0].isupper(), name
        assert f"| `{name}` |" in PAGES["checks.md"]


@pytest.mark.parametrize("folder", [VIEWS, MACROS], ids=["views", "macros"])
def test_every_view_and_macro_says_what_it_is(folder) -> None:
    """Each view and macro begins with a sentence, and stands in docs/tables.md."""
    for definition in read_definitions(folder):
        assert definition.comment, definition.name
        assert definition.name in PAGES["tables.md"], "run: make docs"


def test_every_column_is_documented() -> None:
    """Each table stands in docs/tables.md, with each column but run_id; what the next run remembers by its grain."""
    *shelves, remembered = SHELVES.values()
    for table in (table for shelf in shelves for table in shelf):
        section = PAGES["tables.md"].partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        assert section, table.name
        assert all(f"| {column} |" in section for column in table.columns if column != "run_id")
    assert all(f"- {table.name}: one row per" in PAGES["tables.md"] for table in remembered)


def test_every_command_and_option_helps() -> None:
    """Each command says what it does, and each of its options and arguments too."""
    for name, command in get_command(app).commands.items():
        assert command.help, name
        for each in command.params:
            assert each.name == "help" or getattr(each, "help", None), f"{name} {each.name}"
        assert f"`copydesk {name}`" in PAGES["reference.md"]


def test_what_pages_import_is_there() -> None:
    """Every import in the Python of README.md and docs/ resolves."""
    for page in (DOCS.parent / "README.md", *DOCS.rglob("*.md")):
        for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            for module, names in re.findall(r"^from (\w[\w.]*) import ([\w, ]+)$", block, re.MULTILINE):
                missing = [name for name in names.split(", ") if not hasattr(import_module(module), name)]
                assert not missing, f"{page.name}: {module} has no {missing}"
