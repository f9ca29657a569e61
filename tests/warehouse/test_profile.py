"""What `--profile` tells: the cost of each statement, by step."""

from pathlib import Path

import pytest

from copydesk.flows.cli.main import main
from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings

TEXT = "Orchard of Quarry Hill to be grafted anew\n\nThe town will graft new trees from the wood of the old ones.\n"


def test_what_each_statement_costs_is_told_by_step(tmp_path: Path) -> None:
    """Every step has its statements and the rows that they read; the tables are as without, and so is the ledger."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.txt").write_text(TEXT, "utf-8")
    settings = Settings(warehouse=tmp_path / "w", workers=1, profile=True)
    summary = ingest([tmp_path / "desk"], settings=settings)
    assert {step for step, _ in summary.costs} >= {"take in", "revise", "site memory", "copies", "stories"}
    assert all(cost.calls and cost.seconds >= 0 for cost in summary.costs.values())
    (written,) = (
        cost for (_, words), cost in summary.costs.items() if words.startswith("insert into revisions ")
    )
    assert (written.calls, written.rows) == (1, 2)
    assert "costs" not in summary.as_record()
    again = ingest([tmp_path / "desk"], settings=settings.model_copy(update={"profile": False}))
    assert (again.state, again.costs) == ("nothing_new", {})


def test_the_command_prints_what_steps_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`copydesk ingest --profile` prints the steps and the dearest statements."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    words = ["copydesk", "ingest", str(tmp_path / "a.txt"), "-w", str(tmp_path / "w"), "--no-prefect"]
    monkeypatch.setattr("sys.argv", [*words, "--profile"])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().err
    assert "stories" in told
    _, _, dearest = told.partition("Processor seconds, calls, rows read, step, statement:\n")
    assert any("create or replace" in line or "select" in line for line in dearest.splitlines())
