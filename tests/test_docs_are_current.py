"""Pages that are written from the code say what the code says."""

import re
from importlib import import_module
from pathlib import Path

from copydesk.flows.write_docs import PAGE, tables_page

ROOT = Path(__file__).parent.parent


def test_tables_page_is_current() -> None:
    """docs/tables.md is what `make docs` would write now."""
    assert PAGE.read_text("utf-8") == tables_page(), "run: make docs"


def test_what_pages_import_is_there() -> None:
    """Every import in the Python of README.md and docs/ resolves."""
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            for module, names in re.findall(r"^from (\w[\w.]*) import ([\w, ]+)$", block, re.MULTILINE):
                missing = [name for name in names.split(", ") if not hasattr(import_module(module), name)]
                assert not missing, f"{page.name}: {module} has no {missing}"
