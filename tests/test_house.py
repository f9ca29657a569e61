"""The house stands as the design draws it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from copydesk.schemas.tables import TABLES

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


WRITERS = ("warehouse/write_table.py", "warehouse/migrations/")


@cache
def source_of(module: str) -> str:
    return (ROOT / module).read_text("utf-8")


@cache
def imports_of(module: str) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source_of(module))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return frozenset(name.removeprefix("copydesk.") for name in names)


def below(*starts: str) -> list[str]:
    """The modules below these places; were there none, every law would hold."""
    found = [module for module in MODULES if module.startswith(starts)]
    assert len(found) > 10
    return found


def without(*starts: str) -> list[str]:
    """All modules but those below these places."""
    found = [module for module in MODULES if not module.startswith(starts)]
    assert len(found) > 10
    return found


def test_rooms_import_downwards() -> None:
    """flows -> {transforms, warehouse} -> schemas, and never back or across."""
    upwards = [
        (module, name)
        for room, allowed in MAY_IMPORT.items()
        for module in below(f"{room}/")
        for name in imports_of(module)
        if name.split(".")[0] in set(ROOMS) - allowed
    ]
    assert upwards == []


def test_transforms_are_pure() -> None:
    """A transform touches no file, network, clock, environment, database or chance."""
    impure = [
        (module, name)
        for module in below("transforms/")
        for name in imports_of(module)
        if name in IMPURE or name.split(".")[0] in IMPURE - {"urllib.request"}
    ]
    assert impure == []
    pattern = r"(?<!def )(?<![.\w])open\(|datetime\.now|\.utcnow|date\.today|\bprint\("
    said = [
        (module, found) for module in below("transforms/") for found in re.findall(pattern, source_of(module))
    ]
    assert said == []


def test_only_the_warehouse_touches_duckdb() -> None:
    """Nobody but the warehouse opens a database; flows may name its type and its errors."""
    others = without("warehouse/")
    assert [module for module in others if "duckdb.connect(" in source_of(module)] == []


def test_tables_are_written_by_one_writer() -> None:
    """Nobody but the one writer, and migrations, says insert, update or delete to a table of the lake."""
    pattern = r"\b(?:insert\s+into|delete\s+from|merge\s+into|update)\s+([\w{}.]+)"
    written = [
        (module, target)
        for module in without(*WRITERS)
        for target in re.findall(pattern, source_of(module), re.IGNORECASE)
        if target in TABLES or re.fullmatch(r"\{\w+\}", target)
    ]
    assert written == []


def test_prefect_is_loaded_by_its_flows_alone() -> None:
    """It costs seconds: two flows, their page and their server import it, and these only the commands that ask for a flow."""
    loading = {
        module for module in MODULES if "prefect" in {name.split(".")[0] for name in imports_of(module)}
    }
    assert loading == {
        "flows/check_flow.py",
        "flows/ingest/flow.py",
        "flows/ingest/page.py",
        "flows/cli/schedule.py",
    }
    asking = {module for module in MODULES if imports_of(module) & {"flows.check_flow", "flows.ingest.flow"}}
    assert asking == {"flows/cli/ingest.py", "flows/cli/schedule.py"}


def test_schemas_need_nothing_but_arrow() -> None:
    """The words stand on pyarrow and the standard library alone."""
    known = {"schemas", "pyarrow", "enum", "dataclasses", "collections", "typing", ""}
    strangers = [
        (module, name)
        for module in below("schemas/")
        for name in imports_of(module)
        if name.split(".")[0] not in known
    ]
    assert strangers == []


LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_hashed_and_name_no_index(lock: str) -> None:
    """Every locked package has hashes, and the file names no address."""
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    packages = re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE | re.IGNORECASE)
    entries = re.split(r"^(?=[a-z0-9][\w.-]*==)", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert len(packages) == len(entries) > 50
    assert all("--hash=sha256:" in entry for entry in entries)


def test_locks_agree() -> None:
    """What tests and benchmarks add leaves what running needs as it is, to the version."""
    running, testing, measuring = (
        set(
            re.findall(
                r"^[a-z0-9][\w.-]*==\S+", (ROOT / lock).read_text("utf-8"), re.MULTILINE | re.IGNORECASE
            )
        )
        for lock in LOCKS
    )
    assert running < testing < measuring
