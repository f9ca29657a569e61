"""Patterns and methods of dataclasses are compiled once a machine, as modules are; kept is what Python compiles."""

import dataclasses
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.flows.workers import keep_compiled
from copydesk.flows.workers.keep_compiled import code_of, kept_methods, kept_patterns, pattern_of

PATTERNS: tuple[tuple[str | bytes, int], ...] = (
    (r"(?P<day>\d{1,2})\. (?P<month>[A-Z]\w+)(?: (\d{4}))?", 0),
    (r"(?i:berth|größe|mañana)\b(?<!x)[^\W\d_]+", re.MULTILINE | re.VERBOSE),
    (r"(?s)mooring.*?(?=\Z)", re.IGNORECASE),
    (rb"<meta\s+charset=[\"']?([\w-]+)", re.IGNORECASE),
    ("|".join(f"[{chr(start)}-{chr(start + 40)}]{{2,}}" for start in range(0x3041, 0x9000, 997)), 0),
    (r"(?!)", re.ASCII),
)


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def compile_all(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], int]:
    """Return the patterns as they are had inside, and how many of them were compiled anew."""
    parsed: list[str | bytes] = []
    parser = sys.modules["re._parser"]
    plain = vars(parser)["parse"]
    re.purge()
    with monkeypatch.context() as watched:
        watched.setattr(parser, "parse", lambda *words: parsed.append(words[0]) or plain(*words))
        with kept_patterns():
            found = [re.compile(source, flags) for source, flags in PATTERNS]
    re.purge()
    sources = {source for source, _ in PATTERNS}
    return found, sum(source in sources for source in parsed)


@pytest.mark.parametrize(("source", "flags"), PATTERNS)
def test_kept_pattern_is_the_compiled_one(source: str | bytes, flags: int) -> None:
    """Equal in text, flags and code, as Python compares patterns, and with the same groups."""
    re.purge()
    kept, plain = pattern_of(source, code_of(source, flags)), re.compile(source, flags)
    assert kept == plain
    assert dict(kept.groupindex) == dict(plain.groupindex)


def test_patterns_are_compiled_once_for_all_processes(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """The second time none is, what is had is the same, and nothing half written is left beside the file."""
    first, second = compile_all(monkeypatch), compile_all(monkeypatch)
    assert (first[1], second[1]) == (len(PATTERNS), 0)
    assert first[0] == second[0]
    assert len([file for file in place.rglob("*") if file.is_file()]) == 1


def test_a_start_with_few_patterns_of_its_own_writes_nothing(place: Path) -> None:
    """A library that spells one pattern otherwise in each process has no file of thousands written at each start."""
    files = []
    for own in ("ferry|quay", "quay|ferry"):
        re.purge()
        with kept_patterns():
            for source in (own, *(f"berth {number}" for number in range(120))):
                re.compile(source)
        files += [file.stat().st_ino for file in place.rglob("patterns-*")]
    re.purge()
    assert len(files) == 2
    assert files[0] == files[1]


def test_methods_of_dataclasses_are_compiled_once(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """The second time none is, also where the first command has failed; the class is what it is without."""
    texts: list[str] = []

    def note(text: str, *words: Any, **named: Any) -> Any:
        texts.append(text)
        return compile(text, *words, **named)

    monkeypatch.setattr(keep_compiled, "compile", note, raising=False)
    with suppress(SystemExit), kept_methods():
        dataclasses.make_dataclass("Berth", [("quay", str), ("metres", int, 90)], frozen=True)
        raise SystemExit
    assert texts
    texts.clear()
    with kept_methods():
        made = dataclasses.make_dataclass("Berth", [("quay", str), ("metres", int, 90)], frozen=True)
    assert not texts
    assert repr(made("north")) == "Berth(quay='north', metres=90)"
    assert made("north") == made("north", 90) != made("south")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made("north").quay = "south"
    assert vars(dataclasses)["exec"] is exec
    assert [file.name.partition("-")[0] for file in place.rglob("*") if file.is_file()] == ["methods"]


@pytest.mark.parametrize("damaged", [b"", b"<html>", b"i\x01\x00\x00\x00", bytes(4), bytes(999)])
def test_damaged_file_is_written_anew(monkeypatch: pytest.MonkeyPatch, place: Path, damaged: bytes) -> None:
    """Whatever stands there: the patterns are those of Python, and the next process has them kept."""
    compile_all(monkeypatch)
    [file] = [file for file in place.rglob("*") if file.is_file()]
    file.write_bytes(damaged)
    assert compile_all(monkeypatch)[1] == len(PATTERNS)
    assert compile_all(monkeypatch)[1] == 0


def test_a_bit_that_flipped_is_compiled_anew(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Wherever it is, also where the engine takes what it makes for code: the patterns are Python's, and kept anew."""
    first = compile_all(monkeypatch)[0]
    [file] = [file for file in place.rglob("*") if file.is_file()]
    whole = file.read_bytes()
    for at in [0, *range(5, len(whole), len(whole) // 20), len(whole) - 1]:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        assert compile_all(monkeypatch) == (first, len(PATTERNS))
        assert compile_all(monkeypatch) == (first, 0)


def test_python_that_compiles_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """The way into the compiler is nowhere promised: where it leads elsewhere, patterns are compiled as ever."""
    monkeypatch.delattr(sys.modules["re._compiler"], "_code")
    with kept_patterns() as are_kept:
        assert not are_kept
    assert list(place.rglob("*")) == []


def test_nothing_is_kept_where_no_bytecode_is(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """A process that writes no bytecode keeps none, and compiles as Python does."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for _ in range(2):
        assert compile_all(monkeypatch)[1] == len(PATTERNS)
    assert list(place.rglob("*")) == []


def test_bad_pattern_is_refused_as_ever() -> None:
    """What does not compile raises inside what it raises outside, and outside all is as before."""
    with kept_patterns(), pytest.raises(re.error, match="unterminated character set"):
        re.compile("[a")
    assert re.compile("(a)(b)?").groups == 2


def test_version_of_our_rules_bears_their_last_day() -> None:
    """It is read from the files' texts, unparsed, and is what the parsed rules say."""
    rules = load_rules()
    assert rules.version.startswith(f"{max(rule.since for rule in rules.rules)}.")
