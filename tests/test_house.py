"""The house stands as the design draws it."""

import ast
import re
from pathlib import Path

import pytest

from schemas.tables import TABLES

ROOT = Path(__file__).parent.parent
ROOMS = ("schemas", "transforms", "warehouse", "flows")
MAY_IMPORT = {
    "schemas": {"schemas"},
    "transforms": {"transforms", "schemas"},
    "warehouse": {"warehouse", "schemas"},
    "flows": {"flows", "transforms", "warehouse", "schemas"},
}
MODULES = sorted(path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py"))
IMPURE = {
    "duckdb", "prefect", "os", "pathlib", "socket", "subprocess", "random", "secrets", "time", "urllib.request",
    "httpx", "requests", "tempfile", "shutil", "sqlite3", "uuid",
}  # fmt: skip


def imports_of(module: str) -> set[str]:
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("module", MODULES)
def test_rooms_import_downwards(module: str) -> None:
    """flows -> {transforms, warehouse} -> schemas, and never back or across."""
    room = module.split("/", maxsplit=1)[0]
    strangers = {name for name in imports_of(module) if name.split(".")[0] in set(ROOMS) - MAY_IMPORT[room]}
    assert not strangers


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("transforms/")])
def test_transforms_are_pure(module: str) -> None:
    """A transform touches no file, network, clock, environment, database or chance."""
    impure = {
        name
        for name in imports_of(module)
        if name in IMPURE or name.split(".")[0] in IMPURE - {"urllib.request"}
    }
    assert not impure
    source = (ROOT / module).read_text("utf-8")
    assert not re.search(r"(?<!def )(?<![.\w])open\(|datetime\.now|\.utcnow|date\.today|\bprint\(", source)


@pytest.mark.parametrize(
    "module", [m for m in MODULES if not m.startswith(("warehouse/", "flows/cli/user_errors"))]
)
def test_only_the_warehouse_touches_duckdb(module: str) -> None:
    """Nobody but the warehouse opens a database; flows may name its type and its errors."""
    source = (ROOT / module).read_text("utf-8")
    assert "duckdb.connect(" not in source


WRITERS = ("warehouse/write_table.py", "warehouse/migrations/")


@pytest.mark.parametrize("module", [m for m in MODULES if not m.startswith(WRITERS)])
def test_tables_are_written_by_one_writer(module: str) -> None:
    """Nobody but the one writer, and migrations, says insert, update or delete to a table of the lake."""
    said = re.findall(
        r"\b(?:insert\s+into|delete\s+from|merge\s+into|update)\s+([\w{}.]+)",
        (ROOT / module).read_text("utf-8"),
        re.IGNORECASE,
    )
    assert [target for target in said if target in TABLES or re.fullmatch(r"\{\w+\}", target)] == []


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("schemas/")])
def test_schemas_need_nothing_but_arrow(module: str) -> None:
    """The words stand on pyarrow and the standard library alone."""
    heads = {name.split(".")[0] for name in imports_of(module)}
    assert heads <= {"schemas", "pyarrow", "enum", "dataclasses", "collections", "typing", ""}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-bench.lock"])
def test_locks_are_hashed_and_name_no_index(lock: str) -> None:
    """Every locked package has hashes, and the file names no address."""
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    packages = re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE | re.IGNORECASE)
    entries = re.split(r"^(?=[a-z0-9][\w.-]*==)", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert len(packages) == len(entries) > 50
    assert all("--hash=sha256:" in entry for entry in entries)
