"""Benchmarks ask one place for the shared corpora."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_absent_corpora_are_one_line(tmp_path: Path) -> None:
    """A benchmark that finds none says where it looked and ends as for any mistake."""
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.quotations"],
        cwd=ROOT, env={**os.environ, "COPYDESK_SHARED": str(tmp_path / "away")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr.count("\n"), str(tmp_path / "away") in ended.stderr) == (
        2,
        1,
        True,
    )


def test_one_place_knows_where_the_corpora_lie() -> None:
    """No benchmark looks for them by itself."""
    others = [path for path in (ROOT / "benchmarks").glob("*.py") if path.name != "corpora.py"]
    assert len(others) > 30
    assert [path.name for path in others if "COPYDESK_SHARED" in path.read_text("utf-8")] == []
