"""Each command and each of its options, tried right and wrong; what has no case is named."""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_desk import Copydesk, made_desk, write_desk
from typer.main import get_command

from copydesk.flows.cli.commands import app

RIGHT = """
    init new | --version | runs -w w --limit 3 --format json | show quay.txt -w w | metrics -w w --out m.prom
    ingest rows.jsonl -w w2 --format jsonl --map text=words --keep colour --source d --workers 1 --wait 0 --encoding cp1252 --timezone UTC --no-prefect --profile --follow-links
    ingest --sources list.toml --source papers -w w2 --no-prefect | ingest --sources list.toml --due -w w2 --no-prefect
    clean rows.jsonl --format jsonl --map text=words --json --encoding cp1252 --follow-links --rules own.toml --timezone Asia/Tokyo
    sql "select 1" -w w --format csv --out o.csv | sql "select 1" -w w --lines
    search wardens -w w --source desk --language en --since 2020-01-01 --until today --limit 2 --ids
    check -w w --since RUN --format json --fail-on error --checks checks --out c.json --no-store --seal
    report -w w --out r --since 7d --articles 1 | export new.duckdb -w w | export rows -w w --format csv --query "select 1"
    export s.yml --dbt | quarantine -w w --source desk --format csv | quarantine -w w --retry --workers 1
    replay -w w --source desk --since 2020-01-01 --dry-run --workers 1 | migrate -w w --dry-run | migrate -w w --wait 0
    maintain -w w --sources list.toml --wait 0 | backup b -w w | restore b -w w3
    forget --source desk -w w --reason asked --by me --wait 0
    sources --sources list.toml -w w --format csv | sources import feeds.opml --sources s.toml --dry-run
    sources export --sources list.toml --out o.opml | sources test papers --sources list.toml --pages 1
    rules test own.toml -w w --source desk --limit 1
"""

WRONG = """
    init list.toml/x | ingest nowhere | ingest desk -w list.toml --no-prefect | ingest --source nobody --sources list.toml
    ingest --sources nowhere.toml | ingest desk --since soon | ingest desk --until soon | ingest desk --since today
    ingest rows.jsonl --format docx | ingest rows.jsonl --map text | ingest desk --encoding utf-9 | ingest desk --timezone Mars
    ingest desk --workers 0 | ingest desk --wait soon | ingest desk --due | clean nowhere | clean desk --rules nowhere.toml
    clean rows.jsonl --format docx | clean rows.jsonl --map text | clean desk --encoding utf-9
    ingest --sources list.toml --since 2026-03-03 --until 2026-03-01 | clean desk --timezone Mars | sql -w nowhere
    sql "selec 1" -w w | sql .mode -w w | sql "select 1" -w nowhere | sql "select 1" -w w --format docx | sql "select 1" -w w --out w/o
    show nobody -w w | show quay.txt -w nowhere | search x -w nowhere | search x -w w --since soon | search x -w w --until soon
    search x -w w --limit 0 | runs -w nowhere | runs -w w --limit 0 | runs -w w --format docx
    check -w nowhere | check -w w --since nobody | check -w w --format docx | check -w w --fail-on never
    check -w w --checks nowhere | check -w w --out w/c | report -w nowhere | report -w w --out w/r | report -w w --since soon
    report -w w --articles -1 | export o.csv -w w | export o.xlsx -w w | export o -w nowhere | export o -w w --format docx
    export o -w w --query "selec 1" | quarantine nobody -w w | quarantine -w nowhere | quarantine -w w --format docx
    quarantine -w w --workers 0 | replay -w nowhere | replay -w w --since soon | replay -w w --workers 0
    migrate -w nowhere | migrate -w w --wait soon | schedule nowhere --every 60 | schedule desk --every 0
    schedule desk --cron soon | schedule -w w --sources nowhere.toml | schedule --source papers
    forget -w w --reason x | forget quay.txt -w w | forget quay.txt -w nowhere --reason x | forget quay.txt -w w --reason x --wait soon
    maintain -w nowhere | maintain -w w --wait soon | backup w/b -w w | backup b -w nowhere | restore nowhere -w w3 | restore b -w w
    metrics -w nowhere | metrics -w w --out w/m | sources --sources nowhere.toml | sources --sources list.toml --format docx
    sources discover ftp://a.example | sources import nowhere.opml | sources import list.toml --sources s.toml
    sources export --sources nowhere.toml | sources add ftp://a.example | sources test nobody --sources list.toml
    sources test papers --sources list.toml --pages 0 | sources test papers --sources nowhere.toml
    search x -w w --limit 99999999999999999999 | runs -w w --limit 99999999999999999999 | report -w w --articles 99999999999999999999
    rules test own.toml -w w --limit 99999999999999999999 | report -w w --out round | export round -w w | metrics -w w --out round
    init round | backup round -w w | sql -w round "select 1" | clean desk --rules latin.toml | rules test latin.toml -w w
    sources --sources latin.toml -w w | sources --sources nul.toml -w w | sources import latin.toml --sources s.toml
    ingest http://[::1 -w w2 --no-prefect | sources import own.toml --sources s.toml
    sql "select * from nothing" -w w | sql "delete from articles" -w w | sql "select 1" -w w --format parquet | runs -w ""
    schedule . | schedule . --every 60 --cron "* * * * *"
    rules test nowhere.toml -w w | rules test own.toml -w nowhere | rules test own.toml -w w --limit 0
"""
"""Each ends with one line and code 2."""

ELSEWHERE = {
    "schedule": "serves until it is stopped: tests/flows/test_prefect.py",
    "sources discover": "asks a site: test_sources_command.py",
    "sources add": "asks a site: test_edit_sources.py",
    "ingest --fetch": "asks for pages: test_doors.py",
    "ingest --since": "asks sites: tests/flows/test_ingest_network.py",
    "ingest --until": "asks sites: tests/flows/test_ingest_network.py",
}
"""What is tried right in another file."""

ANY_TEXT = {
    "ingest --keep", "search --source", "search --language", "quarantine --source", "replay --source", "forget --by",
    "forget --reason", "rules test --source", "schedule --source", "forget --source", "sources export --out",
    "maintain --sources", "sources --warehouse", "sources import --sources", "sources add --sources",
}  # fmt: skip
"""Options that no value is wrong for, or that may name what is not there yet."""


def cases(listed: str) -> list[list[str]]:
    return [shlex.split(case) for line in listed.strip().splitlines() for case in line.strip().split(" | ")]


def words_of(case: list[str]) -> set[str]:
    """Return the command and the options that a case tries, by their long names."""
    names = [*([f"{case[0]} {case[1]}"] if len(case) > 1 else []), case[0]]
    command = next((name for name in names if name in COMMANDS), "")
    long = {"-w": "--warehouse", "-x": "--lines", "-f": "--format", "-o": "--out"}
    options = {
        long.get(word, word.replace("--no-", "--")) for word in case if word.startswith("--") or word in long
    }
    return {command, *(f"{command} {option}".strip() for option in options)}


def commands() -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Yield each command with its options, and whether they are flags; no mere name of a group."""
    waiting = [("", get_command(app))]
    while waiting:
        name, command = waiting.pop()
        below = getattr(command, "commands", {})
        waiting += [(f"{name} {each}".strip(), one) for each, one in below.items()]
        options = [
            each for each in command.params if each.param_type_name == "option" and each.name != "help"
        ]
        told = [
            (option, bool(each.is_flag))
            for each in options
            for option in each.opts
            if option.startswith("--")
        ]
        if told or not below:
            yield name, told


COMMANDS = dict(commands())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made_desk(tmp_path_factory.mktemp("options"))
    text = write_desk(folder / "papers").joinpath("quay.txt").read_text("utf-8")
    (folder / "rows.jsonl").write_text(f'{{"words": {text!r}, "colour": "blue"}}'.replace("'", '"'), "utf-8")
    (folder / "list.toml").write_text(
        '[[source]]\nid = "papers"\nkind = "folder"\npath = "papers"\n', "utf-8"
    )
    (folder / "own.toml").write_text(
        '[[rule]]\nid = "own.tide"\nkind = "related_link"\nzone = "any"\nmatch = "line"\npatterns = ["tide tables"]\n'
        'examples = ["Tide tables"]\nkeeps = ["The tide turned."]\nsince = "2026-01-01"\nsource = "made"\n'
    )
    (folder / "latin.toml").write_bytes(b'title = "M\xf6we"')
    (folder / "round").symlink_to("round")
    (folder / "nul.toml").write_text('[[source]]\nid = "a\\u0000"\nkind = "folder"\npath = "papers"\n')
    (folder / "checks").mkdir()
    (folder / "checks" / "titles.sql").write_text(
        "-- Each has a title.\nselect * from revisions where title is null"
    )
    (folder / "feeds.opml").write_text('<opml><body><outline xmlUrl="https://a.example/feed"/></body></opml>')
    return folder


def test_every_command_and_option_has_a_case() -> None:
    """Each is tried right, and each that takes a value wrong; the table names what is tried elsewhere."""
    right = set().union(*map(words_of, cases(RIGHT))) | ELSEWHERE.keys()
    wrong = set().union(*map(words_of, cases(WRONG))) | ANY_TEXT
    all_options = {
        f"{name} {option}".strip(): is_flag
        for name, options in COMMANDS.items()
        for option, is_flag in options
    }
    untried = [
        each for each in all_options if each not in right and each.rpartition(" --")[0] not in ELSEWHERE
    ]
    assert not untried
    assert not [each for each, is_flag in all_options.items() if not is_flag and each not in wrong]
    assert not set(COMMANDS) - right - {""}
    assert not (right | wrong) - all_options.keys() - set(COMMANDS)


@pytest.mark.usefixtures("few_checks")
def test_what_is_right_is_done(
    copydesk: Copydesk, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each case ends with 0."""
    shutil.copytree(desk, tmp_path, dirs_exist_ok=True, symlinks=True)
    monkeypatch.chdir(tmp_path)
    newest = copydesk("sql", "select max(run_id) from runs", "-w", "w")[1].split()[-1]
    for case in cases(RIGHT):
        code, _, err = copydesk(*[newest if word == "RUN" else word for word in case])
        assert code == 0, (case, err)


@pytest.mark.parametrize("case", cases(WRONG), ids=shlex.join)
def test_what_is_wrong_is_told(
    copydesk: Copydesk, desk: Path, monkeypatch: pytest.MonkeyPatch, case: list[str]
) -> None:
    """Wrong use is one line (of SQL its place too) that names the command, and code 2; nothing is made."""
    monkeypatch.chdir(desk)
    before = sorted(path.name for path in desk.iterdir())
    code, out, err = copydesk(*case)
    assert (code, out) == (2, ""), err
    assert err.startswith("copydesk: ")
    assert err.count("\n") == 1 or case[0] == "sql" or "Parser Error" in err
    assert sorted(path.name for path in desk.iterdir()) == before


@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
def test_each_command_explains_itself(copydesk: Copydesk, name: str) -> None:
    """--help tells what a command does, with its options, and ends with 0."""
    code, out, _ = copydesk(*name.split(), "--help")
    assert code == 0
    assert all(option in out for option, _ in COMMANDS[name])
