"""A hostile web: pages made to hang, crash or swell a parser cost themselves only."""

from pathlib import Path

import pytest
from hostile_html import hostile_html

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

GOOD = 24


@pytest.mark.slow
def test_hostile_pages_cost_themselves_only(tmp_path: Path) -> None:
    """Every hostile page is either an article or a quarantine row with a reason; all neighbours are loaded."""
    folder = tmp_path / "desk"
    folder.mkdir()
    hostile = dict(hostile_html())
    for name, page in hostile.items():
        (folder / f"hostile-{name.replace('/', '_').replace(' ', '-')}.html").write_bytes(page)
    for number in range(GOOD):
        prose = " ".join(
            f"The keeper of lamp {number} wrote down {number * 31 + n} ships that night." for n in range(12)
        )
        (folder / f"good-{number:02}.html").write_text(
            f"<html lang=en><head><title>Lamp {number}</title></head><body><article><h1>Lamp {number}</h1>"
            f"<p>{prose}</p></article></body></html>"
        )
    # Stricter than the default, to be sooner done.
    settings = Settings(warehouse=tmp_path / "w", workers=2, document_seconds=0.2, worker_memory_gb=2.0)
    summary = ingest([folder], settings=settings)
    assert len(hostile) >= 50
    assert summary.documents_count == summary.seen_count == len(hostile) + GOOD
    with connect_reader(settings.place) as con:
        assert con.execute("select count(*) from articles where origin like 'good-%'").fetchall() == [(GOOD,)]
        assert con.execute("select count(*) from quarantine where reason = '' or detail = ''").fetchall() == [
            (0,)
        ]
