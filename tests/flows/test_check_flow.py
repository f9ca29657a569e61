"""The check runs under Prefect as it does at the prompt."""

from pathlib import Path

import pytest
from small_warehouse import build_warehouse

from copydesk.warehouse.connect import connect_reader, connect_writer


@pytest.mark.prefect
@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_check_flow_leaves_its_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lawful warehouse gives a green run, results in the table and an artifact; a broken law a red run."""
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    from prefect.client.orchestration import get_client
    from prefect.testing.utilities import prefect_test_harness

    from copydesk.flows.check_flow import BrokenLawsError, check_flow

    place = build_warehouse(tmp_path / "warehouse")
    with prefect_test_harness(server_startup_timeout=3_600):
        count = check_flow(str(place.folder))
        with connect_reader(place) as con:
            assert con.execute("select count(*) from check_results").fetchall() == [(count,)]
        with connect_writer(place) as con:
            con.execute("delete from quarantine")
        with pytest.raises(BrokenLawsError, match="documents_lead_somewhere"):
            check_flow(str(place.folder))
        with get_client(sync_client=True) as client:
            found = client.request("POST", "/artifacts/filter", json={}).json()
    pages = [artifact["data"] for artifact in found if artifact["key"] == "data-quality"]
    assert len(pages) == 2
    assert ["FAIL" in page for page in sorted(pages, key=lambda page: "FAIL" in page)] == [False, True]
