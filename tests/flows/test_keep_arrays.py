"""Arrays are unpacked once a machine, as modules are compiled."""

import sys
from pathlib import Path

import numpy as np
import pytest

from copydesk.flows.workers.keep_arrays import Arrays, keep_arrays

MADE = {"steps": np.arange(12, dtype=np.uint32).reshape(3, 4), "names": np.array(["gull", "sv"])}


class Maker:
    """Makes the arrays and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Arrays:
        self.times += 1
        return MADE


def ask_twice(maker: Maker) -> None:
    for _ in range(2):
        found = keep_arrays("tide-1", maker)
        assert {name: (array.dtype, array.tolist()) for name, array in found.items()} == {
            name: (array.dtype, array.tolist()) for name, array in MADE.items()
        }


def test_arrays_are_made_once_for_all_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was kept is what was made, under its own name alone, and nothing half written is left beside it."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    maker = Maker()
    ask_twice(maker)
    assert maker.times == 1
    keep_arrays("tide-2", maker)
    assert maker.times == 2
    assert sorted(folder.name for folder in tmp_path.rglob("tide*")) == ["tide-1", "tide-2"]


@pytest.mark.parametrize("may_write", [False, True])
def test_arrays_are_made_anew_where_none_may_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, may_write: bool
) -> None:
    """Neither a process that writes no bytecode nor one that cannot keeps any, and none fails for it."""
    taken = tmp_path / "taken"
    taken.write_text("")
    monkeypatch.setattr(sys, "pycache_prefix", str(taken if may_write else tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", not may_write)
    maker = Maker()
    ask_twice(maker)
    assert maker.times == 2
    assert list(tmp_path.rglob("tide*")) == []


@pytest.mark.parametrize("kept_bytes", [0, 9, 130])
def test_damaged_arrays_are_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept_bytes: int
) -> None:
    """A file that the end of power has cut off costs one making, and stands there whole after it."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    ask_twice(maker := Maker())
    [file] = tmp_path.rglob("steps.npy")
    file.write_bytes(file.read_bytes()[:kept_bytes])
    ask_twice(maker)
    assert maker.times == 2
