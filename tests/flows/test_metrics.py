"""What a monitor reads: OpenMetrics text, also in a file after each run, and a line a step in the log."""

import json
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from small_desk import command, made_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_desk(tmp_path_factory.mktemp("desk"))


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Return each value by its name and labels, as a monitor reads them."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_monitor_can_read_them(desk: Path, monkeypatch: Any, capsys: Any) -> None:
    """Runs, documents, quarantine, sources, steps and bytes, in a form that the monitor's own parser takes."""
    code, out, error = command(monkeypatch, capsys, "metrics", "-w", desk / "w")
    assert (code, error) == (0, "")
    found = samples(out)
    assert found["copydesk_documents", "new"] == 3
    assert found["copydesk_runs_total", "ingest", "done"] == 1
    assert found["copydesk_source_age_seconds", "desk"] > 0
    assert found["copydesk_last_run_step_seconds", "ingest", "take in"] > 0
    assert found["copydesk_warehouse_bytes", "tables"] > 1_000
    assert found["copydesk_table_files",] >= 10
    code, _, error = command(monkeypatch, capsys, "metrics", "-w", desk / "none")
    assert (code, error.count("\n")) == (2, 1)


def test_each_run_leaves_its_metrics_and_its_log(
    desk: Path, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    """By two settings: a file for a node exporter, whole, and a JSON object a step without a secret in it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "The barrels\n\nTwelve barrels of tar stand on the pier of Marrow Bay.\n"
    )
    monkeypatch.setenv("COPYDESK_METRICS_FILE", str(tmp_path / "copydesk.prom"))
    monkeypatch.setenv("COPYDESK_LOG", "json")
    words = ("ingest", tmp_path / "in", "--no-prefect", "--workers", 1, "-w", desk / "w")
    code, _, error = command(monkeypatch, capsys, *words)
    assert code == 0
    lines = [json.loads(line) for line in error.splitlines() if line.startswith("{")]
    assert [line["event"] for line in (lines[0], lines[-1])] == ["run begins", "run ends"]
    assert {"take in", "copies", "stories"} <= {line.get("step") for line in lines}
    assert len({line["run_id"] for line in lines}) == 1
    assert lines[-1]["new_count"] == 1
    assert samples((tmp_path / "copydesk.prom").read_text())["copydesk_documents", "new"] == 4
    assert [file.name for file in tmp_path.glob(".*")] == []
    monkeypatch.setenv("COPYDESK_METRICS_FILE", str(tmp_path / "none" / "copydesk.prom"))
    code, _, error = command(monkeypatch, capsys, *words)
    assert code == 0
    assert "metrics are not written" in error


def test_a_monitor_that_is_gone_costs_no_article(
    desk: Path, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    """Where the metrics have no folder the run goes on and says so, also where nobody asked for a log."""
    monkeypatch.setenv("COPYDESK_METRICS_FILE", str(tmp_path / "none" / "copydesk.prom"))
    words = ("ingest", desk / "desk", "--no-prefect", "--workers", 1, "-w", desk / "w")
    code, out, error = command(monkeypatch, capsys, *words)
    assert code == 0
    assert (out + error).count("no metrics are written") == 1
