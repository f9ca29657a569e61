"""Whether a rule matches a line: in one place, for cleaning, for the tests of examples, and for trying a rule."""

import re

from transforms.rules.records import Form, Guard, Match

_TOKEN = re.compile(r"\w+")


def find_tokens(folded: str) -> tuple[str, ...]:
    """Return the words of a folded text, in order."""
    return tuple(_TOKEN.findall(folded))


def match_form(form: Form, folded: str, unquoted: str, words: tuple[str, ...]) -> re.Match[str] | None:
    """Return where `form` matches a line, given as folded text, the same without quotations, and its words."""
    rule = form.owner
    if isinstance(rule, Guard):
        return form.pattern.search(folded)
    if len(words) > form.max_words:
        return None
    if rule.match is Match.PART:
        return form.pattern.search(unquoted)
    if rule.match is Match.WORDS and not all(word in rule.only or word.isdigit() for word in words):
        return None
    if rule.match is Match.WORDS and len(rule.needs.intersection(words)) < rule.least:
        return None
    return form.pattern.match(folded)
