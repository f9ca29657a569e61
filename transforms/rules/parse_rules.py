"""Turn the text of rule files into a rule set, or say precisely which rule of which file is wrong.

The format is described in docs/rules.md. Patterns are regular expressions over folded text (see fold.py):
lower case, plain letters and quotes. Accents and capitals in a pattern are folded too.
"""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.enums import SpanKind
from transforms.rules.find_words import find_words
from transforms.rules.match_rule import find_tokens, matches
from transforms.rules.fold import fold
from transforms.rules.records import Cue, Guard, Match, Rule, RuleSet, Zone

_MARKS = r"(?:[^\w\"'(\[#@©$€£+]+)?"
"""Bullets and arrows that a page may set before a line."""
_END = r"[^\w\"')\]%]*"
_RULE_KEYS = {
    "id", "kind", "zone", "match", "patterns", "languages", "examples", "keeps", "since", "source", "max_words",
    "glued", "only", "needs", "least",
}  # fmt: skip
_GUARD_KEYS = {"id", "patterns", "languages", "examples", "keeps", "since", "source"}
_CUE_KEYS = {"kind", "weight", "languages", "phrases"}
_FILE_KEYS = {"rule", "guard", "cue", "disable"}
_SPACE = re.compile(r" [?*+]?")
_CLASS = re.compile(r"(\[(?:\\.|[^\]\\])*\])")


class RuleError(ValueError):
    """A rule file is wrong; the message names file, rule and what is wrong, one line each."""


@dataclass(slots=True)
class _Found:
    """What was read so far, and what was wrong with it."""

    rules: list[Rule] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    disabled: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


def _source_of(patterns: Iterable[str]) -> str:
    """Join the alternatives of a rule and let each space of them stand for any number of spaces."""
    joined = "|".join(f"(?:{pattern})" if "|" in pattern else pattern for pattern in patterns)
    parts = _CLASS.split(joined)
    parts[::2] = [_SPACE.sub(_any_space, _fold_pattern(part)) for part in parts[::2]]
    return "".join(parts)


def _any_space(found: re.Match[str]) -> str:
    return " *" if found[0][1:] in {"?", "*"} else " +"


def _fold_pattern(part: str) -> str:
    """Fold the letters of a pattern and leave its escapes, in which case has a meaning."""
    return "".join(p if p.startswith("\\") else fold(p) for p in re.split(r"(\\.)", part))


def _compile(patterns: list[str], match: Match) -> tuple[re.Pattern[str], frozenset[str] | None]:
    source = _source_of(patterns)
    whole = {
        Match.LINE: rf"{_MARKS}(?:{source}){_END}\Z",
        Match.START: rf"{_MARKS}(?:{source})(?!\w)",
        Match.PART: rf"(?<!\w)(?:{source})(?!\w)",
        Match.WORDS: "",
    }[match]
    return re.compile(whole), find_words(source, is_bounded=True)


def _texts(entry: Mapping[str, Any], key: str) -> list[str]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"{key} must be a list of texts, not {value!r}")
    return value


def _check_keys(entry: Mapping[str, Any], allowed: set[str], needed: set[str]) -> None:
    if unknown := sorted(set(entry) - allowed):
        raise ValueError(f"unknown key {', '.join(unknown)}; known are {', '.join(sorted(allowed))}")
    if missing := sorted(needed - set(entry)):
        raise ValueError(f"missing key {', '.join(missing)}")


def _check_examples(rule: Rule | Guard) -> None:
    for text in rule.examples:
        if not matches(rule, text):
            raise ValueError(f"does not match its example {text!r}")
        if rule.words is not None and rule.words.isdisjoint(find_tokens(fold(text))):
            raise ValueError(f"its words {sorted(rule.words)} are not in its example {text!r}")
    for text in rule.keeps:
        if matches(rule, text):
            raise ValueError(f"matches a text that it must keep: {text!r}")


def _word_set(entry: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(token for text in _texts(entry, key) for token in find_tokens(fold(text)))


def _read_rule(entry: Mapping[str, Any]) -> Rule:
    by_words = entry.get("match") == Match.WORDS
    needed = {"only", "needs"} if by_words else {"patterns"}
    _check_keys(entry, _RULE_KEYS, {"id", "kind", "examples", "since", "source"} | needed)
    match = Match(entry.get("match", "line"))
    pattern, words = _compile(_texts(entry, "patterns"), match)
    if match is Match.WORDS:
        words = _word_set(entry, "needs")
    rule = Rule(
        rule_id=entry["id"],
        kind=SpanKind(entry["kind"]),
        zone=Zone(entry.get("zone", "any")),
        match=match,
        pattern=pattern,
        words=words,
        languages=tuple(_texts(entry, "languages")),
        examples=tuple(_texts(entry, "examples")),
        keeps=tuple(_texts(entry, "keeps")),
        since=str(entry["since"]),
        source=entry["source"],
        max_words=int(entry.get("max_words", 40)),
        is_glued=bool(entry.get("glued", False)),
        only=_word_set(entry, "only") | (words if match is Match.WORDS and words else frozenset()),
        least=int(entry.get("least", 1)),
    )
    if not rule.examples:
        raise ValueError("needs an example")
    _check_examples(rule)
    return rule


def _read_guard(entry: Mapping[str, Any]) -> Guard:
    _check_keys(entry, _GUARD_KEYS, {"id", "patterns", "examples"})
    pattern, words = _compile(_texts(entry, "patterns"), Match.PART)
    guard = Guard(
        rule_id=entry["id"],
        pattern=pattern,
        words=words,
        languages=tuple(_texts(entry, "languages")),
        examples=tuple(_texts(entry, "examples")),
        keeps=tuple(_texts(entry, "keeps")),
    )
    _check_examples(guard)
    return guard


def _read_cues(entry: Mapping[str, Any]) -> list[Cue]:
    _check_keys(entry, _CUE_KEYS, {"kind", "weight", "phrases"})
    kind = None if entry["kind"] == "any" else SpanKind(entry["kind"])
    weight = float(entry["weight"])
    return [
        Cue(kind, weight, *_compile([phrase], Match.PART), text=phrase) for phrase in _texts(entry, "phrases")
    ]


def _collect(name: str, entries: Any, read: Callable[[Mapping[str, Any]], Any], found: _Found) -> list[Any]:
    out = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        try:
            out.append(read(entry))
        except (ValueError, TypeError, re.error) as wrong:
            found.errors.append(f"{name}: {entry.get('id', f'entry {number}')}: {wrong}")
    return out


def _read_file(name: str, text: str, found: _Found) -> None:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        found.errors.append(f"{name}: not TOML: {wrong}")
        return
    if unknown := sorted(set(tables) - _FILE_KEYS):
        found.errors.append(
            f"{name}: unknown table {', '.join(unknown)}; known are {', '.join(sorted(_FILE_KEYS))}"
        )
    found.rules += _collect(name, tables.get("rule"), _read_rule, found)
    found.guards += _collect(name, tables.get("guard"), _read_guard, found)
    for cues in _collect(name, tables.get("cue"), _read_cues, found):
        found.cues += cues
    found.disabled |= set(tables.get("disable", []))


def _check_ids(found: _Found) -> None:
    seen: set[str] = set()
    for rule in (*found.rules, *found.guards):
        if rule.rule_id in seen:
            found.errors.append(f"{rule.rule_id}: two rules have this id")
        seen.add(rule.rule_id)
    found.errors += [f"disable: no rule is called {rule_id}" for rule_id in sorted(found.disabled - seen)]


def _version_of(files: Mapping[str, str], rules: Iterable[Rule]) -> str:
    content = "\0".join(f"{name}\0{files[name]}" for name in sorted(files))
    since = max((rule.since for rule in rules), default="none")
    return f"{since}.{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def parse_rules(files: Mapping[str, str]) -> RuleSet:
    """Read rule files, given as name to text, into one rule set; raise RuleError with everything wrong."""
    found = _Found()
    for name in sorted(files):
        _read_file(name, files[name], found)
    _check_ids(found)
    if found.errors:
        raise RuleError("\n".join(found.errors))
    rules = tuple(rule for rule in found.rules if rule.rule_id not in found.disabled)
    guards = tuple(guard for guard in found.guards if guard.rule_id not in found.disabled)
    by_word: dict[str, list[Rule | Guard | Cue]] = defaultdict(list)
    always: list[Rule | Guard | Cue] = []
    for entry in (*rules, *guards, *found.cues):
        for word in sorted(entry.words or ()):
            by_word[word].append(entry)
        if entry.words is None:
            always.append(entry)
    index = {word: tuple(entries) for word, entries in by_word.items()}
    return RuleSet(_version_of(files, rules), rules, guards, tuple(found.cues), index, tuple(always))
