"""A newspaper, somebody who asks it, and no waiting between retries."""

from collections.abc import Iterator

import pytest
import stamina
from paper_reader import Reader
from small_newspaper import Newspaper


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


@pytest.fixture
def reader(paper: Newspaper) -> Reader:
    return Reader(paper)
