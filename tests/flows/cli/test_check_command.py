"""The command says whether the laws hold, by words and by its exit code."""

import json
from pathlib import Path

import pytest
from small_desk import Copydesk
from small_warehouse import build_warehouse

from copydesk.warehouse.connect import connect_reader, connect_writer
from copydesk.warehouse.lease import lease
from copydesk.warehouse.place import Place
from copydesk.warehouse.seal_files import seal_warehouse

pytestmark = pytest.mark.usefixtures("few_checks")


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_warehouse(tmp_path_factory.mktemp("lawful"))


def run(copydesk: Copydesk, place: Place, *options: object) -> tuple[int, str]:
    code, out, err = copydesk("check", "--warehouse", place.folder, *options)
    return code, out + err


def test_lawful_warehouse_is_green_and_kept_once(copydesk: Copydesk, lawful: Place) -> None:
    """Code 0, the results in their table; the same outcome again makes no snapshot."""
    seal_warehouse(lawful)
    assert run(copydesk, lawful)[0] == 0
    before = state_of(lawful)
    assert run(copydesk, lawful)[0] == 0
    assert state_of(lawful) == before
    assert before[1] > 4


def state_of(place: Place) -> tuple[int, int]:
    with connect_reader(place) as con:
        count = con.execute("select count(*) from check_results").fetchall()[0][0]
        return con.execute("select max(snapshot_id) from snapshots()").fetchall()[0][0], count


def test_broken_law_is_red(copydesk: Copydesk, tmp_path: Path) -> None:
    """A broken law gives code 1 and its offenders, in every form."""
    place = build_warehouse(tmp_path)
    with connect_writer(place) as con:
        con.execute("delete from quarantine")
    code, text = run(copydesk, place, "--no-store", "--format", "json")
    rows = {row["name"]: row for row in json.loads(text)}
    assert code == 1
    assert rows["documents_lead_somewhere"]["offenders_count"] == 1


def test_bad_check_is_wrong_use(copydesk: Copydesk, lawful: Place, tmp_path: Path) -> None:
    """A check of the user's that cannot run gives code 2 and names the file."""
    (tmp_path / "mine.sql").write_text("-- A law.\nselect * from nowhere")
    code, text = run(copydesk, lawful, "--checks", str(tmp_path))
    assert code == 2
    assert "mine.sql" in text


def test_check_does_not_wait_for_a_run(copydesk: Copydesk, lawful: Place) -> None:
    """While another run writes, the check answers and says that its results were not kept.

    A source that went silent long ago is a warning, which gives code 1 with --fail-on warn alone.
    """
    with lease(lawful):
        code, text = run(copydesk, lawful, "--fail-on", "warn")
    assert code == 1
    assert "warn  sources_are_fresh" in text
    assert "results not stored" in text
