"""Whether a rule matches a line: in one place, for cleaning, for the tests of examples, and for trying a rule."""

import re

from transforms.rules.blank_quotations import blank_quotations
from transforms.rules.fold import fold
from transforms.rules.records import Guard, Match, Rule

_TOKEN = re.compile(r"\w+")


def find_tokens(folded: str) -> list[str]:
    """Return the words of a folded text, in order."""
    return _TOKEN.findall(folded)


def match_rule(rule: Rule, folded: str, unquoted: str, words: tuple[str, ...]) -> bool:
    """Return whether `rule` matches a line, given as folded text, the same without quotations, and its words."""
    if len(words) > rule.max_words:
        return False
    if rule.match is Match.WORDS:
        return _is_of_words(rule, words)
    if rule.match is Match.PART:
        return rule.pattern.search(unquoted) is not None
    return rule.pattern.match(folded) is not None


def _is_of_words(rule: Rule, words: tuple[str, ...]) -> bool:
    if not all(word in rule.only or word.isdigit() for word in words):
        return False
    return len((rule.words or frozenset()).intersection(words)) >= rule.least


def matches(rule: Rule | Guard, text: str) -> bool:
    """Return whether `rule` matches a line of text as it stands."""
    folded = fold(text)
    if isinstance(rule, Guard):
        return rule.pattern.search(folded) is not None
    return match_rule(rule, folded, blank_quotations(folded), tuple(find_tokens(folded)))
