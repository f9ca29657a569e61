"""Turn the patterns of a rule or guard into forms: regular expressions over folded text (see fold.py).

Accents and capitals in a pattern are folded too, and a space stands for any number of spaces.
"""

import re

from copydesk.transforms.rules.find_words import find_words
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.rules.records import EDGE, Guard, Match, Rule, RulePattern
from copydesk.transforms.rules.tried import KeysOf

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
