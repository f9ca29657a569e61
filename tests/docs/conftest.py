"""The sample, ingested once."""

from pathlib import Path

import pytest

from flows.ingest.plan import ingest
from flows.settings import Settings
from warehouse.place import Place

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A warehouse that holds the sample of seeds/."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("sample"), workers=2)
    ingest([ROOT / "seeds" / "articles"], settings=settings)
    return settings.place
