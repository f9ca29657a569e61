"""Turn the text of rule files into a rule set, or say precisely which rule of which file is wrong.

The format is described in docs/rules.md.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from copydesk.schemas.enums import SpanKind
from copydesk.schemas.user_error import UserError
from copydesk.transforms.rules.find_words import phrase_keys, spell_words
from copydesk.transforms.rules.fold import blank_quotations, find_cue_words, find_tokens, fold
from copydesk.transforms.rules.forms import (
    fold_pattern,
    index_forms,
    index_words,
    index_zones,
    ranked,
    read_patterns,
)
from copydesk.transforms.rules.match_rule import match_form
from copydesk.transforms.rules.records import Cue, Guard, Match, Rule, RulePattern, RuleSet, Zone
from copydesk.transforms.rules.tried import KeysOf, Tried, digest_file

_RULE_KEYS = {
    "id", "kind", "zone", "match", "patterns", "languages", "examples", "keeps", "since", "source", "max_words",
    "glued", "only", "needs", "least",
}  # fmt: skip
_GUARD_KEYS = {"id", "patterns", "languages", "examples", "keeps", "since", "source"}
_CUE_KEYS = {"kind", "weight", "phrases"}
_FILE_KEYS = {"rule", "guard", "cue", "disable", "since"}
_LAST_FILES = "other_languages"
"""Rules of many languages are the widest: what a kind's own or a publishing system's rule takes is not theirs."""
_SINCE = re.compile(r"""^\s*since\s*=\s*["']([^"']+)""", re.MULTILINE)


class RuleError(UserError):
    """A rule file is wrong; the message names file, rule and what is wrong, one line each."""


@dataclass(slots=True)
class _Found:
    """What was read so far, and what was wrong with it."""

    owners: list[Rule | Guard] = field(default_factory=list)
    forms: list[RulePattern] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    groups: int = 0
    disabled: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    keys: KeysOf = field(default_factory=dict)
    """The words of each pattern: known before, or found now."""


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


def _matches(forms: list[RulePattern], text: str) -> bool:
    folded = fold(text)
    words, unquoted = find_tokens(folded), blank_quotations(folded)
    index = index_forms(forms)
    found = (*index.lookup.find(folded, unquoted, words), *index.always)
    return any(match_form(form, folded, unquoted, words) for form in found)


def check_examples(owner: Rule | Guard, forms: list[RulePattern]) -> None:
    """Raise ValueError where `owner` misses one of its examples, or takes a text that it must keep.

    Raises re.error where a pattern does not compile.
    """
    for form in forms:
        re.compile(form.source)
    for text in owner.examples:
        if not _matches(forms, text):
            raise ValueError(f"does not match its example {text!r}")
    for text in owner.keeps:
        if _matches(forms, text):
            raise ValueError(f"matches a text that it must keep: {text!r}")


def _word_set(entry: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(token for text in _texts(entry, key) for token in find_tokens(fold(text)))


def _read_rule(entry: Mapping[str, Any], keys: KeysOf) -> tuple[Rule, list[RulePattern]]:
    by_words = entry.get("match") == Match.WORDS
    needed = {"only", "needs"} if by_words else {"patterns"}
    _check_keys(entry, _RULE_KEYS, {"id", "kind", "examples", "since", "source"} | needed)
    needs = _word_set(entry, "needs")
    rule = Rule(
        rule_id=entry["id"],
        kind=SpanKind(entry["kind"]),
        zone=Zone(entry.get("zone", "any")),
        match=Match(entry.get("match", "line")),
        examples=tuple(_texts(entry, "examples")),
        keeps=tuple(_texts(entry, "keeps")),
        since=str(entry["since"]),
        source=entry["source"],
        max_words=int(entry.get("max_words", 40)),
        is_glued=bool(entry.get("glued", False)),
        only=_word_set(entry, "only") | needs,
        needs=needs,
        least=int(entry.get("least", 1)),
    )
    if not rule.examples:
        raise ValueError("needs an example")
    return rule, read_patterns(rule, _texts(entry, "patterns"), keys)


def _read_guard(entry: Mapping[str, Any], keys: KeysOf) -> tuple[Guard, list[RulePattern]]:
    _check_keys(entry, _GUARD_KEYS, {"id", "patterns", "examples"})
    guard = Guard(
        rule_id=entry["id"],
        examples=tuple(_texts(entry, "examples")),
        keeps=tuple(_texts(entry, "keeps")),
    )
    return guard, read_patterns(guard, _texts(entry, "patterns"), keys)


def _read_cues(entry: Mapping[str, Any], found: _Found) -> None:
    _check_keys(entry, _CUE_KEYS, {"kind", "weight", "phrases"})
    by_language = entry["phrases"] if isinstance(entry["phrases"], dict) else {None: entry["phrases"]}
    for language, phrases in by_language.items():
        for phrase in _texts({"phrases": phrases}, "phrases"):
            _read_phrase(entry, phrase, language, found)


def _read_phrase(entry: Mapping[str, Any], phrase: str, language: str | None, found: _Found) -> None:
    spelled = spell_words(fold_pattern(phrase))
    if spelled is None:
        raise ValueError(f"{phrase!r} is more than words, alternatives and open ends")
    kind = None if entry["kind"] in {"any", "address"} else SpanKind(entry["kind"])
    for text in spelled:
        words = " ".join(find_cue_words(text.rstrip("*"))) + text[len(text.rstrip("*")) :]
        is_address = entry["kind"] == "address"
        found.cues.append(Cue(kind, float(entry["weight"]), words, found.groups, is_address, language))
    found.groups += 1


def _collect(name: str, entries: Any, read: Callable[[Mapping[str, Any]], None], found: _Found) -> None:
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        try:
            read(entry)
        except (ValueError, TypeError, re.error) as wrong:
            found.errors.append(f"{name}: {entry.get('id', f'entry {number}')}: {wrong}")


def _read_file(name: str, text: str, found: _Found, tried: Tried) -> None:
    def take(owner: Rule | Guard, forms: list[RulePattern]) -> None:
        if not is_tried:
            check_examples(owner, forms)
        found.owners.append(owner)
        found.forms += forms

    is_tried = digest_file(text) in tried.digests
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        found.errors.append(f"{name}: not TOML: {wrong}")
        return
    if unknown := sorted(set(tables) - _FILE_KEYS):
        found.errors.append(
            f"{name}: unknown table {', '.join(unknown)}; known are {', '.join(sorted(_FILE_KEYS))}"
        )
    usual = {"since": tables["since"]} if "since" in tables else {}
    _collect(
        name, tables.get("rule"), lambda entry: take(*_read_rule(usual | dict(entry), found.keys)), found
    )
    _collect(name, tables.get("guard"), lambda entry: take(*_read_guard(entry, found.keys)), found)
    _collect(name, tables.get("cue"), lambda entry: _read_cues(entry, found), found)
    found.disabled |= set(tables.get("disable", []))


def _check_ids(found: _Found) -> None:
    seen: set[str] = set()
    for owner in found.owners:
        if owner.rule_id in seen:
            found.errors.append(f"{owner.rule_id}: two rules have this id")
        seen.add(owner.rule_id)
    found.errors += [f"disable: no rule is called {rule_id}" for rule_id in sorted(found.disabled - seen)]


def version_of(files: Mapping[str, str]) -> str:
    """Return the version of the rule set of files, given as name to text: its last day and a hash of what they say."""
    content = "\0".join(f"{name}\0{files[name]}" for name in sorted(files))
    since = max(_SINCE.findall(content), default="none")
    return f"{since}.{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def try_rules(texts: Iterable[str]) -> Tried:
    """Try the examples of all rules of some files' texts; raise RuleError where one does not hold."""
    files = {str(number): text for number, text in enumerate(texts)}
    return Tried(frozenset(map(digest_file, files.values())), _read_files(files, Tried()).keys)


def parse_rules(files: Mapping[str, str], *, tried: Tried = Tried()) -> RuleSet:  # noqa: B008 -- frozen
    """Read rule files, given as name to text, into one rule set; raise RuleError with everything wrong.

    The examples of files that are known to be `tried` are not tried again.
    """
    found = _read_files(files, tried)
    owners = [owner for owner in found.owners if owner.rule_id not in found.disabled]
    forms = ranked(form for form in found.forms if form.owner.rule_id not in found.disabled)
    return RuleSet(
        version=version_of(files),
        rules=tuple(owner for owner in owners if isinstance(owner, Rule)),
        forms=tuple(forms),
        cues=tuple(found.cues),
        zones=index_zones(forms),
        cue_lookup=index_words((cue, phrase_keys(cue.phrase)) for cue in found.cues),
    )


def _read_files(files: Mapping[str, str], tried: Tried) -> _Found:
    found = _Found(keys=dict(tried.keys))
    for name in sorted(files, key=lambda name: (name.startswith(_LAST_FILES), name)):
        _read_file(name, files[name], found, tried)
    _check_ids(found)
    if found.errors:
        raise RuleError("\n".join(found.errors))
    return found
