"""Read the language of an article: what is declared, else what its letters say."""

import re

from copydesk.transforms.extract.guess_language import clear_language, guess_language

CODE = re.compile(r"^\s*([a-z]{2,3})(?:[-_][a-z0-9]+)*\s*$", re.IGNORECASE)
NO_LANGUAGE = frozenset({"und", "mul", "zxx"})
ENOUGH_CHARS = 40
PLENTY_CHARS = 300
KIN = (
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"sr", "hr", "bs", "sh", "sl", "me", "mk", "bg"}),
    frozenset({"id", "ms", "jv", "su"}),
    frozenset({"es", "gl", "ca", "pt", "an", "oc", "ast"}),
    frozenset({"ru", "uk", "be", "bg", "mk"}),
    frozenset({"cs", "sk"}),
    frozenset({"nl", "af", "de", "lb", "fy", "nds", "gsw", "als"}),
    frozenset({"zh", "yue", "ja"}),
    frozenset({"hi", "mr", "ne", "sa"}),
    frozenset({"ar", "fa", "ur", "ps", "ckb"}),
    frozenset({"zu", "xh", "st", "tn", "nr", "ss", "sw", "rw", "rn", "lg"}),
    frozenset({"tr", "az", "tk"}),
    frozenset({"fil", "tl"}),
    frozenset({"he", "iw", "yi"}),
)
"""Languages that a guess from letters takes for each other, or that have two codes."""


def read_language(text: str, *declared: str | None) -> str | None:
    """Give an ISO 639 code: the first declared one, else the guess over `text`; null for too little text.

    A declaration is often a template's: a text that clearly speaks another language is believed against it.
    """
    claims = (CODE.match(claim or "") for claim in declared)
    code = next((found for claim in claims if claim and (found := claim[1].lower()) not in NO_LANGUAGE), None)
    if len(text) < ENOUGH_CHARS:
        return code
    if code is None:
        return guess_language(text)
    heard = clear_language(text) if len(text) >= PLENTY_CHARS else None
    if heard is None or _are_kin(heard, code):
        return code
    # The beginning may be a foreign quotation, or a banner.
    return heard if clear_language(text[len(text) // 2 :]) == heard else code


def _are_kin(one: str, other: str) -> bool:
    """Whether two codes are of one language or of such as a guess confuses."""
    return one == other or any({one, other} <= family for family in KIN)
