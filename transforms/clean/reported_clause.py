"""Tells what a story says in an outlet's words: somebody says it in a clause behind it, or it runs on as a sentence."""

import re

from copydesk.transforms.text.words import words_of

_SUBJECTS, _ENGLISH, _INVERTED = (words_of("sayings", name) for name in ("subjects", "english", "inverted"))
_VERBS = _ENGLISH | _INVERTED
_CLAUSE = re.compile(
    rf", (?:(?:{'|'.join(sorted(_SUBJECTS))}) (?:[\w'-]+ ){{0,8}}?(?:{'|'.join(sorted(_ENGLISH))})\b"
    rf"|(?:{'|'.join(sorted(_INVERTED))})\b[ -]\w)"
)
_ANNOUNCED = re.compile(
    rf"\b(?:{'|'.join(sorted(_VERBS))})(?: [\w'-]+){{0,3}}: ?(?:[^\s\"][^\"]{{0,240}})?\Z"
)
_ANNOUNCED_CHARS = 243
"""How far from the end its colon may stand."""
_RUNS_ON = re.compile(r"[^\s:][^:]{0,40} ?: ?[a-zà-ÿ]")


def runs_on(text: str) -> bool:
    """Return whether a label's sentence goes on in lower case to a full stop: "Watch: the vote is at six."."""
    return text.endswith(".") and _RUNS_ON.match(text) is not None


def is_announced(before: str) -> bool:
    """Return whether folded words end in what a verb of saying and a colon begin: "The leaflet reads: Help us. ..."."""
    return ":" in before[-_ANNOUNCED_CHARS:] and _ANNOUNCED.search(before) is not None


def reported_clause(unquoted: str, words: tuple[str, ...]) -> bool:
    """Return whether a folded line, quotations blanked, names who says it behind a comma ("..., the banners say")."""
    return not _VERBS.isdisjoint(words) and _CLAUSE.search(unquoted) is not None
