"""Whether a rule matches a line: in one place, for cleaning, for the tests of examples, and for trying a rule."""

import re

from copydesk.transforms.rules.records import Guard, Match, RulePattern

_WORD_SIGN = re.compile(r"\w")


def search_part(form: RulePattern, folded: str) -> re.Match[str] | None:
    """Return the first place of a pattern of a part that is no piece of a longer word.

    A pattern that begins with a look behind is tried at every character, one that begins with letters only there.
    """
    if form.is_at_start:
        return form.pattern.match(folded)
    found = form.pattern.search(folded)
    while found is not None and found.start() and _WORD_SIGN.match(folded, found.start() - 1):
        found = form.pattern.search(folded, found.start() + 1)
    return found


def match_form(form: RulePattern, folded: str, unquoted: str, words: tuple[str, ...]) -> re.Match[str] | None:
    """Return where `form` matches a line, given as folded text, the same without quotations, and its words."""
    rule = form.owner
    if isinstance(rule, Guard):
        return search_part(form, folded)
    if len(words) > rule.max_words:
        return None
    if rule.match is Match.PART:
        return search_part(form, unquoted)
    if rule.match is Match.WORDS and not all(word in rule.only or word.isdigit() for word in words):
        return None
    if rule.match is Match.WORDS and len(rule.needs.intersection(words)) < rule.least:
        return None
    return form.pattern.match(folded)
