"""The definitions of the lake: applied once, and then left alone."""

import os
import subprocess
import sys
from pathlib import Path

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings
from copydesk.warehouse.connect import connect_reader

TEXT = "Barrels counted\n\nThe harbour shed of Marrow Bay holds 412 barrels, a warden said on 3 May 2026.\n"


def test_a_second_run_in_a_new_process_makes_no_snapshot(tmp_path: Path) -> None:
    """The same input again adds no snapshot, whatever seed the process hashes its words with."""
    settings = Settings(warehouse=tmp_path / "w", workers=1)
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.txt").write_text(TEXT, "utf-8")
    ingest([tmp_path / "desk"], settings=settings)
    before = snapshots(settings)
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "ingest", "desk", "--warehouse", "w", "--no-prefect"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "1", "COPYDESK_WORKERS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing is new" in done.stdout
    assert snapshots(settings) == before


def snapshots(settings: Settings) -> list[int]:
    with connect_reader(settings.place) as con:
        return [row[0] for row in con.execute("select snapshot_id from lake.snapshots()").fetchall()]
