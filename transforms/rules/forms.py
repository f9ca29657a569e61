"""Forms: the patterns of rules and guards as regular expressions over folded text (see fold.py), ordered, and filed.

Accents and capitals in a pattern are folded too, and a space stands for any number of spaces.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from copydesk.transforms.rules.find_words import Keys, find_words
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.rules.keyword_index import Beside, KeywordIndex
from copydesk.transforms.rules.records import EDGE, FormIndex, Guard, Match, Rule, RulePattern, Zone
from copydesk.transforms.rules.tried import KeysOf

T = TypeVar("T")
_MARKS = r"(?:[^\w\"'(\[#@©$€£+「『《]+)?"
"""Bullets and arrows that a page may set before a line."""
_END = r"[^\w\"')\]%」』》]*(?:\(?\d{1,4}\)?\W*)?"
"""Stops and arrows behind a line, and the counter of a button."""
_FRAMES = {
    Match.LINE: (rf"{_MARKS}(?:", rf"){_END}\Z"),
    Match.START: (rf"{_MARKS}(?:", r")(?!\w)"),
    Match.PART: (f"{EDGE}(?:", r")(?!\w)"),
}
_SPACE = re.compile(r" [?*+]?")
_CLASS = re.compile(r"(\[(?:\\.|[^\]\\])*\])")


def read_patterns(owner: Rule | Guard, patterns: list[str], keys: KeysOf) -> list[RulePattern]:
    """Return a form for each pattern, so that each is tried only where its own words stand.

    `keys` are the words of patterns that are known; those of others are found, and added.
    """
    if isinstance(owner, Rule) and owner.match is Match.WORDS:
        return [RulePattern(owner, "", dict.fromkeys(owner.needs, frozenset()))]
    before, after = _FRAMES[owner.match]
    forms = []
    for pattern in patterns:
        source = _source_of(pattern)
        placed = source if owner.match is Match.PART else rf"\A(?:{source})"
        if placed not in keys:
            keys[placed] = find_words(placed)
        forms.append(RulePattern(owner, f"{before}{source}{after}", keys[placed]))
    return forms


def _source_of(pattern: str) -> str:
    """Fold a pattern and let each space of it stand for any number of spaces."""
    parts = _CLASS.split(pattern)
    parts[::2] = [_SPACE.sub(_any_space, fold_pattern(part)) for part in parts[::2]]
    return "".join(parts)


def _any_space(found: re.Match[str]) -> str:
    return " *" if found[0][1:] in {"?", "*"} else " +"


def fold_pattern(part: str) -> str:
    """Fold the letters of a pattern and leave its escapes, in which case has a meaning."""
    return "".join(p if p.startswith("\\") else fold(p) for p in re.split(r"(\\.)", part))


def ranked(forms: Iterable[RulePattern]) -> list[RulePattern]:
    """Return forms in the order of trying."""

    def order(form: RulePattern) -> int:
        return 0 if isinstance(form.owner, Guard) else 1 if form.owner.zone is Zone.ANY else 2

    return [replace(form, rank=rank) for rank, form in enumerate(sorted(forms, key=order))]


def index_words(keyed: Iterable[tuple[T, Keys]]) -> KeywordIndex[T]:
    """File entries under their keys."""
    index: dict[str, tuple[T, ...]] = defaultdict(tuple)
    besides: dict[str, Beside[T]] = defaultdict(tuple)
    for entry, keys in keyed:
        for key, beside in sorted(keys.items()):
            if beside:
                besides[key] += ((entry, beside),)
            else:
                index[key] += (entry,)
    return KeywordIndex(index, besides)


def index_forms(forms: Iterable[RulePattern]) -> FormIndex:
    """File forms under their words, and those beside that need none."""
    found = list(forms)
    always = tuple(form for form in found if form.keys is None)
    return FormIndex(index_words((form, form.keys or {}) for form in found), always)


def index_zones(forms: list[RulePattern]) -> dict[Zone, FormIndex]:
    """File forms by zone; every line is asked for those of "any", and for what may cut its end."""
    return {zone: index_forms(form for form in forms if _is_asked(form.owner, zone)) for zone in Zone}


def _is_asked(owner: Rule | Guard, zone: Zone) -> bool:
    return owner.zone is zone or (zone is Zone.ANY and owner.is_glued)
