"""Keeps beside compiled modules what these compile as they load: regular expressions, and the methods of dataclasses.

All patterns that a worker may need, 1,700, take it .8 s to compile, and .05 s with what they are compiled to at hand.
Dataclasses write their methods as text: a tenth of a command that finds nothing new went into compiling these.
"""

import dataclasses
import importlib
import marshal
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any
from zlib import crc32

Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""All flags, with those that the pattern itself names, the engine's code, and its groups: count, places, names."""

CHECKED = 4
"""So many bytes at the head of the file tell that the others are as they were written."""

FEW_RATIO = 0.01
"""So few patterns that the file lacks are compiled anew each time: Python's tokenizer and Jinja build theirs from sets,
in another order in each process, and the file would be written at every start."""

_compiler: Any = importlib.import_module("re._compiler")
_parser: Any = importlib.import_module("re._parser")
_engine: Any = importlib.import_module("_sre")


@contextmanager
def kept_patterns() -> Iterator[bool]:
    """Have patterns that are compiled inside as an earlier process compiled them; keep them where many were missing.

    They are kept where Python keeps bytecode and when it may, as arrays are (`keep_arrays`). Yields whether any are
    kept by now or will be. No other thread may run, nor any document be read: what it makes a pattern of is its own.
    """
    if not _is_known_python():
        yield False
        return
    with _kept("patterns") as (find, are_kept):
        plain = _compiler.compile
        _compiler.compile = lambda source, flags=0: pattern_of(source, find((source, int(flags)), code_of))
        try:
            yield are_kept
        finally:
            _compiler.compile = plain


@contextmanager
def kept_methods() -> Iterator[None]:
    """Have the methods that dataclasses write as text for themselves compiled once a machine, in the same way."""
    with _kept("methods") as (find, _):
        plain = vars(dataclasses).get("exec", exec)
        vars(dataclasses)["exec"] = lambda text, *names: exec(find((text,), _compiled), *names)  # noqa: S102 - as there
        try:
            yield
        finally:
            vars(dataclasses)["exec"] = plain


@contextmanager
def _kept(name: str) -> Iterator[tuple[Callable[..., Any], bool]]:
    """Yield what finds the code of a key, or makes it of that, and whether any is kept by now or will be."""
    file = Path(cache_from_source(__file__)).with_name(f"{name}-{sys.hexversion:x}")
    known, used = _load(file), dict[Any, Any]()

    def find(key: tuple[Any, ...], make: Callable[..., Any]) -> Any:
        found = used[key] = known.get(key) or make(*key)
        return found

    try:
        yield find, bool(known) or not sys.dont_write_bytecode
    finally:
        if len(used.keys() - known.keys()) > FEW_RATIO * len(used) and not sys.dont_write_bytecode:
            with suppress(OSError):
                _keep(file, known | used)


def _compiled(text: str) -> CodeType:
    return compile(text, "<string>", "exec", dont_inherit=True)


def _is_known_python() -> bool:
    """Return whether this Python compiles patterns in the way that is used here: none has promised it."""
    source = r"(?P<quay>\d+)|[a-z]{2,}"
    try:
        return bool(pattern_of(source, code_of(source, re.IGNORECASE)) == re.compile(source, re.IGNORECASE))
    except Exception:  # noqa: BLE001 - whatever it is, patterns are then compiled anew
        return False


def code_of(source: str | bytes, flags: int) -> Code:
    """Return what a pattern is compiled to. Raises re.error."""
    tree = _parser.parse(source, flags)
    code, state = _compiler._code(tree, flags), tree.state  # noqa: SLF001 - Python says it nowhere else
    names: list[str | None] = [None] * state.groups
    for name, place in state.groupdict.items():
        names[place] = name
    groups = (state.groups - 1, dict(state.groupdict), tuple(names))
    return int(flags | state.flags), array("I", code).tobytes(), *groups


def pattern_of(source: str | bytes, code: Code) -> Any:
    """Return the pattern, equal to that of `re.compile`; the engine itself checks its code."""
    flags, packed, *groups = code
    return _engine.compile(source, flags, array("I", packed).tolist(), *groups)


def _load(file: Path) -> dict[Any, Any]:
    """Return the codes of a file; none where a bit of it is another, which the engine may take for code."""
    try:
        kept = memoryview(file.read_bytes())
        if kept[:CHECKED] != _check(kept[CHECKED:]):
            return {}
        return dict(marshal.loads(kept[CHECKED:]))  # noqa: S302 - our own, as trusted as bytecode
    except (OSError, EOFError, ValueError, TypeError):
        return {}


def _check(packed: bytes | memoryview) -> bytes:
    return crc32(packed).to_bytes(CHECKED)


def _keep(file: Path, codes: dict[Any, Any]) -> None:
    """Write a file that gets its name once it is whole."""
    from tempfile import NamedTemporaryFile

    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=file.name, delete=False) as unfinished:
        try:
            unfinished.write(_check(packed := marshal.dumps(codes)) + packed)
            unfinished.flush()
            Path(unfinished.name).chmod(0o644)
            Path(unfinished.name).replace(file)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise
