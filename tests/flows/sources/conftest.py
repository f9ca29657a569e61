"""A newspaper, a memory, and runs on days of our choosing."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import stamina
from small_newspaper import Newspaper
from source_desk import Desk

from copydesk.flows.sources.limited import LimitedPool


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Retries happen as often as they would, at once."""
    stamina.set_testing(True, attempts=3, cap=True)
    yield
    stamina.set_testing(False)


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with Newspaper() as newspaper:
        yield newspaper


@pytest.fixture(scope="session")
def pool() -> Iterator[LimitedPool]:
    """One worker for all tests: starting it takes longer than most of them."""
    with closing(LimitedPool()) as limited:
        yield limited


@pytest.fixture
def desk(paper: Newspaper, pool: LimitedPool) -> Desk:
    return Desk(paper, pool)


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    return tmp_path / "sources.toml"
