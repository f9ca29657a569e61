"""Fixtures that all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from warehouse.place import Place

ROOT = Path(__file__).parent.parent

# A build must not depend on the luck of the draw; at a desk every run draws anew.
settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and corpora; tests that need it are skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))
    if not (folder / "articles").is_dir():
        pytest.skip(f"needs the shared corpora, which are not at {folder} (set COPYDESK_SHARED)")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty place for a warehouse."""
    return Place(tmp_path / "warehouse")
