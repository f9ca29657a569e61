"""Makes characters that a reader cannot see, or that turn text around, visible."""

import re

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200c-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return the text with controls, bidi overrides and invisible characters written out, as in ⟦U+202E⟧.

    Tabs, line feeds, soft hyphens and zero-width spaces stay; zero-width joiners, which emoji and several
    scripts need, stay between letters.
    """
    return HIDDEN.sub(_name, text)


def _name(match: re.Match[str]) -> str:
    character, text = match[0], match.string
    if character in "\u200c\u200d" and 0 < match.start() < len(text) - 1:
        before, after = text[match.start() - 1], text[match.end()]
        if not before.isspace() and not after.isspace():
            return character
    return f"⟦U+{ord(character):04X}⟧"
