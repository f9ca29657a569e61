"""Fixtures that all tests share."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from empty_warehouse import copied_warehouses
from hypothesis import settings
from postgres_server import Server, postgres_server
from small_databases import small_databases

from copydesk.flows.workers import open_workers
from copydesk.warehouse.check import CHECKS
from copydesk.warehouse.place import Place

ROOT = Path(__file__).parent.parent

# A build must not depend on the luck of the draw; at a desk every run draws anew.
settings.register_profile("ci", derandomize=True, print_blob=True, deadline=None, max_examples=40)
settings.register_profile("desk", deadline=None, max_examples=40)  # a busy machine is no fault
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session", autouse=True)
def _small_databases() -> Iterator[None]:
    with small_databases(), copied_warehouses():
        yield


@pytest.fixture(scope="session", autouse=True)
def _warm_workers() -> None:
    """Fork all workers and commands of the tests from a process that no test's environment, folder or limit has touched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        patch.setattr(open_workers, "WARM", "warm_commands")
        open_workers.start_fork_server()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and corpora; tests that need it are skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))
    if not (folder / "articles").is_dir():
        pytest.skip(f"needs the shared corpora, which are not at {folder} (set COPYDESK_SHARED)")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; tests that need it are skipped, saying so, where none is installed."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty place for a warehouse."""
    return Place(tmp_path / "warehouse")


@pytest.fixture
def few_checks(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four laws of ours in place of all, for what is done with an outcome: to ask for all costs as much as two runs."""
    folder = tmp_path_factory.mktemp("checks")
    names = (
        "documents_lead_somewhere",
        "sources_are_fresh",
        "stories_count_their_members",
        "text_is_restorable",
    )
    for name in names:
        shutil.copy(CHECKS / f"{name}.sql", folder)
    monkeypatch.setattr("copydesk.warehouse.check.CHECKS", folder)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A warehouse that holds the sample of seeds/, for all that only read it."""
    from copydesk.flows.ingest.plan import ingest
    from copydesk.flows.settings import Settings

    settings = Settings(warehouse=tmp_path_factory.mktemp("sample"), workers=2)
    ingest([ROOT / "seeds" / "articles"], settings=settings, now=datetime(2026, 3, 1, tzinfo=UTC))
    return settings.place
