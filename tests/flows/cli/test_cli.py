"""The command: what a person types, sees and gets as an exit code."""

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_desk import Copydesk, made_desk, run, write_desk

from copydesk.flows.ingest.plan import ingest
from copydesk.flows.settings import Settings

ARTICLE = (
    "Skip to content\n\nOrchard of Quarry Hill to be grafted anew\n\nBy Wilma Trent\n\nThe old orchard above Quarry"
    " Hill lost forty trees in the storm of last winter, and the town will graft new ones from their wood.\n\n"
    "“We kept every branch,” said the gardener, Otto Lisle. “A tree is only gone when nobody cuts a scion.”\n\n"
    "The first grafts will be set in March, if the frost allows, and should bear in six years.\n\n"
    "Sign up for our newsletter\n\nLeave a reply\n\nYour email address will not be published.\n"
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "desk").mkdir()
    (folder / "desk" / "orchard.txt").write_text(ARTICLE, "utf-8")
    (folder / "desk" / "evil.txt").write_text(ARTICLE.replace("Orchard", "\x1b[2JOrchard\u202e"), "utf-8")
    ingest([folder / "desk"], settings=Settings(warehouse=folder / "w", workers=1))
    return folder / "w"


@pytest.mark.parametrize(
    "words", [["publish"], ["ingest", "--speed", "x"], ["ingest", sys.executable]], ids=" ".join
)
def test_what_there_is_not_is_one_line_and_code_2(copydesk: Copydesk, words: list[str]) -> None:
    """No such command, option or format. (Every other mistake: test_every_option.py.)"""
    code, out, err = copydesk(*words)
    assert (code, out, err.startswith("copydesk: "), err.count("\n")) == (2, "", True, 1)


def test_clean_prints_the_body_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Without a warehouse: the body on standard output, nothing else."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    assert run(monkeypatch, "clean", tmp_path / "a.txt") == 0
    body = capsys.readouterr().out.strip()
    assert body.startswith("The old orchard")
    assert body.endswith("six years.")


def test_clean_json_gives_spans_over_the_extracted_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON object a document: metadata, body, and spans whose offsets count in extracted_text."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert run(monkeypatch, "clean", "-", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["extracted_text"] == ARTICLE
    assert record["title"] == "Orchard of Quarry Hill to be grafted anew"
    assert record["authors"] == ["Wilma Trent"]
    assert {span["kind"] for span in record["spans"]} >= {
        "nav",
        "title_line",
        "byline",
        "newsletter",
        "comment_prompt",
    }
    for span in record["spans"]:
        assert ARTICLE[span["start_char"] : span["end_char"]] == span["text"]
        assert span["rule_id"]


def test_clean_ends_with_1_when_a_document_is_no_article(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A refused document is told with its place and reason; the others are printed."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    assert run(monkeypatch, "clean", tmp_path) == 1
    said = capsys.readouterr()
    assert "six years." in said.out
    assert "b.txt: empty" in said.err


def test_clean_of_nothing_is_told(copydesk: Copydesk, tmp_path: Path) -> None:
    """An empty file of rows, and a folder without anything that is read, give no text: a line says so, and code 1."""
    (tmp_path / "a.jsonl").write_bytes(b"")
    (tmp_path / "b").mkdir()
    for name, told in (("a.jsonl", "without a byte"), ("b", "nothing there is read")):
        code, out, err = copydesk("clean", tmp_path / name)
        assert (code, out, told in err, err.count("\n")) == (1, "", True, 1)


@pytest.mark.parametrize(("form", "read"), [("csv", str.splitlines), ("json", json.loads)])
def test_sql_writes_what_programs_read(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    warehouse: Path,
    form: str,
    read: object,
) -> None:
    """CSV and JSON on standard output, whole."""
    query = "select title, body_words, authors from articles_latest where origin = 'orchard.txt'"
    assert run(monkeypatch, "sql", query, "-w", warehouse, "--format", form) == 0
    rows = read(capsys.readouterr().out)  # type: ignore[operator]
    assert "Orchard of Quarry Hill" in str(rows[-1])
    assert "Wilma Trent" in str(rows[-1])


def test_sql_writes_parquet(monkeypatch: pytest.MonkeyPatch, warehouse: Path, tmp_path: Path) -> None:
    """Parquet goes to a file that any engine opens."""
    out = tmp_path / "out.parquet"
    assert (
        run(monkeypatch, "sql", "from articles_latest", "-w", warehouse, "--format", "parquet", "--out", out)
        == 0
    )
    assert pq.read_table(out).num_rows == 2


def test_sql_without_a_query_tells_how_to_attach(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    """The lines for the DuckDB shell, Python and R name this warehouse."""
    assert run(monkeypatch, "sql", "-w", warehouse) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("attach", "Python", "From R", str(warehouse)))


def test_show_tells_what_was_taken_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    """Metadata, the whole text, each span with its rule and reason."""
    assert run(monkeypatch, "show", "orchard.txt", "-w", warehouse) == 0
    said = " ".join(capsys.readouterr().out.split())
    for wanted in ("Wilma Trent", "six years.", "Leave a reply", "newsletter", "comment_prompt", "Copies"):
        assert wanted in said


@pytest.mark.parametrize(
    "words", [["show", "evil.txt"], ["sql", "select title, body from articles_latest", "--format", "table"]]
)
def test_scraped_text_cannot_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path, words: list[str]
) -> None:
    """Escape sequences and bidi overrides of a page are written out."""
    assert run(monkeypatch, *words, "-w", warehouse) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "⟦U+001B⟧" in said


def test_runs_lists_attempts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    """The ledger: what ran, how it ended, what it brought."""
    assert run(monkeypatch, "runs", "-w", warehouse) == 0
    said = capsys.readouterr().out
    assert "done" in said
    assert "ingest" in said


def test_ingest_ends_with_1_beyond_the_quarantine_limit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The run finishes, tells what it refused and why, and ends with 1; a limit in the settings allows it."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "desk" / "b.txt").write_bytes(b"\x00" * 99)
    words = ["ingest", tmp_path / "desk", "--no-prefect", "--workers", 1, "-w"]
    assert run(monkeypatch, *words, tmp_path / "w") == 1
    assert "quarantined: 1" in capsys.readouterr().out
    monkeypatch.setenv("COPYDESK_QUARANTINE_LIMIT", "1")
    (tmp_path / "desk" / "b.txt").write_bytes(b"\x00" * 98)
    assert run(monkeypatch, *words, tmp_path / "w") == 0
    assert "quarantined: 1" in capsys.readouterr().out


def test_the_prompt_imports_nothing_heavy() -> None:
    """What only some commands need is loaded by these: `--help` answers at once."""
    heavy = {"prefect", "trafilatura", "duckdb", "pyarrow", "pydantic", "lxml"}
    code = f"import sys, copydesk.flows.cli.commands; print([m for m in sys.modules if m.split('.')[0] in {heavy}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_signals_are_heard_before_anything_is_loaded() -> None:
    """What stands before the first line that listens loads in no time: no package but our own small modules."""
    code = (
        "import sys; before = set(sys.modules); import copydesk.flows.cli.main;"
        " print(sorted({m.split('.')[0] for m in set(sys.modules) - before} - sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['copydesk']"


def test_a_mistake_in_sql_keeps_its_lines(copydesk: Copydesk, warehouse: Path) -> None:
    """The line and the place that DuckDB draws stand below its sentence, as it drew them."""
    code, _, err = copydesk("sql", "select title,\n  1 + from articles", "-w", warehouse)
    assert code == 2
    first, *_, line, mark = err.splitlines()
    assert first.startswith("copydesk: ")
    assert line[mark.index("^") :].startswith("from")


def test_days_are_given_as_people_say_them(copydesk: Copydesk, warehouse: Path) -> None:
    """Every option that takes a day takes these; a wrong one is told what is right."""
    for day in ("yesterday", "today", "7d", "2026-02-27", "2026-02-27T12:00:00"):
        assert copydesk("search", "orchard", "--since", day, "-w", warehouse)[0] == 0, day
    code, _, err = copydesk("search", "orchard", "--since", "someday", "-w", warehouse)
    assert (code, "yesterday" in err) == (2, True)


def test_what_to_try_next_can_be_pasted(copydesk: Copydesk, tmp_path: Path) -> None:
    """What a run suggests names the warehouse that it wrote, and works as it stands."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    _, out, _ = copydesk(
        "ingest", tmp_path / "a.txt", "--no-prefect", "--workers", 1, "-w", tmp_path / "my data"
    )
    _, _, err = copydesk("sql", "select 1", "-w", tmp_path / "none")
    assert f"`copydesk ingest -w {tmp_path / 'none'}`" in err
    (line,) = [line for line in out.splitlines() if "body_words" in line]
    program, *words = shlex.split(line)
    code, out, _ = copydesk(*words)
    assert (program, code, "Orchard" in out) == ("copydesk", 0, True)


@pytest.mark.usefixtures("few_checks")
def test_a_folder_of_ones_own(copydesk: Copydesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside any folder one line says what to do; `init` makes one in which `ingest` and `check` work, and keeps what is there."""
    monkeypatch.chdir(tmp_path)
    code, _, err = copydesk("ingest")
    assert (code, err.count("\n"), "copydesk init" in err) == (2, 1, True)
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "README.md").write_text("mine")
    assert copydesk("init", "desk")[0] == 0
    monkeypatch.chdir(tmp_path / "desk")
    (tmp_path / "desk" / "articles" / "a.txt").write_text(ARTICLE, "utf-8")
    assert copydesk("ingest", "--no-prefect", "--workers", 1)[0] == 0
    assert copydesk("check")[0] == 0
    assert copydesk("init")[0] == 0
    assert (tmp_path / "desk" / "README.md").read_text() == "mine"
    assert {path.name for path in (tmp_path / "desk").iterdir()} >= {
        "data",
        "sources.toml",
        ".env",
        ".github",
    }


def test_the_version_is_told(copydesk: Copydesk) -> None:
    """`--version` prints the name and the number."""
    assert re.fullmatch(r"copydesk \d+\.\d+\.\d+\n", copydesk("--version")[1])


def test_a_slip_of_the_pen_is_a_line_of_the_command(
    copydesk: Copydesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is said on standard error before all else, and the command does its work."""
    monkeypatch.setenv("COPYDESK_CONTCAT", "eel-ladder")
    code, out, err = copydesk("clean", write_desk(tmp_path / "desk") / "quay.txt")
    assert (code, err) == (
        0,
        "copydesk: COPYDESK_CONTCAT is no setting and changes nothing; COPYDESK_CONTACT is one\n",
    )
    assert out


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WAREHOUSE", "round", "round"),
        ("WAREHOUSE", "quay" * 99, "File name too long"),
        ("WAREHOUSE", "qu\udce4y", "COPYDESK_WAREHOUSE: no UTF-8"),
        ("FILES", "elsewhere", "the files of this warehouse are in files/: leave COPYDESK_FILES empty"),
        ("THRESHOLDS", "round", "round"),
        ("RULES", "quay" * 99, "File name too long"),
        ("METRICS_FILE", "qu\udce4y", "COPYDESK_METRICS_FILE: no UTF-8"),
        ("DATABASE_MEMORY", "0GB", "COPYDESK_DATABASE_MEMORY: wanted a size from 64MB"),
    ],
)
def test_a_place_that_cannot_be_is_the_users_mistake(
    copydesk: Copydesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, said: str
) -> None:
    """A link that goes round, a name that is too long or no text, files of another place: a line, and code 2."""
    made_desk(tmp_path)
    (tmp_path / "round").symlink_to("round")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_WAREHOUSE", "w")
    monkeypatch.setenv(f"COPYDESK_{name}", value)
    (tmp_path / "desk" / "new.txt").write_text(ARTICLE)
    code, _, err = copydesk("ingest", "desk", "--workers", "1", "--no-prefect")
    assert (code, err.count("\n")) == (2, 1), err
    assert said in err
