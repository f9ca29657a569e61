"""What went wrong is told by its cause: the machine's fault, a bug of ours, a wrong setting."""

import sqlite3

import duckdb
import pytest
from small_desk import run

from copydesk.flows.cli.judge_error import judge_error, machine_fault

FAULTS: dict[str, tuple[Exception, str]] = {
    "full": (OSError(28, "No space left on device", "/w/x"), "the disk is full"),
    "read-only mount": (OSError(30, "Read-only file system", "/w/x"), "the disk can only be read"),
    "full, in SQLite": (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
    "locked, in DuckLake": (
        duckdb.TransactionException(
            "TransactionContext Error: Failed to commit: Failed to commit DuckLake transaction.\n"
            "Failed to flush changes into DuckLake: database is locked"
        ),
        "locked by another process",
    ),
    "nameless": (
        duckdb.Error('Failed to execute "PRAGMA journal_mode=WAL": database is locked'),
        "locked by another",
    ),
    "conflict": (
        duckdb.TransactionException("Transaction conflict - attempting to delete"),
        "another run wrote",
    ),
    "memory": (
        duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"),
        "COPYDESK_DATABASE_MEMORY",
    ),
    "no such database": (
        duckdb.IOException('connection to server at "db" failed: FATAL: database "news" does not exist'),
        "the catalog's server has no such database",
    ),
    "refused keys": (
        duckdb.HTTPException("HTTP GET error reading 's3://news/x.parquet' (HTTP 403 Forbidden)"),
        "the store refuses the keys",
    ),
    "unknown": (OSError(5, "Something new"), "the machine failed"),
}


@pytest.mark.parametrize(("error", "wanted"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_by_its_cause(error: Exception, wanted: str) -> None:
    """What the libraries say becomes the cause and what to do; their own words stand behind it."""
    sentence = machine_fault(error)
    assert sentence is not None
    assert sentence.startswith(wanted) or wanted in sentence
    assert judge_error(error).code == 1


def test_a_bug_is_called_one() -> None:
    """Whatever nobody foresaw: a line that calls it a bug of ours, code 1, the traceback after it."""
    try:
        {}["nothing"]
    except KeyError as error:
        verdict = judge_error(error)
    assert verdict.code == 1
    assert "a bug of copydesk" in verdict.line
    assert verdict.details.startswith("Traceback")


def test_a_wrong_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the setting and what it should be; never what was given, which may be a secret."""
    monkeypatch.setenv("COPYDESK_WORKERS", "hunter2")
    assert run(monkeypatch, "runs") == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "COPYDESK_WORKERS: " in said
    assert "hunter2" not in said


def test_a_cause_is_told_in_whole_words() -> None:
    """Of a message that quotes a long statement what stands around the cause is told, and no word of it is cut."""
    before, after = (" ".join(f"{side}{number}" for number in range(90)) for side in ("before", "after"))
    said = machine_fault(duckdb.IOException(f"{before} connection to server {after}"))
    assert said is not None
    told = said.partition("(")[2].rstrip(")").split()
    assert {told[0], told[-1]} == {"..."}
    assert set(told[1:-1]) <= {*before.split(), *after.split(), "connection", "to", "server"}
